package io.greenlane.hook;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.release.Ending;
import io.greenlane.release.Objection;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
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

    public Fence(Releases releases, ServiceQueue queue, Deployments deployments, Withdrawals withdrawals) {
        this.releases = releases;
        this.queue = queue;
        this.deployments = deployments;
        this.withdrawals = withdrawals;
    }

    /** Why the deployment of an open release may not go on towards production, written down; null when it may. */
    @Nullable
    String refusal(Release release, String deploymentId) {
        return written(deploymentId, queue.head(release.service()).objection(release.id()));
    }

    /** The verdict as found, unless it would let production move and the release may not pass. */
    public Verdict judge(HookExecution hook, Verdict found) {
        if (!found.passed() || hook.event() != HookEvent.BEFORE_ALLOW_TRAFFIC
                || !(hook instanceof CodeDeployHook)) {
            return found;
        }
        String refusal = pass(hook.deploymentId());
        return refusal == null
                ? found
                : new Verdict(Result.FAIL, refusal, found.digest(), found.report(), found.at());
    }

    private @Nullable String pass(String deploymentId) {
        Deployment deployment = deployments.find(deploymentId);
        String releaseId = deployment == null ? null : ReleaseMark.releaseId(deployment.description());
        if (deployment == null || deployment.isRollback() || releaseId == null) {
            return null;
        }
        Release release = releases.find(releaseId);
        if (release == null) {
            return "The ledger knows no release " + releaseId + ".";
        }
        Ending ending = release.ending();
        return ending == null
                ? written(deploymentId, queue.clear(release.service(), releaseId))
                : hasEnded(release, ending);
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
