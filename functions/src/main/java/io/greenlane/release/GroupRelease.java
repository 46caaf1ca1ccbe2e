package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The release of one push to a group of services: where its members meet. Two marks decide everything, and neither is ever taken
 * back: {@code cleared} says which waves may move production, {@code failure} that all go back. No wave is cleared once there is a
 * failure, and the first only when every member of every wave has passed. So what a member is answered before production moves to
 * it hangs on nothing but this entry.
 *
 * @param id {@code g-} and 32 hex digits
 * @param group its name
 * @param generation 1 for the first release of this image to this group
 * @param execution ARN of the workflow execution that brings it
 * @param eventIds events that asked for it
 * @param lookedAt when somebody last looked after it; the sweep looks when that is too long ago
 * @param members in the order of the settings
 * @param cleared members of waves up to this one may move production; 0 while none may
 * @param failure why all of them go back or stay; null while nothing speaks against it
 * @param ending null while it is open
 */
public record GroupRelease(String id, Push push, String group, int generation, String execution, List<String> eventIds,
        Instant openedAt, Instant lookedAt, List<Member> members, int cleared, @Nullable Failure failure,
        @Nullable Ending ending) implements Asking.Asked {
    public GroupRelease {
        eventIds = List.copyOf(eventIds);
        members = List.copyOf(members);
    }

    static GroupRelease opened(Push push, PlannedGroup group, int generation, String execution, Instant now) {
        String id = ReleaseId.ofGroup(push, group.name(), generation);
        return new GroupRelease(id, push, group.name(), generation, execution, List.of(push.eventId()), now, now,
                group.services().stream().map(member -> new Member(member.service(), member.wave(),
                        ReleaseId.ofMember(id, member.service()), null, null, null, false, null, null)).toList(),
                0, null, null);
    }

    /**
     * One service of the group.
     *
     * @param wave in which production moves, from 1
     * @param releaseId of its own release
     * @param before the digest that ran when the group had its turn; null while unknown
     * @param token wakes its workflow, which waits for the group's turn; a secret; null while it does not sleep
     * @param vote null until it has passed everything before production moves
     * @param moved whether production is on the new version and bears it
     * @param end null while its release is open
     * @param wayBack how production goes back after its release had ended well; null while it need not
     */
    public record Member(ServiceReference service, int wave, String releaseId, @Nullable Digest before,
            @Nullable String token, @Nullable Vote vote, boolean moved, @Nullable End end,
            @Nullable WayBack wayBack) {
        /** The same, sleeping on this token. */
        public Member sleepingOn(@Nullable String newToken) {
            return new Member(service, wave, releaseId, before, newToken, vote, moved, end, wayBack);
        }

        /** The same, with what ran there before. */
        public Member from(@Nullable Digest running) {
            return new Member(service, wave, releaseId, running, token, vote, moved, end, wayBack);
        }

        private Member voted(Vote passed) {
            return vote != null
                    ? this
                    : new Member(service, wave, releaseId, before, token, passed, moved, end, wayBack);
        }

        private Member hasMoved() {
            return new Member(service, wave, releaseId, before, token, vote, true, end, wayBack);
        }

        private Member ended(End how) {
            return end != null
                    ? this
                    : new Member(service, wave, releaseId, before, null, vote,
                            moved || how.outcome() == Outcome.DEPLOYED, how, wayBack);
        }

        private Member goingBack(WayBack way) {
            return new Member(service, wave, releaseId, before, token, vote, moved, end, way);
        }
    }

    /**
     * A member passed BeforeAllowTraffic and waits to be answered.
     *
     * @param verdict what it is answered when its wave may move, as the ledger keeps verdicts
     */
    public record Vote(String deploymentId, String hookExecutionId, Map<String, Object> verdict) {
        public Vote {
            verdict = Map.copyOf(verdict);
        }
    }

    /**
     * How the release of a member ended.
     *
     * @param rollbackFailed whether nobody knows what production runs there
     * @param noRollback whether its deployment ended badly and nothing was taken back
     */
    public record End(Outcome outcome, boolean rollbackFailed, boolean noRollback) {}

    /**
     * A release of what ran before, by the workflow.
     *
     * @param execution its name; null when there is nothing to go back to
     * @param sentence what is done, or why nothing can be
     * @param outcome null while it runs
     */
    public record WayBack(@Nullable String execution, String sentence, @Nullable Outcome outcome) {
        private boolean arrived() {
            return outcome == Outcome.DEPLOYED || outcome == Outcome.DUPLICATE;
        }
    }

    /**
     * Why the group goes back or stays as it is.
     *
     * @param releaseId of the member that failed; null when that was the group as a whole
     */
    public record Failure(@Nullable String releaseId, Outcome outcome, String sentence) {}

    /** What production runs at a member, as far as the group's releases tell. */
    public enum Production {
        BEFORE, PUSHED, UNKNOWN
    }

    /** The member of that release; an {@link IllegalStateException} when there is none. */
    public Member member(String releaseId) {
        return members.stream().filter(one -> one.releaseId().equals(releaseId)).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Release " + releaseId + " is of no member of group release " + id));
    }

    /** The last wave. */
    private int last() {
        return members.stream().mapToInt(Member::wave).max().orElse(0);
    }

    private GroupRelease with(List<Member> all, int newCleared, @Nullable Failure newFailure) {
        return new GroupRelease(id, push, group, generation, execution, eventIds, openedAt, lookedAt, all, newCleared,
                newFailure, ending);
    }

    /** The same with one member changed. */
    public GroupRelease with(String releaseId, UnaryOperator<Member> change) {
        member(releaseId);
        return with(members.stream().map(one -> one.releaseId().equals(releaseId) ? change.apply(one) : one).toList(),
                cleared, failure);
    }

    GroupRelease alsoAskedBy(String eventId) {
        return new GroupRelease(id, push, group, generation, execution,
                Stream.concat(eventIds.stream(), Stream.of(eventId)).toList(), openedAt, lookedAt, members, cleared,
                failure, ending);
    }

    GroupRelease looked(Instant now) {
        return new GroupRelease(id, push, group, generation, execution, eventIds, openedAt, now, members, cleared,
                failure, ending);
    }

    GroupRelease with(Ending newEnding) {
        return new GroupRelease(id, push, group, generation, execution, eventIds, openedAt, lookedAt, members, cleared,
                failure, newEnding);
    }

    /** All go back or stay; the first failure stands, and none comes after all have been deployed. */
    public GroupRelease failed(@Nullable String releaseId, Outcome outcome, String sentence) {
        return failure != null || ending != null || allDeployed()
                ? this
                : with(members, cleared, new Failure(releaseId, outcome, sentence));
    }

    /** A member waits for the others. */
    public GroupRelease voted(String releaseId, Vote vote) {
        return with(releaseId, member -> member.voted(vote));
    }

    /** Whether nothing but the queue may keep the first wave from moving. */
    public boolean isAtOne() {
        return cleared == 0 && failure == null && members.stream().allMatch(member -> member.vote() != null);
    }

    /** The first wave may move. */
    public GroupRelease go() {
        return isAtOne() ? with(members, 1, null) : this;
    }

    /** Production is on a member's new version and bears it; after the last of its wave, the next wave may move. */
    public GroupRelease moved(String releaseId) {
        return with(releaseId, Member::hasMoved).nextWave();
    }

    private GroupRelease nextWave() {
        boolean next = failure == null && cleared > 0 && cleared < last()
                && members.stream().filter(member -> member.wave() <= cleared).allMatch(Member::moved);
        return next ? with(members, cleared + 1, null) : this;
    }

    /** The release of a member has ended. */
    public GroupRelease ended(String releaseId, End end, String reason) {
        GroupRelease next = with(releaseId, member -> member.ended(end));
        return end.outcome() == Outcome.DEPLOYED ? next.nextWave() : next.failed(releaseId, end.outcome(), reason);
    }

    /** How a member goes back. */
    public GroupRelease goingBack(String releaseId, WayBack way) {
        return with(releaseId, member -> member.wayBack() != null && member.wayBack().outcome() != null
                ? member
                : member.goingBack(way));
    }

    /** A release that takes a member back has ended. */
    GroupRelease wentBack(ServiceReference service, String execution, Outcome outcome, String reason) {
        return with(members.stream().map(one -> {
            WayBack way = one.wayBack();
            boolean its = one.service().key().equals(service.key()) && way != null && way.outcome() == null
                    && execution.equals(way.execution());
            return its ? one.goingBack(new WayBack(execution, "back: " + outcome + ", " + reason, outcome)) : one;
        }).toList(), cleared, failure);
    }

    /** Whether it is this very push that takes a member back. */
    boolean takesBack(Push push, ServiceReference service) {
        return ending == null && members.stream()
                .anyMatch(member -> member.service().key().equals(service.key()) && member.wayBack() != null
                        && push.eventId().equals(member.wayBack().execution())
                        && push.digest().equals(member.before()));
    }

    /** Whether production may move to a member. */
    public boolean lets(Member member) {
        return member.wave() <= cleared && member.vote() != null;
    }

    /** Why a member may not go on; null while it may. */
    public @Nullable Objection objection(String releaseId) {
        Failure why = failure;
        if (why == null) {
            return null;
        }
        Outcome outcome = switch (why.outcome()) {
            case SUPERSEDED, HELD, REJECTED, IMAGE_GONE -> why.outcome();
            case DUPLICATE -> why.releaseId() == null ? Outcome.DUPLICATE : Outcome.ROLLED_BACK;
            default -> Outcome.ROLLED_BACK;
        };
        return new Objection(outcome, releaseId.equals(why.releaseId()) || why.releaseId() == null
                ? why.sentence()
                : "Group " + group + " is released as one, and " + key(why.releaseId()) + " failed: " + why.sentence());
    }

    private String key(String releaseId) {
        return member(releaseId).service().key();
    }

    /** Members whose release ended well although the group goes back, and for which nothing is done about it yet. */
    public List<Member> stranded() {
        return failure == null
                ? List.of()
                : members.stream().filter(member -> member.end() != null && member.end().outcome() == Outcome.DEPLOYED
                        && member.wayBack() == null).toList();
    }

    /** Whether nothing more is to come. */
    public boolean isComplete() {
        return members.stream().allMatch(member -> member.end() != null
                && (member.wayBack() == null || member.wayBack().outcome() != null)) && stranded().isEmpty();
    }

    private boolean allDeployed() {
        return members.stream().allMatch(member -> member.end() != null && member.end().outcome() == Outcome.DEPLOYED);
    }

    /** What production runs at a member whose release has ended. */
    public Production production(Member member) {
        End end = Objects.requireNonNull(member.end(), "the release of the member has ended");
        boolean lost = end.noRollback() || end.outcome() == Outcome.FAILED;
        if (end.rollbackFailed() || (lets(member) && lost)) {
            return Production.UNKNOWN;
        }
        return switch (end.outcome()) {
            case DEPLOYED -> member.wayBack() != null && member.wayBack().arrived()
                    ? Production.BEFORE
                    : Production.PUSHED;
            case DUPLICATE -> failure != null && failure.releaseId() == null ? Production.BEFORE : Production.PUSHED;
            case DIVERGED -> Production.UNKNOWN;
            default -> Production.BEFORE;
        };
    }

    /** How a complete release ends. */
    public Outcome outcome() {
        List<Production> runs = members.stream().map(this::production).distinct().toList();
        Failure why = failure;
        if (runs.size() > 1 || runs.contains(Production.UNKNOWN)) {
            return Outcome.MIXED;
        }
        return why == null ? Outcome.DEPLOYED : why.outcome();
    }

    /** The reason for people: who runs what, and which member failed. */
    public String sentence() {
        Failure why = failure;
        String failed = why == null
                ? ""
                : (why.releaseId() == null ? "" : key(why.releaseId()) + " failed: ") + why.sentence();
        return switch (outcome()) {
            case DEPLOYED -> "All " + members.size() + " services of group " + group + " run " + push.digest() + ".";
            case MIXED -> "Group " + group + " is mixed and needs a person: "
                    + String.join("; ", members.stream().map(this::runs).toList()) + ". " + failed;
            default -> "All services of group " + group + " run what they ran before. " + failed;
        };
    }

    private String runs(Member member) {
        WayBack way = member.wayBack();
        String back = way == null ? "" : " (" + way.sentence() + ")";
        return member.service().key() + switch (production(member)) {
            case BEFORE -> " runs what it ran before"
                    + (member.before() == null ? "" : ", " + member.before());
            case PUSHED -> " runs " + push.digest() + ", pushed as " + push.tag() + back;
            case UNKNOWN -> " runs nobody knows what" + back;
        };
    }
}
