package io.greenlane.rehearsal.dynamodb;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Capacity units of one request on one table (Developer Guide, read and write capacity). */
final class Capacity {
    private Capacity() {}

    /** The answer about it; null when the caller did not ask. */
    static @Nullable ConsumedCapacity ofRead(@Nullable ReturnConsumedCapacity asked, Table table, int bytes,
            boolean consistent) {
        double units = Math.max(1, Math.ceil(bytes / 4096.0)) * (consistent ? 1 : 0.5);
        return answer(asked, table, units);
    }

    /** The answer about it; null when the caller did not ask. */
    static @Nullable ConsumedCapacity ofWrite(@Nullable ReturnConsumedCapacity asked, Table table, int bytes) {
        return answer(asked, table, Math.max(1, Math.ceil(bytes / 1024.0)));
    }

    private static @Nullable ConsumedCapacity answer(@Nullable ReturnConsumedCapacity asked, Table table,
            double units) {
        return asked == null || asked == ReturnConsumedCapacity.NONE
                ? null
                : ConsumedCapacity.builder().tableName(table.name()).capacityUnits(units).build();
    }
}
