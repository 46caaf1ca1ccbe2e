package io.greenlane.hook;

import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.ServiceDeployments.ServiceDeployment;
import io.greenlane.image.Digest;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the lifecycle hooks of a deployment that ECS makes itself (ECS guide, lifecycle hooks for service deployments): the first
 * call begins the validation, and ECS asks again until there is a verdict. A fault is Failed.
 */
public final class EcsLifecycle {
    /** The stages that validate, with the hook whose rules they follow. */
    private static final Map<String, HookEvent> STAGES = Map.of("POST_TEST_TRAFFIC_SHIFT",
            HookEvent.AFTER_ALLOW_TEST_TRAFFIC, "PRE_PRODUCTION_TRAFFIC_SHIFT", HookEvent.BEFORE_ALLOW_TRAFFIC,
            "POST_PRODUCTION_TRAFFIC_SHIFT", HookEvent.AFTER_ALLOW_TRAFFIC);

    private final ServiceDeployments deployments;
    private final Verdicts verdicts;
    private final Validations validations;
    private final Clock clock;

    public EcsLifecycle(ServiceDeployments deployments, Verdicts verdicts, Validations validations, Clock clock) {
        this.deployments = deployments;
        this.verdicts = verdicts;
        this.validations = validations;
        this.clock = clock;
    }

    /** The hook whose rules a stage follows; an {@link IllegalArgumentException} names the stages that there are. */
    public static HookEvent event(String stage) {
        HookEvent event = STAGES.get(stage);
        if (event == null) {
            throw new IllegalArgumentException("Nothing is validated at stage " + stage + ", only at "
                    + String.join(", ", STAGES.keySet().stream().sorted().toList())
                    + "; change lifecycleStages of the service's hook");
        }
        return event;
    }

    /** Answers one of the calls. */
    public Answer answer(EcsHook hook) {
        ServiceDeployment deployment = deployments.find(hook);
        if (deployment == null) {
            return new Answer.Failed("ECS knows no service deployment " + hook.serviceDeployment() + ".");
        }
        if (deployment.goesBack()) {
            return new Answer.Succeeded(ValidationHook.ROLLBACK);
        }
        Verdict verdict = verdicts.find(hook.deploymentId(), hook.event());
        if (verdict != null) {
            return of(verdict);
        }
        String refusal = hook.event() == HookEvent.BEFORE_ALLOW_TRAFFIC
                ? verdicts.refusalBefore(hook.deploymentId(), deployment.digest())
                : null;
        return refusal == null ? underWay(hook) : failed(hook, refusal, deployment.digest());
    }

    private Answer underWay(EcsHook hook) {
        Instant begin = validations.begin(hook);
        if (begin == null) {
            return failed(hook, "The validation workflow has ended without a verdict.", null);
        }
        return clock.instant().isBefore(begin.plus(ValidationHook.OVERDUE_AFTER))
                ? new Answer.InProgress()
                : failed(hook, ValidationHook.OVERDUE, null);
    }

    /** Unless a verdict has come meanwhile: that one stands. */
    private Answer failed(EcsHook hook, String sentence, @Nullable Digest digest) {
        Verdict failed = new Verdict(Result.FAIL, sentence, digest, null, clock.instant());
        return of(verdicts.write(hook.deploymentId(), hook.event(), failed).verdict());
    }

    private static Answer of(Verdict verdict) {
        return verdict.passed() ? new Answer.Succeeded(verdict.sentence()) : new Answer.Failed(verdict.sentence());
    }

    /** What ECS is told. */
    public sealed interface Answer {
        /** The deployment goes on. */
        record Succeeded(String sentence) implements Answer {}

        /** It goes back. */
        record Failed(String sentence) implements Answer {}

        /** There is no verdict yet. */
        record InProgress() implements Answer {}
    }
}
