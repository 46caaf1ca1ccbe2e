package io.greenlane.hook;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.Verdicts.Standing;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import org.jspecify.annotations.Nullable;

/**
 * Where a hook gets its one verdict: written unless one stands, then the one that stands is reported. Whoever comes second, with
 * whatever verdict, says the same again.
 */
public final class VerdictDesk {
    private final Deployments deployments;
    private final Verdicts verdicts;
    private final Reports reports;
    private final Meeting meeting;

    public VerdictDesk(Deployments deployments, Verdicts verdicts, Reports reports, Meeting meeting) {
        this.deployments = deployments;
        this.verdicts = verdicts;
        this.reports = reports;
        this.meeting = meeting;
    }

    /**
     * Writes and reports. A verdict that lets a release go on counts only once it is written; one that stops it, or that lets a
     * rollback go on, is reported even if the ledger takes no writes.
     */
    public Settled settle(HookExecution hook, Verdict proposed) {
        Deployment deployment = !proposed.passed() && hook instanceof CodeDeployHook
                ? deployments.look(hook.deploymentId())
                : null;
        boolean mercy = deployment != null && deployment.isRollback();
        Verdict due = mercy ? rollback(proposed) : ofGroup(hook, deployment, proposed);
        Standing standing;
        try {
            standing = verdicts.write(hook.deploymentId(), hook.event(), due);
        } catch (RuntimeException | Error e) {
            if (due.passed() && !mercy) {
                throw e;
            }
            standing = new Standing(due, true);
        }
        boolean counted = switch (hook) {
            case CodeDeployHook one -> reports.report(one.call(), standing.verdict().passed());
            case EcsHook one -> standing.isNew();
        };
        return new Settled(standing.verdict(), standing.isNew(), counted);
    }

    /** Where the deployment is of a group, no member fails before production moves without the others. */
    private Verdict ofGroup(HookExecution hook, @Nullable Deployment deployment, Verdict proposed) {
        String group = deployment == null || hook.event() != HookEvent.BEFORE_ALLOW_TRAFFIC
                ? null
                : ReleaseMark.groupRelease(deployment.description());
        String release = deployment == null ? null : ReleaseMark.releaseId(deployment.description());
        return group == null || release == null ? proposed : meeting.refused(group, release, proposed);
    }

    private static Verdict rollback(Verdict proposed) {
        return new Verdict(Result.PASS, ValidationHook.ROLLBACK, null, null, proposed.at());
    }

    /**
     * How the hook is answered now.
     *
     * @param verdict the one that stands
     * @param isNew whether there was none before
     * @param counted false when CodeDeploy had an answer or an end before; for ECS, when there was a verdict before
     */
    public record Settled(Verdict verdict, boolean isNew, boolean counted) {}
}
