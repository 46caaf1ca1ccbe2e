package io.greenlane.release;

import io.greenlane.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an ending stands in an entry of the ledger, and when such an entry is open, overdue and forgotten. */
final class EndingEntry {
    /** How long an announcement may take before the sweep makes it. */
    static final Duration ANNOUNCE_WITHIN = Duration.ofMinutes(2);
    /** How long closed entries are kept. */
    static final Duration KEPT = Duration.ofDays(400);

    /** To the version before this one, which knows no such outcome, the release has failed. */
    private static final String DIVERGED = "diverged";

    private EndingEntry() {}

    static @Nullable Ending read(@Nullable Entry entry) {
        if (entry == null || !entry.members().containsKey("ending")) {
            return null;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members()).object("ending");
        Outcome outcome = Boolean.TRUE.equals(members.members().get(DIVERGED))
                ? Outcome.DIVERGED
                : Outcome.valueOf(members.text("outcome"));
        return new Ending(outcome, members.text("reason"),
                members.optionalText("deploymentId"), members.optionalText("report"), Aftermath.from(members),
                Instant.parse(members.text("at")),
                Members.time(members.optionalText("announcedAt")));
    }

    static void put(Members members, Ending ending) {
        boolean diverged = ending.outcome() == Outcome.DIVERGED;
        Members kept = members.in("ending", Map.of("at", ending.at().toString()));
        Aftermath aftermath = ending.aftermath();
        members.put("ending", kept.put("outcome", (diverged ? Outcome.FAILED : ending.outcome()).name())
                .put(DIVERGED, diverged ? true : null).put("reason", ending.reason())
                .put("deploymentId", ending.deploymentId()).put("report", ending.report()).put("at", ending.at())
                .put("announcedAt", ending.announcedAt()).putAll(aftermath.with(List.of()).members())
                .putObjects(Aftermath.DIFFERENCES, aftermath.differences().stream().map(Difference::members).toList()));
        if (ending.awaitsAnnouncement()) {
            openUntil(members, ending.at().plus(ANNOUNCE_WITHIN));
        } else {
            members.put(Entry.OPEN, null).put(Entry.MUST_LEAVE_BY, null).put(Entry.EXPIRES_AT,
                    ending.at().plus(KEPT).getEpochSecond());
        }
    }

    static void openUntil(Members members, Instant mustLeaveBy) {
        members.put(Entry.OPEN, Entry.OPEN_RELEASE).put(Entry.MUST_LEAVE_BY, mustLeaveBy.getEpochSecond())
                .put(Entry.EXPIRES_AT, null);
    }
}
