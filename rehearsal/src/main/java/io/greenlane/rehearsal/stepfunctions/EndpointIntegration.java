package io.greenlane.rehearsal.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.asl.JsonText;
import io.greenlane.rehearsal.asl.TaskIntegration;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.AwsCallException;
import io.greenlane.rehearsal.endpoint.AwsCalls;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Service integrations of tasks, served by the simulated services as the endpoint would serve them. */
public final class EndpointIntegration implements TaskIntegration {
    private static final int BAD_REQUEST = 400;
    /** Members that are JSON text in the API and may be JSON in the language. */
    private static final Set<String> TEXTS = Set.of("Input", "Message", "MessageBody", "Detail", "Output");

    private final Timeline timeline;
    private final Supplier<AwsCalls> calls;

    /**
     * @param calls asked at every call, because Step Functions is among the services that it calls
     */
    public EndpointIntegration(Timeline timeline, Supplier<AwsCalls> calls) {
        this.timeline = timeline;
        this.calls = calls;
    }

    @Override
    public void call(Call call, Consumer<Answer> done) {
        CompletableFuture<ObjectNode> unused = calls.get()
                .call(call.service(), call.action(), (ObjectNode) asTexts(call.arguments().deepCopy()))
                .whenComplete((result, failure) -> {
                    Answer answer = failure == null ? new Answer.Returned(result) : refused(failure);
                    timeline.after(Duration.ZERO, () -> done.accept(answer));
                });
    }

    private static Answer refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        if (cause instanceof AwsCallException refused) {
            return new Answer.Refused(refused.exceptionName(), refused.text(), BAD_REQUEST);
        }
        throw new IllegalStateException("A call of a simulated service broke", cause);
    }

    private static JsonNode asTexts(JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (String name : TEXTS) {
                JsonNode member = object.get(name);
                if (member != null && member.isContainerNode()) {
                    object.put(name, JsonText.write(member));
                }
            }
        }
        value.forEach(EndpointIntegration::asTexts);
        return value;
    }
}
