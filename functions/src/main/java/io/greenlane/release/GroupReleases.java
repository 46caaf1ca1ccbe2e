package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.PlannedGroup;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The releases of groups in the ledger. */
public final class GroupReleases {
    private final Ledger ledger;
    private final Clock clock;

    public GroupReleases(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The id of the release of a group that an entry of the ledger has; null when it is an entry of another kind. */
    public static @Nullable String idOf(String entryId) {
        return GroupReleaseEntry.is(entryId) ? GroupReleaseEntry.groupRelease(entryId) : null;
    }

    /** The release; null when the ledger does not know it. */
    public @Nullable GroupRelease find(String id) {
        Entry entry = ledger.find(GroupReleaseEntry.id(id));
        return entry == null ? null : GroupReleaseEntry.read(entry);
    }

    /** The last release of an image to a group; null when there was none. */
    public @Nullable GroupRelease last(Registry registry, RepositoryName repository, Digest digest, String group) {
        return Generations.last(
                generation -> find(ReleaseId.ofGroup(registry, repository, digest, group, generation)));
    }

    /** Whether the push was ever released to the group. */
    public boolean knows(Push push, String group) {
        return find(ReleaseId.ofGroup(push, group, 1)) != null;
    }

    /** Opens the release of a push to a group, as {@link Releases#open} does for a service. */
    Opening open(Push push, PlannedGroup group, String execution, Predicate<GroupRelease> joinable) {
        for (int generation = 1; generation <= Generations.MOST; generation++) {
            GroupRelease fresh = GroupRelease.opened(push, group, generation, execution, clock.instant());
            Opening opening = ledger.change(GroupReleaseEntry.id(fresh.id()), entry -> open(fresh, entry, joinable));
            if (!(opening instanceof Opening.Closed)) {
                return opening;
            }
        }
        throw new IllegalStateException(
                push.digest() + " was released to group " + group.name() + " " + Generations.MOST
                        + " times already; push it under another digest");
    }

    private static Change<Opening> open(GroupRelease fresh, @Nullable Entry entry, Predicate<GroupRelease> joinable) {
        if (entry == null) {
            return Change.write(GroupReleaseEntry.write(fresh, null), new Opening.Mine(fresh));
        }
        GroupRelease known = GroupReleaseEntry.read(entry);
        return switch (Asking.of(fresh, known, () -> known.failure() == null && joinable.test(known))) {
            case OWN -> Change.keep(new Opening.Mine(known));
            case SAME_EVENT -> Change.keep(new Opening.SameEvent(known));
            case KNOWN_TO_OTHER -> Change.keep(new Opening.SameDigest(known));
            case NEW_TO_OTHER -> Change.write(GroupReleaseEntry.write(known.alsoAskedBy(fresh.push().eventId()), entry),
                    new Opening.SameDigest(known));
            case CLOSED -> Change.keep(new Opening.Closed());
        };
    }

    /** The release that this execution opened for the push and group; null when it did not come so far. */
    @Nullable
    GroupRelease openedBy(String execution, Push push, String group) {
        return Generations.first(generation -> find(ReleaseId.ofGroup(push, group, generation)),
                release -> release.execution().equals(execution));
    }

    /**
     * Changes a release; one that has ended stays as it is.
     *
     * @param step without side effects; it may be asked more than once
     * @return the release as it stands then
     */
    public GroupRelease change(String id, UnaryOperator<GroupRelease> step) {
        return ledger.change(GroupReleaseEntry.id(id), entry -> {
            GroupRelease known = GroupReleaseEntry.read(
                    Objects.requireNonNull(entry, () -> "The ledger knows no group release " + id));
            GroupRelease next = known.ending() != null ? known : step.apply(known);
            return next.equals(known) ? Change.keep(known) : Change.write(GroupReleaseEntry.write(next, entry), next);
        });
    }

    /** The workflow of a member sleeps on a token from now on. */
    public void sleep(String id, String releaseId, String token) {
        change(id, release -> release.with(releaseId, member -> member.sleepingOn(token)));
    }

    /** Notes that somebody looked after an open release. */
    public void looked(String id) {
        Instant now = clock.instant();
        change(id, release -> release.looked(now));
    }

    /** Ends a release of which nothing more is to come; the first ending stands. */
    GroupRelease close(String id) {
        Instant now = clock.instant();
        return change(id, release -> release.isComplete()
                ? release.with(new Ending(release.outcome(), release.sentence(), null, null, Aftermath.NONE, now, null))
                : release);
    }

    /** What became of the wish to open a release. */
    sealed interface Opening {
        /** It is this execution's release. */
        record Mine(GroupRelease release) implements Opening {}

        /** Another execution had the very same event. */
        record SameEvent(GroupRelease release) implements Opening {}

        /** Another execution is releasing the same digest. */
        record SameDigest(GroupRelease release) implements Opening {}

        /** That generation has ended, makes way or goes back; the next one is to be asked for. */
        record Closed() implements Opening {}
    }
}
