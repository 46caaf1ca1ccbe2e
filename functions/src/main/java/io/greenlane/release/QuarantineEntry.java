package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the quarantine of one digest at one service stands in the ledger: every time that it was put there, the newest last. While it
 * is there, the entry stands in the index under its service.
 */
final class QuarantineEntry {
    private static final String KIND = "quarantine#";
    private static final String CASES = "cases";

    private QuarantineEntry() {}

    static String id(ServiceReference service, Digest digest) {
        return partition(service) + "#" + digest;
    }

    /** Where the quarantined digests of a service stand in the index. */
    static String partition(ServiceReference service) {
        return KIND + service.key();
    }

    static List<Quarantined> read(@Nullable Entry entry) {
        return entry == null ? List.of() : cases(entry.id(), entry.members());
    }

    static @Nullable Quarantined current(List<Quarantined> cases) {
        Quarantined last = cases.isEmpty() ? null : cases.get(cases.size() - 1);
        return last == null || last.releasedAt() != null ? null : last;
    }

    static Map<String, Object> write(String id, List<Quarantined> cases, @Nullable Entry before) {
        Members members = new Members(before);
        members.put(CASES, cases.stream().map(one -> map(one, members)).toList());
        if (!Entry.OPEN_RELEASE.equals(members.map().get(Entry.OPEN))) {
            index(id, members);
        }
        return members.map();
    }

    /** Puts an entry with nothing to tell where its kind stands in the index: a quarantined digest under its service. */
    static void index(String id, Members members) {
        Quarantined current = id.startsWith(KIND) ? current(cases(id, members.map())) : null;
        if (current == null) {
            members.put(Entry.OPEN, null).put(Entry.MUST_LEAVE_BY, null);
        } else {
            members.put(Entry.OPEN, id.substring(0, id.length() - current.digest().text().length() - 1))
                    .put(Entry.MUST_LEAVE_BY, current.since().getEpochSecond());
        }
    }

    private static List<Quarantined> cases(String id, Map<String, Object> members) {
        return new JsonObject(id, members).objects(CASES).stream()
                .map(one -> new Quarantined(new Digest(one.text("digest")), Instant.parse(one.text("since")),
                        one.text("by"), one.text("why"), one.optionalText("releaseId"),
                        one.optionalText("deploymentId"), Members.time(one.optionalText("releasedAt"))))
                .toList();
    }

    private static Map<String, Object> map(Quarantined one, Members before) {
        return before.in(CASES, Map.of("since", one.since().toString())).put("digest", one.digest().text())
                .put("since", one.since()).put("by", one.by()).put("why", one.why()).put("releaseId", one.releaseId())
                .put("deploymentId", one.deploymentId()).put("releasedAt", one.releasedAt()).map();
    }
}
