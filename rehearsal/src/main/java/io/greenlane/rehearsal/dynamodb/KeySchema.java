package io.greenlane.rehearsal.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/**
 * The key of a table or an index.
 *
 * @param types S, N or B by attribute, partition key first
 * @param sort null without a sort key
 */
record KeySchema(String partition, @Nullable String sort, Map<String, String> types) {
    static KeySchema of(List<KeySchemaElement> elements, List<AttributeDefinition> definitions) {
        if (elements.isEmpty() || elements.size() > 2 || elements.getFirst().keyType() != KeyType.HASH
                || (elements.size() == 2 && elements.get(1).keyType() != KeyType.RANGE)) {
            throw Refusals
                    .validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type, or there is "
                            + "more than one RANGE key");
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (KeySchemaElement element : elements) {
            String type = definitions.stream().filter(d -> d.attributeName().equals(element.attributeName()))
                    .map(AttributeDefinition::attributeTypeAsString).findFirst()
                    .orElseThrow(() -> Refusals.parameter(
                            "Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                                    + element.attributeName() + "], AttributeDefinitions: "
                                    + definitions.stream().map(AttributeDefinition::attributeName).toList()));
            types.put(element.attributeName(), type);
        }
        return new KeySchema(elements.getFirst().attributeName(),
                elements.size() == 2 ? elements.get(1).attributeName() : null, types);
    }

    /** The key of an item that is written. */
    ItemKey keyOf(Map<String, AttributeValue> item) {
        types.forEach((name, type) -> {
            AttributeValue value = item.get(name);
            if (value == null) {
                throw Refusals.parameter("Missing the key " + name + " in the item");
            }
            if (!Values.typeName(value).equals(type)) {
                throw Refusals.parameter("Type mismatch for key " + name + " expected: " + type + " actual: "
                        + Values.typeName(value));
            }
        });
        return key(item);
    }

    /** The key given to read, update or delete an item: exactly the key attributes. */
    ItemKey keyGiven(Map<String, AttributeValue> given) {
        if (!given.keySet().equals(types.keySet())) {
            throw Refusals.validation("The provided key element does not match the schema");
        }
        types.forEach((name, type) -> {
            AttributeValue value = given.getOrDefault(name, AttributeValue.fromNul(true));
            if (!Values.typeName(value).equals(type)) {
                throw Refusals.validation("The provided key element does not match the schema");
            }
        });
        return key(given);
    }

    /** The key of an item in an index; empty when the item is not in it. */
    Optional<ItemKey> keyIn(Map<String, AttributeValue> item) {
        boolean has = types.entrySet().stream().allMatch(key -> {
            AttributeValue value = item.get(key.getKey());
            return value != null && Values.typeName(value).equals(key.getValue());
        });
        return has ? Optional.of(key(item)) : Optional.empty();
    }

    /** Refuses an item whose attributes have another type than this key of an index. */
    void checkIndexable(String index, Map<String, AttributeValue> item) {
        types.forEach((name, type) -> {
            AttributeValue value = item.get(name);
            if (value != null && !Values.typeName(value).equals(type)) {
                throw Refusals.parameter("Type mismatch for Index Key " + name + " Expected: " + type + " Actual: "
                        + Values.typeName(value) + " IndexName: " + index);
            }
        });
    }

    private ItemKey key(Map<String, AttributeValue> item) {
        return new ItemKey(item.getOrDefault(partition, AttributeValue.fromNul(true)),
                sort == null ? null : item.get(sort));
    }

    /** Refuses a key attribute that is empty. */
    void checkFilled(Map<String, AttributeValue> item) {
        types.keySet().forEach(name -> {
            AttributeValue value = item.get(name);
            if (value != null && Values.isEmpty(value)) {
                throw Refusals.validation("One or more parameter values are not valid. The AttributeValue for a key "
                        + "attribute cannot contain an empty " + Values.emptyKind(value) + " value. Key: " + name);
            }
        });
    }
}
