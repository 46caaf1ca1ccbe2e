package io.greenlane.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How and why a release ended; written once.
 *
 * @param reason one sentence
 * @param deploymentId null when it ended without a deployment
 * @param report link to the validation report of the deployment; null when there is none
 * @param aftermath what follows from it besides
 * @param at when it was recorded, by the clock of the function that did
 * @param announcedAt null while the announcement is still to be made, or when none is due
 */
public record Ending(Outcome outcome, String reason, @Nullable String deploymentId, @Nullable String report,
        Aftermath aftermath, Instant at, @Nullable Instant announcedAt) {
    private static final int LONGEST_REASON = 2000;

    public Ending {
        if (reason.length() > LONGEST_REASON) {
            reason = reason.substring(0, LONGEST_REASON) + "...";
        }
    }

    /** Whether people are still to hear of it. */
    public boolean awaitsAnnouncement() {
        return outcome.isAnnounced() && announcedAt == null;
    }

    Ending announced(Instant now) {
        return new Ending(outcome, reason, deploymentId, report, aftermath, at, now);
    }
}
