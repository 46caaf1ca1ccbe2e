package io.greenlane.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done by hand, as the ledger keeps it.
 *
 * @param at by the clock of the function
 * @param sentence what was done, for people
 * @param releaseId the release that it concerns; null when it concerns none
 * @param announcedAt null while people are still to hear of it
 */
public record Act(Kind kind, Operator operator, Instant at, String sentence, @Nullable String releaseId,
        @Nullable Instant announcedAt) {
    /** The closed list of what can be done. */
    public enum Kind {
        /** No release of the service starts any more. */
        HOLD,
        /** They do again. */
        UNHOLD,
        /** A digest may be deployed again. */
        RELEASE_DIGEST,
        /** Production goes back to what was good. */
        ROLL_BACK,
        /** What somebody else changed at a service is to be so. */
        ACCEPT_DRIFT,
        /** Gates do not hold a digest. */
        BREAK_GLASS,
        /** A release that waits for an approval may start. */
        APPROVE,
        /** It may not. */
        REFUSE
    }

    /** An act that people are to hear of. */
    public Act(Kind kind, Operator operator, Instant at, String sentence, @Nullable String releaseId) {
        this(kind, operator, at, sentence, releaseId, null);
    }

    Act announced(Instant now) {
        return new Act(kind, operator, at, sentence, releaseId, now);
    }
}
