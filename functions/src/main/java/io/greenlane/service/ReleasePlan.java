package io.greenlane.service;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event.
 *
 * @param reason one sentence
 * @param push null when the event announces none
 * @param releases one per service that takes the push; empty unless the decision is {@link Decision#RELEASE}
 */
public record ReleasePlan(Decision decision, String reason, @Nullable Push push, List<PlannedRelease> releases) {
    public ReleasePlan {
        releases = List.copyOf(releases);
    }

    /** What happens next. */
    public enum Decision {
        /** Release to each of the services. */
        RELEASE("RELEASE", ""),
        /** Nothing to do. */
        IGNORE("IGNORE", "IGNORED"),
        /** Nothing that can be done, and somebody should know. */
        REJECT("REJECT", "REJECTED"),
        /** As {@link #REJECT}: the image has been deleted since, or archived. */
        REJECT_GONE("REJECT", "IMAGE_GONE");

        private final String word;
        private final String outcome;

        Decision(String word, String outcome) {
            this.word = word;
            this.outcome = outcome;
        }

        /** The word on which the workflow branches. */
        public String word() {
            return word;
        }

        /** The outcome to record; empty when releases follow, each with its own. */
        public String outcome() {
            return outcome;
        }
    }

    /**
     * A push on its way to a service.
     *
     * @param running the digest that runs there now; null when unknown
     * @param problem why the service cannot be deployed to; null when it can
     * @param overlap what it does to a release of the service that has not ended
     */
    public record PlannedRelease(ServiceReference service, @Nullable Digest running, @Nullable String problem,
            Overlap overlap) {}

    static ReleasePlan ignore(String reason, @Nullable Push push) {
        return new ReleasePlan(Decision.IGNORE, reason, push, List.of());
    }

    static ReleasePlan reject(String reason, @Nullable Push push) {
        return new ReleasePlan(Decision.REJECT, reason, push, List.of());
    }
}
