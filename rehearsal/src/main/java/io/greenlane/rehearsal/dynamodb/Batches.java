package io.greenlane.rehearsal.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Several items at once, each for itself. */
final class Batches {
    private static final int MOST_GETS = 100;
    private static final int MOST_WRITES = 25;
    private final Tables tables;

    Batches(Tables tables) {
        this.tables = tables;
    }

    BatchGetItemResponse get(BatchGetItemRequest request) {
        int count = request.requestItems().values().stream().mapToInt(keys -> keys.keys().size()).sum();
        if (count > MOST_GETS) {
            throw Refusals.validation("Too many items requested for the BatchGetItem call");
        }
        Map<String, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
        for (Map.Entry<String, KeysAndAttributes> entry : request.requestItems().entrySet()) {
            KeysAndAttributes wanted = entry.getValue();
            Items.refuseLegacy(wanted.hasAttributesToGet(), "AttributesToGet");
            Table table = tables.get(entry.getKey());
            Set<ItemKey> keys = new HashSet<>();
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (Map<String, AttributeValue> key : wanted.keys()) {
                checkDistinct(keys.add(table.keys().keyGiven(Values.normal(key))));
                Map<String, AttributeValue> item = Items.read(table, key, wanted.projectionExpression(),
                        wanted.expressionAttributeNames());
                if (item != null) {
                    items.add(item);
                }
            }
            found.put(entry.getKey(), items);
        }
        return BatchGetItemResponse.builder().responses(found).unprocessedKeys(Map.of()).build();
    }

    BatchWriteItemResponse write(BatchWriteItemRequest request) {
        int count = request.requestItems().values().stream().mapToInt(List::size).sum();
        if (count > MOST_WRITES) {
            throw Refusals.validation("Too many items requested for the BatchWriteItem call");
        }
        List<Write> writes = new ArrayList<>();
        request.requestItems().forEach((name, requests) -> {
            Table table = tables.get(name);
            Set<ItemKey> keys = new HashSet<>();
            for (WriteRequest single : requests) {
                Write write = write(table, single);
                checkDistinct(keys.add(write.key()));
                writes.add(write);
            }
        });
        writes.forEach(write -> write.run(false));
        return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
    }

    private static Write write(Table table, WriteRequest single) {
        Placeholders none = new Placeholders(Map.of(), Map.of());
        if (single.putRequest() != null && single.deleteRequest() == null) {
            return Write.put(table, single.putRequest().item(), null, none);
        }
        if (single.deleteRequest() != null && single.putRequest() == null) {
            return Write.delete(table, single.deleteRequest().key(), null, none);
        }
        throw Refusals.validation(
                "A WriteRequest has exactly one of PutRequest and DeleteRequest");
    }

    private static void checkDistinct(boolean isNew) {
        if (!isNew) {
            throw Refusals.validation("Provided list of item keys contains duplicates");
        }
    }
}
