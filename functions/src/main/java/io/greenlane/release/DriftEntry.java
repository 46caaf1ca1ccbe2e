package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the differences at one service stand in the ledger. The entry is open while people are to hear of one. */
final class DriftEntry {
    private static final String KIND = "drift#";
    private static final String DRIFTS = "drifts";

    private DriftEntry() {}

    static String id(ServiceReference service) {
        return KIND + service.key();
    }

    static boolean isOne(String entryId) {
        return entryId.startsWith(KIND);
    }

    static List<Drift> read(@Nullable Entry entry) {
        return entry == null ? List.of() : drifts(entry.id(), entry.members());
    }

    static Map<String, Object> write(String id, ServiceReference service, List<Drift> drifts, @Nullable Entry before) {
        Members members = new Members(before).put(service);
        put(id, members, drifts);
        return members.map();
    }

    /** People have heard of those. */
    static Map<String, Object> announced(Entry stored, List<Drift> told, Instant now) {
        Members members = new Members(stored);
        put(stored.id(), members, drifts(stored.id(), stored.members()).stream()
                .map(drift -> told.contains(drift) ? drift.announced(now) : drift).toList());
        return members.map();
    }

    private static void put(String id, Members members, List<Drift> drifts) {
        members.put(DRIFTS, drifts.stream().map(drift -> map(drift, members)).toList());
        if (Acts.untold(id, members.map()).isEmpty()) {
            index(id, members);
        }
    }

    /** As an entry stands in the index that has nothing done by hand to tell. */
    static void index(String id, Members members) {
        Instant due = drifts(id, members.map()).stream().filter(Drift::awaitsAnnouncement).map(Drift::confirmedAt)
                .filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
        if (due == null) {
            members.put(Entry.OPEN, null).put(Entry.MUST_LEAVE_BY, null);
        } else {
            EndingEntry.openUntil(members, due.plus(EndingEntry.ANNOUNCE_WITHIN));
        }
    }

    private static List<Drift> drifts(String id, Map<String, Object> members) {
        return new JsonObject(id, members).objects(DRIFTS).stream()
                .map(one -> new Drift(Difference.from(one), Instant.parse(one.text("since")),
                        Members.time(one.optionalText("confirmedAt")), Members.time(one.optionalText("announcedAt")),
                        Members.time(one.optionalText("acceptedAt"))))
                .toList();
    }

    private static Map<String, Object> map(Drift drift, Members before) {
        Difference difference = drift.difference();
        return before.in(DRIFTS, Map.of("kind", difference.kind().name(), "found", difference.found()))
                .putAll(difference.members()).put("since", drift.since()).put("confirmedAt", drift.confirmedAt())
                .put("announcedAt", drift.announcedAt()).put("acceptedAt", drift.acceptedAt()).map();
    }
}
