package io.greenlane.release;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the ledger is kept. Whoever reads sees every write that was answered before. */
public interface LedgerTable {
    /** The entry as last written; null when there is none. */
    @Nullable
    Entry find(String id);

    /**
     * Writes an entry of version 1 when there is none, and one of version n when the stored version is n - 1; else writes nothing
     * and returns what is stored.
     */
    Written write(Entry entry);

    /** Ids of open entries whose {@code mustLeaveBy} has passed, most overdue first; may lag behind the last writes. */
    List<String> overdue(Instant now);

    /** Ids of entries in one partition of the index, highest {@code mustLeaveBy} first; may lag behind the last writes. */
    List<String> listed(String partition, int atMost);

    /** What became of a write. */
    sealed interface Written {
        /** It is stored. */
        record Done() implements Written {}

        /**
         * It is not, because of this write.
         *
         * @param stored null when there is no such entry
         */
        record Refused(@Nullable Entry stored) implements Written {}
    }
}
