package io.greenlane.aws;

import io.greenlane.hook.HookExecution;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Executions of a workflow that answers hooks, in Step Functions; each is named after its hook, so that there is one. */
public final class HookExecutions {
    private final SfnClient stepFunctions;
    private final String stateMachineArn;

    public HookExecutions(SfnClient stepFunctions, String stateMachineArn) {
        this.stepFunctions = stepFunctions;
        this.stateMachineArn = stateMachineArn;
    }

    /**
     * Starts the hook's execution; with the same input a running one answers as if it were new. The name is free again 90 days
     * after it ended (Step Functions API, StartExecution).
     *
     * @param input besides the hook
     * @return when it began; null when it has ended, or runs with other input
     */
    public @Nullable Instant start(HookExecution hook, Map<String, Object> input) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("hook", hook.members());
        all.putAll(input);
        try {
            return stepFunctions.startExecution(
                    call -> call.stateMachineArn(stateMachineArn).name(hook.name()).input(Json.text(all))).startDate();
        } catch (ExecutionAlreadyExistsException e) {
            return null;
        }
    }
}
