package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The releases in the ledger. */
public final class Releases {
    private final Ledger ledger;
    private final Clock clock;

    /** The clock is that of the function; only spans of minutes hang on it, never an order. */
    public Releases(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The release; null when the ledger does not know it. */
    public @Nullable Release find(String releaseId) {
        Entry entry = ledger.find(ReleaseEntry.id(releaseId));
        return entry == null ? null : ReleaseEntry.read(entry);
    }

    /**
     * Opens the release of a push to a service, or says why there is nothing to open. Opening again from the same execution finds
     * the same release. A push that comes after the image's last release ended opens a new generation.
     *
     * @param joinable whether an open release still brings its image; a push of an image whose release makes way is a new one
     */
    public Opening open(Push push, ServiceReference service, String execution, Predicate<Release> joinable) {
        return open(push, service, execution, null, joinable);
    }

    /** Opens a release that takes the release of a group back at one service; no other brings that image there meanwhile. */
    Opening openBack(Push push, ServiceReference service, String execution, String groupRelease) {
        return open(push, service, execution, groupRelease, other -> false);
    }

    /** Opens the release of a member, unless it is open; its group's says what it brings. */
    Release openMember(GroupRelease group, ServiceReference service) {
        Release fresh = Release.of(group, group.member(ReleaseId.ofMember(group.id(), service)), clock.instant());
        return ledger.change(ReleaseEntry.id(fresh.id()), entry -> entry == null
                ? Change.write(ReleaseEntry.write(fresh, null), fresh)
                : Change.keep(ReleaseEntry.read(entry)));
    }

    private Opening open(Push push, ServiceReference service, String execution, @Nullable String groupRelease,
            Predicate<Release> joinable) {
        for (int generation = 1; generation <= Generations.MOST; generation++) {
            Release fresh = Release.opened(push, service, generation, execution, groupRelease, clock.instant());
            Opening opening = ledger.change(ReleaseEntry.id(fresh.id()), entry -> open(fresh, entry, joinable));
            if (!(opening instanceof Opening.Closed)) {
                return opening;
            }
        }
        throw new IllegalStateException(push.digest() + " was released to " + service.key() + " " + Generations.MOST
                + " times already; push it under another digest");
    }

    private static Change<Opening> open(Release fresh, @Nullable Entry entry, Predicate<Release> joinable) {
        if (entry == null) {
            return Change.write(ReleaseEntry.write(fresh, null), new Opening.Mine(fresh));
        }
        Release known = ReleaseEntry.read(entry);
        return switch (Asking.of(fresh, known, () -> joinable.test(known))) {
            case OWN -> Change.keep(new Opening.Mine(known));
            case SAME_EVENT -> Change.keep(new Opening.SameEvent(known));
            case KNOWN_TO_OTHER -> Change.keep(new Opening.SameDigest(known));
            case NEW_TO_OTHER -> Change.write(ReleaseEntry.write(known.alsoAskedBy(fresh.push().eventId()), entry),
                    new Opening.SameDigest(known));
            case CLOSED -> Change.keep(new Opening.Closed());
        };
    }

    /** The release that this execution opened for the push and service; null when it did not come so far. */
    public @Nullable Release openedBy(String execution, Push push, ServiceReference service) {
        return Generations.first(generation -> find(ReleaseId.of(push, service, generation)),
                release -> release.execution().equals(execution));
    }

    /**
     * Changes a release.
     *
     * @param step without side effects; it may be asked more than once
     * @throws NoSuchReleaseException when the ledger does not know it
     */
    public <R> R change(String releaseId, Function<Release, Step<R>> step) {
        return ledger.change(ReleaseEntry.id(releaseId), entry -> {
            if (entry == null) {
                throw new NoSuchReleaseException(releaseId);
            }
            Step<R> taken = step.apply(ReleaseEntry.read(entry));
            Release next = taken.next();
            return next == null
                    ? Change.keep(taken.result())
                    : Change.write(ReleaseEntry.write(next, entry), taken.result());
        });
    }

    /** Notes that somebody looked after an open release. */
    public void looked(String releaseId) {
        Instant now = clock.instant();
        change(releaseId, release -> release.ending() == null
                ? Step.to(release.looked(now), release)
                : Step.stay(release));
    }

    /**
     * Ends a release, unless it ended before: the first ending stands.
     *
     * @param deploymentId null when there was none, or it is known from the release
     * @param aftermath what follows from it besides
     * @param reports asked for the report of the deployment that there was
     * @return the ending that stands
     */
    public Ending close(String releaseId, Outcome outcome, String reason, @Nullable String deploymentId,
            Aftermath aftermath, ValidationReports reports) {
        Instant now = clock.instant();
        return change(releaseId, release -> {
            Ending before = release.ending();
            if (before != null) {
                return Step.stay(before);
            }
            String deployment = deploymentId == null ? release.launch().deploymentId() : deploymentId;
            String report = deployment == null ? null : reports.link(deployment);
            String overridden = release.overriddenSentences();
            Ending ending = new Ending(outcome,
                    deployment == null || overridden.isEmpty() ? reason : reason + " " + overridden, deployment,
                    report, aftermath, now, null);
            return Step.to(release.with(release.launch().withoutToken()).with(ending), ending);
        });
    }

    /** Notes which gates a release passes because a person has overridden them. */
    public void override(String releaseId, List<OverriddenGate> gates) {
        change(releaseId, release -> release.overridden().equals(gates)
                ? Step.stay(release)
                : Step.to(release.overriding(gates), release));
    }

    /** The last release of an image to a service; null when there was none. */
    public @Nullable Release last(Registry registry, RepositoryName repository, Digest digest,
            ServiceReference service) {
        return Generations.last(
                generation -> find(ReleaseId.of(registry, repository, digest, service, generation)));
    }

    /** What became of the wish to open a release. */
    public sealed interface Opening {
        /** It is this execution's release. */
        record Mine(Release release) implements Opening {}

        /** Another execution had the very same event, or found the push before its event came. */
        record SameEvent(Release release) implements Opening {}

        /** Another execution is releasing the same digest. */
        record SameDigest(Release release) implements Opening {}

        /** That generation has ended, or makes way; the next one is to be asked for. */
        record Closed() implements Opening {}
    }

    /**
     * One step of a release.
     *
     * @param next null to leave it as it is
     */
    public record Step<R>(@Nullable Release next, R result) {
        /** Leaves the release as it is. */
        public static <R> Step<R> stay(R result) {
            return new Step<>(null, result);
        }

        /** The release becomes this. */
        public static <R> Step<R> to(Release next, R result) {
            return new Step<>(next, result);
        }
    }
}
