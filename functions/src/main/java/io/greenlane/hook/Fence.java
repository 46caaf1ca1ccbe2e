package io.greenlane.hook;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.release.Ending;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Objection;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Standing;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import org.jspecify.annotations.Nullable;

/**
 * The last fence before production: a release that a newer push has overtaken, or whose service is held, does not pass, whether
 * anybody managed to stop its deployment or not. Once past it, no push takes the place of the release. Rollbacks and deployments
 * without a release of ours are not stopped here.
 */
public final class Fence {
    private final Releases releases;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Withdrawals withdrawals;
    private final Standing standing;
    private final Meeting meeting;

    public Fence(Releases releases, ServiceQueue queue, GroupReleases groups, Deployments deployments,
            Withdrawals withdrawals) {
        this.standing = new Standing(queue, groups);
        this.meeting = new Meeting(groups, queue, withdrawals);
        this.releases = releases;
        this.queue = queue;
        this.deployments = deployments;
        this.withdrawals = withdrawals;
    }

    /** Why the deployment of an open release may not go on towards production, written down; null when it may. */
    @Nullable
    String refusal(Release release, String deploymentId) {
        return written(deploymentId, standing.objection(release));
    }

    /**
     * The verdict as found, unless it would let production move and the release may not pass; null while it waits for the other members
     * of its group.
     */
    public @Nullable Verdict judge(HookExecution hook, Verdict found) {
        return found.passed() && hook.event() == HookEvent.BEFORE_ALLOW_TRAFFIC && hook instanceof CodeDeployHook one
                ? pass(one, found)
                : found;
    }

    private @Nullable Verdict pass(CodeDeployHook hook, Verdict found) {
        Deployment deployment = deployments.find(hook.deploymentId());
        if (deployment == null) {
            return new Verdict(Result.INCONCLUSIVE, "CodeDeploy does not show deployment " + hook.deploymentId()
                    + ": nobody can say whether its release is still wanted.", found.digest(), found.report(),
                    found.at());
        }
        String releaseId = ReleaseMark.releaseId(deployment.description());
        if (deployment.isRollback() || releaseId == null) {
            return found;
        }
        Release release = releases.find(releaseId);
        if (release == null) {
            return refused(found, "The ledger knows no release " + releaseId + ".");
        }
        Ending ending = release.ending();
        if (ending != null) {
            return refused(found, hasEnded(release, ending));
        }
        if (release.isMember()) {
            return meeting.passed(release, hook, found);
        }
        String refusal = written(hook.deploymentId(), queue.clear(release.service(), release.turnId()));
        return refusal == null ? found : refused(found, refusal);
    }

    private static Verdict refused(Verdict found, String refusal) {
        return new Verdict(Result.FAIL, refusal, found.digest(), found.report(), found.at());
    }

    /** Why a release that has ended goes no further. */
    static String hasEnded(Release release, Ending ending) {
        return "Release " + release.id() + " has ended as " + ending.outcome() + ": " + ending.reason();
    }

    private @Nullable String written(String deploymentId, @Nullable Objection objection) {
        if (objection == null) {
            return null;
        }
        withdrawals.write(deploymentId, objection);
        return objection.sentence();
    }
}
