package io.greenlane.aws;

import io.greenlane.hook.HookExecution;
import io.greenlane.hook.Workflows;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Executions of the workflows that answer hooks, in Step Functions; each is named after its hook, so that there is one. */
public final class ValidationWorkflows implements Workflows {
    private final SfnClient stepFunctions;
    private final String validationArn;
    private final String deadlineArn;

    /** Both ARNs are of state machines. */
    public ValidationWorkflows(SfnClient stepFunctions, String validationArn, String deadlineArn) {
        this.stepFunctions = stepFunctions;
        this.validationArn = validationArn;
        this.deadlineArn = deadlineArn;
    }

    @Override
    public void watch(HookExecution hook, Instant overdueAt) {
        start(deadlineArn, hook, Map.of("hook", hook.members(), "overdueAt", overdueAt.toString()));
    }

    @Override
    public @Nullable Instant validate(HookExecution hook) {
        return start(validationArn, hook, Map.of("hook", hook.members()));
    }

    /**
     * With the same input a running execution answers as if it were new. The name is free again 90 days after it ended (Step
     * Functions API, StartExecution).
     */
    private @Nullable Instant start(String stateMachineArn, HookExecution hook, Map<String, Object> input) {
        try {
            return stepFunctions.startExecution(
                    call -> call.stateMachineArn(stateMachineArn).name(hook.name()).input(Json.text(input)))
                    .startDate();
        } catch (ExecutionAlreadyExistsException e) {
            return null;
        }
    }
}
