package io.greenlane.rehearsal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The published schema of the ledger. */
public final class LedgerSchema {
    static final JsonNode TEXT = read();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(TEXT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LedgerSchema() {}

    private static JsonNode read() {
        try {
            return JsonMapper.builder().build()
                    .readTree(ValidationFiles.ROOT.resolve("schemas/ledger.schema.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What ids of items begin with, without the number sign. */
    public static Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        TEXT.path("definitions").properties().forEach(definition -> {
            if (definition.getValue().path("properties").has("id")) {
                kinds.add(definition.getKey());
            }
        });
        return kinds;
    }

    /** What the schema says against an item; nothing when it is as it should be. */
    public static List<String> complaints(Map<String, AttributeValue> item) {
        return ValidationFiles.complaints(SCHEMA, json(item));
    }

    private static ObjectNode json(Map<String, AttributeValue> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach((name, value) -> object.set(name, json(value)));
        return object;
    }

    private static JsonNode json(AttributeValue value) {
        return switch (value.type()) {
            case S -> NODES.textNode(value.s());
            case N -> NODES.numberNode(Long.parseLong(value.n()));
            case BOOL -> NODES.booleanNode(value.bool());
            case M -> json(value.m());
            case L -> {
                ArrayNode list = NODES.arrayNode();
                value.l().forEach(one -> list.add(json(one)));
                yield list;
            }
            default -> throw new IllegalArgumentException("The ledger has no values of type " + value.type());
        };
    }
}
