package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done by hand to an entry, in the entry itself: what it changed and the duty to tell of it are one write. The last
 * {@value #KEPT} are kept.
 */
final class Acts {
    private static final int KEPT = 20;
    private static final String ACTS = "acts";

    private Acts() {}

    /** The newest last. */
    static List<Act> of(@Nullable Entry entry) {
        return entry == null ? List.of() : of(entry.id(), entry.members());
    }

    /** Those that people are still to hear of. */
    static List<Act> untold(String entryId, Map<String, Object> members) {
        return of(entryId, members).stream().filter(act -> act.announcedAt() == null).toList();
    }

    /** The members of an entry of the service with one more. */
    static Map<String, Object> with(String entryId, Map<String, Object> before, ServiceReference service, Act act) {
        Members members = new Members(before).put(service);
        List<Act> all = new ArrayList<>(of(entryId, before));
        all.add(act);
        write(entryId, members, all.subList(Math.max(0, all.size() - KEPT), all.size()));
        return members.map();
    }

    /** People have heard of all that these are. */
    static void told(String entryId, Members members, List<Act> told, Instant now) {
        write(entryId, members, of(entryId, members.map()).stream().map(act -> told.contains(act)
                ? act.announced(now)
                : act).toList());
    }

    /** Entries with something to tell are open until it is told. Else they stand in the index where their kind wants them. */
    private static void write(String entryId, Members members, List<Act> acts) {
        members.put(ACTS, acts.stream().map(act -> map(act, members)).toList());
        Act first = acts.stream().filter(act -> act.announcedAt() == null).findFirst().orElse(null);
        if (first != null) {
            EndingEntry.openUntil(members, first.at().plus(EndingEntry.ANNOUNCE_WITHIN));
        } else if (DriftEntry.isOne(entryId)) {
            DriftEntry.index(entryId, members);
        } else if (ApprovalEntry.isOne(entryId)) {
            ApprovalEntry.index(entryId, members);
        } else {
            QuarantineEntry.index(entryId, members);
        }
    }

    private static List<Act> of(String entryId, Map<String, Object> members) {
        return new JsonObject(entryId, members).objects(ACTS).stream().map(Acts::act).toList();
    }

    private static Act act(JsonObject members) {
        return new Act(Act.Kind.valueOf(members.text("kind")),
                new Operator(members.text("by"), members.text("reason")), Instant.parse(members.text("at")),
                members.text("sentence"), members.optionalText("releaseId"),
                Members.time(members.optionalText("announcedAt")));
    }

    private static Map<String, Object> map(Act act, Members before) {
        return before.in(ACTS, Map.of("kind", act.kind().name(), "at", act.at().toString()))
                .put("kind", act.kind().name()).put("by", act.operator().name())
                .put("reason", act.operator().reason()).put("at", act.at()).put("sentence", act.sentence())
                .put("releaseId", act.releaseId()).put("announcedAt", act.announcedAt()).map();
    }
}
