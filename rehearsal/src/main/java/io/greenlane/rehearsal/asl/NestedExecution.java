package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The execution that a task {@code states:startExecution.sync} has started, until it ends (Step Functions guide, nested
 * workflows).
 *
 * @param parsed whether input and output are given as JSON, as {@code .sync:2} does, or as text
 * @param caller ARN of the role that asks
 */
record NestedExecution(Platform platform, boolean parsed, String caller, Consumer<JsonNode> onSuccess,
        Consumer<Failure> onFailure) {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    void await(JsonNode started) {
        JsonNode arn = started.path("ExecutionArn");
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("ExecutionArn", arn);
        platform.timeline().after(PAUSE, () -> platform.integration()
                .call(new TaskIntegration.Call("sfn", "describeExecution", request, caller), answer -> {
                    switch (answer) {
                        case TaskIntegration.Answer.Returned returned -> look(returned.result(), started);
                        case TaskIntegration.Answer.Refused refused ->
                            onFailure.accept(new Failure("StepFunctions." + refused.code(), refused.message()));
                    }
                }));
    }

    private void look(JsonNode described, JsonNode started) {
        switch (described.path("Status").asText()) {
            case "RUNNING" -> await(started);
            case "SUCCEEDED" -> onSuccess.accept(parsed ? withJson(described) : described);
            default -> onFailure.accept(new Failure(ErrorNames.TASK_FAILED, JsonText.write(described)));
        }
    }

    private static JsonNode withJson(JsonNode described) {
        ObjectNode result = described.deepCopy();
        for (String member : new String[]{"Input", "Output"}) {
            try {
                if (result.path(member).isTextual()) {
                    result.set(member, JsonText.parse(result.path(member).textValue()));
                }
            } catch (JsonProcessingException stillText) {
                throw new IllegalStateException(member + " of an execution is always JSON", stillText);
            }
        }
        return result;
    }
}
