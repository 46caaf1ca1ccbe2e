package io.greenlane.release;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ledger's table in memory. */
public final class MemoryLedgerTable implements LedgerTable {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    @Override
    public @Nullable Entry find(String id) {
        return entries.get(id);
    }

    @Override
    public Written write(Entry entry) {
        Entry stored = entries.get(entry.id());
        long expected = entry.version() - 1;
        if ((stored == null ? 0 : stored.version()) != expected) {
            return new Written.Refused(stored);
        }
        entries.put(entry.id(), entry);
        return new Written.Done();
    }

    @Override
    public List<String> overdue(Instant now) {
        return entries.values().stream()
                .filter(entry -> Entry.OPEN_RELEASE.equals(entry.members().get(Entry.OPEN)))
                .filter(entry -> mustLeaveBy(entry) < now.getEpochSecond())
                .sorted(Comparator.comparingLong(MemoryLedgerTable::mustLeaveBy)).map(Entry::id).toList();
    }

    @Override
    public List<String> listed(String partition, int atMost) {
        return entries.values().stream().filter(entry -> partition.equals(entry.members().get(Entry.OPEN)))
                .sorted(Comparator.comparingLong(MemoryLedgerTable::mustLeaveBy).reversed()).limit(atMost)
                .map(Entry::id).toList();
    }

    /** Ids of all entries. */
    public List<String> ids() {
        return List.copyOf(entries.keySet());
    }

    private static long mustLeaveBy(Entry entry) {
        return (Long) Objects.requireNonNull(entry.members().get(Entry.MUST_LEAVE_BY));
    }
}
