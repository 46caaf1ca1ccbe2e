package io.greenlane.hook;

import io.greenlane.deployment.Deployments;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.Verdicts.Standing;
import io.greenlane.validation.Result;

/**
 * Where a hook gets its one verdict: written unless one stands, then the one that stands is reported. Whoever comes second, with
 * whatever verdict, says the same again.
 */
public final class VerdictDesk {
    private final Deployments deployments;
    private final Verdicts verdicts;
    private final Reports reports;

    public VerdictDesk(Deployments deployments, Verdicts verdicts, Reports reports) {
        this.deployments = deployments;
        this.verdicts = verdicts;
        this.reports = reports;
    }

    /**
     * Writes and reports. A verdict that lets a release go on counts only once it is written; one that stops it, or that lets a
     * rollback go on, is reported even if the ledger takes no writes.
     */
    public Settled settle(HookExecution hook, Verdict proposed) {
        boolean mercy = !proposed.passed() && isRollback(hook);
        Verdict due = mercy ? rollback(proposed) : proposed;
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

    private boolean isRollback(HookExecution hook) {
        return hook instanceof CodeDeployHook && deployments.isRollback(hook.deploymentId());
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
