package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.aws.EcsServiceDeployments;
import io.greenlane.aws.HookExecutions;
import io.greenlane.hook.EcsLifecycle;
import io.greenlane.hook.EcsLifecycle.Answer;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.Verdicts;
import io.greenlane.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/** The hook of services whose blue/green deployments ECS makes itself: the same validation, told as ECS wants to hear it. */
public final class EcsLifecycleHook implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final int CALL_BACK_SECONDS = 15;

    private final Supplier<EcsLifecycle> lifecycle;

    /** The one that Lambda calls. */
    public EcsLifecycleHook() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public EcsLifecycleHook(Surroundings surroundings) {
        this(() -> lifecycle(surroundings));
    }

    /**
     * With collaborators of one's own.
     *
     * @param lifecycle asked at each call; when it throws, the answer is FAILED
     */
    public EcsLifecycleHook(Supplier<EcsLifecycle> lifecycle) {
        this.lifecycle = lifecycle;
    }

    private static EcsLifecycle lifecycle(Surroundings surroundings) {
        EcsHookSettings settings = EcsHookSettings.from(surroundings.environment());
        Clients clients = surroundings.clients();
        HookExecutions validations = new HookExecutions(clients.stepFunctions(), settings.validationArn());
        return new EcsLifecycle(new EcsServiceDeployments(clients.ecs()),
                new Verdicts(clients.ledger(settings.table())), hook -> validations.start(hook, Map.of()),
                surroundings.clock());
    }

    /**
     * {@code {lifecycleStage, resourceArn, executionDetails: {targetServiceRevisionArn}}} to {@code {hookStatus, callBackDelay?}}
     * (ECS guide, lifecycle hooks for service deployments).
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        JsonLog log = JsonLog.of("EcsLifecycleHook", context.getAwsRequestId());
        return switch (answer(new JsonObject("payload", payload), log)) {
            case Answer.Succeeded(String sentence) -> {
                log.info("Succeeded: " + sentence);
                yield Map.of("hookStatus", "SUCCEEDED");
            }
            case Answer.Failed(String sentence) -> {
                log.info("Failed: " + sentence);
                yield Map.of("hookStatus", "FAILED");
            }
            case Answer.InProgress inProgress -> Map.of("hookStatus", "IN_PROGRESS", "callBackDelay",
                    CALL_BACK_SECONDS);
        };
    }

    private Answer answer(JsonObject payload, JsonLog log) {
        try {
            EcsHook hook = new EcsHook(EcsLifecycle.event(payload.text("lifecycleStage")), payload.text("resourceArn"),
                    payload.object("executionDetails").text("targetServiceRevisionArn"));
            log.with("deploymentId", hook.deploymentId()).with("hook", hook.event().toString());
            return lifecycle.get().answer(hook);
        } catch (RuntimeException | Error e) {
            return new Answer.Failed("The hook broke off: " + e);
        }
    }
}
