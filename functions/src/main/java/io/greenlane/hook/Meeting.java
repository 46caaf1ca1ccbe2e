package io.greenlane.hook;

import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.json.JsonObject;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupRelease.Vote;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import io.greenlane.release.ServiceQueue;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of a group meet before production moves to any of them. A member that passed BeforeAllowTraffic is not answered
 * until all have, and members of a later wave not until the wave before has moved. Whoever comes last answers the others too.
 */
public final class Meeting {
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Withdrawals withdrawals;

    public Meeting(GroupReleases groups, ServiceQueue queue, Withdrawals withdrawals) {
        this.groups = groups;
        this.queue = queue;
        this.withdrawals = withdrawals;
    }

    /**
     * A member passed everything before production moves.
     *
     * @return how it is answered now; null while it waits for others
     */
    @Nullable
    Verdict passed(Release release, CodeDeployHook hook, Verdict verdict) {
        Vote vote = new Vote(hook.deploymentId(), hook.call().executionId(), Verdicts.members(verdict));
        GroupRelease group = decided(groups.change(release.turnId(), now -> now.voted(release.id(), vote)));
        return due(group, group.member(release.id()), verdict.at());
    }

    /**
     * A member is refused before production moves, and with it the whole group.
     *
     * @param groupRelease as its deployment names it
     * @return how it is answered: as it was decided before, when production may have begun to move to it
     */
    Verdict refused(String groupRelease, String releaseId, Verdict refusal) {
        GroupRelease before = groups.find(groupRelease);
        if (before == null || before.members().stream().noneMatch(one -> one.releaseId().equals(releaseId))) {
            return refusal;
        }
        boolean waits = before.member(releaseId).vote() != null && before.failure() == null;
        String why = waits
                ? "Group " + before.group() + " was not at one in time, after " + refusal.sentence() + " Missing: "
                        + String.join(", ", missing(before)) + "."
                : refusal.sentence();
        GroupRelease group = groups.change(groupRelease, now -> now.lets(now.member(releaseId))
                ? now
                : now.failed(releaseId, Outcome.ROLLED_BACK, HookEvent.BEFORE_ALLOW_TRAFFIC + ": " + why));
        Member member = group.member(releaseId);
        Vote vote = member.vote();
        return group.lets(member) && vote != null
                ? Verdicts.verdict(new JsonObject("vote", vote.verdict()))
                : new Verdict(refusal.result(), why, refusal.digest(), refusal.report(), refusal.at());
    }

    /** Members that the group waits for: to pass, or to move. */
    private static List<String> missing(GroupRelease group) {
        return group.members().stream()
                .filter(one -> group.cleared() == 0 ? one.vote() == null : group.lets(one) && !one.moved())
                .map(one -> one.service().key()).toList();
    }

    /** A member failed a hook other than the last one before production moves; CodeDeploy takes it back, so the others must not go on. */
    public void failed(String groupRelease, String releaseId, HookEvent event, Verdict verdict) {
        groups.change(groupRelease,
                now -> now.failed(releaseId, Outcome.ROLLED_BACK, event + ": " + verdict.sentence()));
    }

    /** Production is on a member's new version and bears it. */
    public void moved(String groupRelease, String releaseId) {
        groups.change(groupRelease, now -> now.moved(releaseId));
    }

    /** Decides what can be decided: the queue has the last word on whether the group is still wanted. */
    private GroupRelease decided(GroupRelease group) {
        if (!group.isAtOne()) {
            return group;
        }
        Objection objection = queue.clear(group.members().get(0).service(), group.id());
        return groups.change(group.id(), objection == null
                ? GroupRelease::go
                : now -> now.failed(null, objection.outcome(), objection.sentence()));
    }

    /** How a member is answered before production moves; null while it waits. Why it is refused is written down. */
    private @Nullable Verdict due(GroupRelease group, Member member, Instant now) {
        Vote vote = member.vote();
        if (vote == null) {
            return null;
        }
        Verdict passed = Verdicts.verdict(new JsonObject("vote", vote.verdict()));
        if (group.lets(member)) {
            return passed;
        }
        Objection objection = group.objection(member.releaseId());
        if (objection == null) {
            return null;
        }
        withdrawals.write(vote.deploymentId(), objection);
        return new Verdict(Result.FAIL, objection.sentence(), passed.digest(), null, now);
    }

    /**
     * Answers every member that is due. Answering again says the same again.
     *
     * @param now by the clock of the function
     * @return the members that were answered, by their services
     */
    public List<String> answer(String groupRelease, VerdictDesk desk, Instant now) {
        GroupRelease group = decided(Objects.requireNonNull(groups.find(groupRelease),
                () -> "The ledger knows no group release " + groupRelease));
        List<String> answered = new ArrayList<>();
        for (Member member : group.members()) {
            Vote vote = member.vote();
            Verdict due = member.end() != null || member.moved() ? null : due(group, member, now);
            if (vote != null && due != null) {
                desk.settle(new CodeDeployHook(HookEvent.BEFORE_ALLOW_TRAFFIC,
                        new HookCall(vote.deploymentId(), vote.hookExecutionId())), due);
                answered.add(member.service().key());
            }
        }
        return answered;
    }
}
