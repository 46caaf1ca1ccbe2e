package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ItemBatcher of a Map state: several items go into one iteration as {@code {"BatchInput": ..., "Items": [...]}}.
 *
 * @param maxItems items in one batch
 * @param maxBytes UTF-8 bytes of the items of one batch
 */
record ItemBatches(long maxItems, long maxBytes, @Nullable JsonNode batchInput) {

    static Optional<ItemBatches> of(StateRun run) {
        JsonNode batcher = run.state().member("ItemBatcher");
        if (batcher == null) {
            return Optional.empty();
        }
        return Optional.of(new ItemBatches(batcher.path("MaxItemsPerBatch").asLong(Long.MAX_VALUE),
                batcher.path("MaxInputBytesPerBatch").asLong(JsonText.MAX_BYTES), run.data().batchInput()));
    }

    List<JsonNode> of(List<JsonNode> items) {
        List<JsonNode> batches = new ArrayList<>();
        ArrayNode current = JsonNodeFactory.instance.arrayNode();
        long bytes = 0;
        for (JsonNode item : items) {
            long size = JsonText.write(item).getBytes(StandardCharsets.UTF_8).length;
            if (!current.isEmpty() && (current.size() >= maxItems || bytes + size > maxBytes)) {
                batches.add(batch(current));
                current = JsonNodeFactory.instance.arrayNode();
                bytes = 0;
            }
            current.add(item);
            bytes += size;
        }
        if (!current.isEmpty()) {
            batches.add(batch(current));
        }
        return batches;
    }

    private JsonNode batch(ArrayNode items) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        if (batchInput != null) {
            batch.set("BatchInput", batchInput);
        }
        batch.set("Items", items);
        return batch;
    }
}
