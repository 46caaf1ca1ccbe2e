package io.greenlane.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger: every entry is changed as a whole, by a decision over its last state. A write that lost the race is decided again;
 * a write that succeeded although its answer was lost is recognised by its writer and not done twice.
 */
public final class Ledger {
    private static final int TRIES = 25;

    private final LedgerTable table;
    private final Supplier<String> writers;

    /**
     * A ledger over a table.
     *
     * @param writers a new name each time, unique among all who write
     */
    public Ledger(LedgerTable table, Supplier<String> writers) {
        this.table = table;
        this.writers = writers;
    }

    /** The entry as last written; null when there is none. */
    public @Nullable Entry find(String id) {
        return table.find(id);
    }

    /** Ids of open entries that somebody should have looked after by now, most overdue first. */
    public List<String> overdue(Instant now) {
        return table.overdue(now);
    }

    /** Ids of entries in one partition of the index, highest {@code mustLeaveBy} first. */
    List<String> listed(String partition, int atMost) {
        return table.listed(partition, atMost);
    }

    /**
     * Changes one entry.
     *
     * @param decision without side effects: it is asked again when another writer came first
     * @throws IllegalStateException when other writers came first {@value #TRIES} times
     */
    public <R> R change(String id, Decision<R> decision) {
        Entry stored = table.find(id);
        for (int i = 0; i < TRIES; i++) {
            Change<R> change = decision.over(stored);
            if (change.members() == null) {
                return change.result();
            }
            Entry next = new Entry(id, stored == null ? 1 : stored.version() + 1, writers.get(), change.members());
            switch (table.write(next)) {
                case LedgerTable.Written.Done done -> {
                    return change.result();
                }
                case LedgerTable.Written.Refused(Entry winner) -> {
                    if (winner != null && winner.writer().equals(next.writer())) {
                        return change.result();
                    }
                    stored = winner;
                }
            }
        }
        throw new IllegalStateException("The ledger's entry '" + id + "' was changed by others " + TRIES
                + " times in a row; try again");
    }

    /** What to do with an entry, given its last state. */
    @FunctionalInterface
    public interface Decision<R> {
        /** Decides over the entry; null when there is none. */
        Change<R> over(@Nullable Entry stored);
    }

    /**
     * What to write, and what to tell the one who asked.
     *
     * @param members null to leave the entry as it is
     */
    public record Change<R>(@Nullable Map<String, Object> members, R result) {
        /** Leaves the entry as it is. */
        public static <R> Change<R> keep(R result) {
            return new Change<>(null, result);
        }

        /** Writes these members. */
        public static <R> Change<R> write(Map<String, Object> members, R result) {
            return new Change<>(members, result);
        }
    }
}
