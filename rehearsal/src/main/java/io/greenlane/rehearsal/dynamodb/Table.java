package io.greenlane.rehearsal.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A table and its items. */
final class Table {
    private final CreateTableRequest definition;
    private final KeySchema keys;
    private final Map<String, Index> indexes = new LinkedHashMap<>();
    private final Map<ItemKey, Map<String, AttributeValue>> items = new LinkedHashMap<>();
    private final Instant created;
    private final BiConsumer<Table, ItemKey> onWrite;
    private List<Tag> tags;
    private @Nullable String expiryAttribute;
    private boolean recoverable;

    /** @param onWrite told about every item that is put */
    Table(CreateTableRequest definition, Instant created, BiConsumer<Table, ItemKey> onWrite) {
        this.definition = definition;
        this.created = created;
        this.onWrite = onWrite;
        this.tags = List.copyOf(definition.tags());
        List<AttributeDefinition> attributes = definition.attributeDefinitions();
        this.keys = KeySchema.of(definition.keySchema(), attributes);
        for (GlobalSecondaryIndex index : definition.globalSecondaryIndexes()) {
            indexes.put(index.indexName(), new Index(index.indexName(),
                    KeySchema.of(index.keySchema(), attributes), index.projection()));
        }
    }

    String name() {
        return definition.tableName();
    }

    CreateTableRequest definition() {
        return definition;
    }

    Instant created() {
        return created;
    }

    KeySchema keys() {
        return keys;
    }

    List<Tag> tags() {
        return tags;
    }

    void tag(List<Tag> changed) {
        tags = List.copyOf(changed);
    }

    Optional<String> expiryAttribute() {
        return Optional.ofNullable(expiryAttribute);
    }

    /** @param attribute null to keep items for ever */
    void expireBy(@Nullable String attribute) {
        expiryAttribute = attribute;
    }

    boolean isRecoverable() {
        return recoverable;
    }

    void recoverable(boolean changed) {
        recoverable = changed;
    }

    Index index(String name) {
        Index index = indexes.get(name);
        if (index == null) {
            throw Refusals.validation("The table does not have the specified index: " + name);
        }
        return index;
    }

    int count() {
        return items.size();
    }

    long bytes() {
        return items.values().stream().mapToLong(Sizes::of).sum();
    }

    Map<String, AttributeValue> find(ItemKey key) {
        return items.getOrDefault(key, Map.of());
    }

    /** Refuses a path that leads into a key attribute of the table or of an index. */
    void checkPaths(List<Path> paths) {
        for (Path path : paths) {
            if (!path.isTopLevel() && keys.types().containsKey(path.attribute())) {
                throw Refusals.intoKey("Key", path);
            }
            if (!path.isTopLevel() && indexKeyType(path.attribute()).isPresent()) {
                throw Refusals.intoKey("IndexKey", path);
            }
        }
    }

    /** Refuses an item that is empty where an index has a key. */
    void checkIndexKeysFilled(Map<String, AttributeValue> item) {
        indexes.values().forEach(index -> item.forEach((name, value) -> index.checkFilled(name, value)));
    }

    /** Refuses an item with another type than an index has for its key. */
    void checkIndexKeyTypes(Map<String, AttributeValue> item) {
        indexes.values().forEach(index -> index.keys().checkIndexable(index.name(), item));
    }

    /** The type that the keys of indexes give an attribute, as S, N or B; empty when it is no key of any. */
    Optional<String> indexKeyType(String attribute) {
        return indexes.values().stream()
                .flatMap(index -> Optional.ofNullable(index.keys().types().get(attribute)).stream())
                .findFirst();
    }

    void put(Map<String, AttributeValue> item) {
        ItemKey key = keys.keyOf(item);
        items.put(key, item);
        onWrite.accept(this, key);
    }

    void delete(ItemKey key) {
        items.remove(key);
    }

    /** All keys, in the order that Scan and tests see. */
    List<ItemKey> keysInOrder() {
        List<ItemKey> all = new ArrayList<>(items.keySet());
        all.sort(KEY_ORDER);
        return all;
    }

    /** Order of keys of one table. */
    static final Comparator<ItemKey> KEY_ORDER = (left, right) -> {
        int byPartition = Values.compare(left.partition(), right.partition());
        return byPartition != 0 || left.sort() == null || right.sort() == null
                ? byPartition
                : Values.compare(left.sort(), right.sort());
    };

    /** A global secondary index. */
    record Index(String name, KeySchema keys, Projection projection) {
        /** Refuses an empty value of an attribute that is a key of this index. */
        void checkFilled(String attribute, AttributeValue value) {
            if (keys.types().containsKey(attribute) && Values.isEmpty(value)) {
                throw Refusals.validation("One or more parameter values are not valid. A value specified for a "
                        + "secondary index key is not supported. The AttributeValue for a key attribute cannot contain "
                        + "an empty " + Values.emptyKind(value) + " value. IndexName: " + name + ", IndexKey: "
                        + attribute);
            }
        }

        /** What the index keeps of an item. */
        Map<String, AttributeValue> projected(Map<String, AttributeValue> item, KeySchema table) {
            if (projection == null || projection.projectionType() == ProjectionType.ALL) {
                return item;
            }
            Map<String, AttributeValue> kept = new LinkedHashMap<>();
            item.forEach((name, value) -> {
                boolean key = keys.types().containsKey(name) || table.types().containsKey(name);
                if (key || projection.nonKeyAttributes().contains(name)) {
                    kept.put(name, value);
                }
            });
            return kept;
        }
    }
}
