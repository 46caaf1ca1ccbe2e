package io.greenlane.service;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import java.util.List;
import java.util.Objects;
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
     * @param group what is released with it, itself included; null when it is released alone
     * @param backFrom the release of a group that this one takes back at the service; null when it takes none back
     */
    public record PlannedRelease(ServiceReference service, @Nullable Digest running, @Nullable String problem,
            Overlap overlap, @Nullable PlannedGroup group, @Nullable String backFrom) {
        /** To a service alone. */
        public PlannedRelease(ServiceReference service, @Nullable Digest running, @Nullable String problem,
                Overlap overlap) {
            this(service, running, problem, overlap, null, null);
        }

        private PlannedRelease with(PlannedGroup all) {
            return new PlannedRelease(service, running, problem, overlap, all, backFrom);
        }

        private PlannedRelease backFrom(String groupRelease) {
            return new PlannedRelease(service, running, problem, overlap, null, groupRelease);
        }
    }

    /** One release takes back what the release of a group brought to its service. */
    ReleasePlan backFrom(String groupRelease) {
        return new ReleasePlan(decision, reason, push,
                releases.stream().map(one -> one.backFrom(groupRelease)).toList());
    }

    /** Releases to services of one group become one; the others stay as they are. */
    ReleasePlan grouped(ServiceSettings settings) {
        return new ReleasePlan(decision, reason, push, releases.stream().map(one -> {
            String name = one.service().group();
            return name == null ? one : one.with(group(name, settings));
        }).toList());
    }

    private PlannedGroup group(String name, ServiceSettings settings) {
        return new PlannedGroup(name, settings.of(name).stream().flatMap(tracked -> releases.stream()
                .filter(one -> one.service().key().equals(tracked.reference().key()))
                .map(one -> new PlannedGroup.Member(one.service(),
                        Objects.requireNonNull(tracked.place()).wave(), one.problem())))
                .toList());
    }

    static ReleasePlan ignore(String reason, @Nullable Push push) {
        return new ReleasePlan(Decision.IGNORE, reason, push, List.of());
    }

    static ReleasePlan reject(String reason, @Nullable Push push) {
        return new ReleasePlan(Decision.REJECT, reason, push, List.of());
    }
}
