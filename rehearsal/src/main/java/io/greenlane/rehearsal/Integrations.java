package io.greenlane.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.asl.TaskIntegration;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.AwsCallException;
import io.greenlane.rehearsal.endpoint.AwsCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step Functions' service integrations, served by the simulated services of the same local cloud. */
final class Integrations implements TaskIntegration {
    /** Members of API requests that are JSON text, and that a state machine may give as JSON. */
    private static final List<String> JSON_TEXT = List.of("Detail", "Input", "Message", "MessageBody");

    private final Timeline timeline;
    private @Nullable AwsCalls calls;

    Integrations(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Names the services, which are made after Step Functions. */
    void connect(AwsCalls services) {
        calls = services;
    }

    @Override
    public void call(Call call, Consumer<Answer> done) {
        AwsCalls services = calls;
        if (services == null) {
            throw new IllegalStateException("Step Functions was called before the local cloud was complete");
        }
        ObjectNode arguments = call.arguments().deepCopy();
        writeJsonAsText(arguments);
        CompletableFuture<ObjectNode> unused = services
                .call(call.service(), call.action(), call.caller(), arguments)
                .whenComplete((answer, failure) -> timeline.after(Duration.ZERO,
                        () -> done.accept(failure == null ? new Answer.Returned(answer) : refused(failure))));
    }

    private static Answer refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof AwsCallException refused
                ? new Answer.Refused(refused.exceptionName(), refused.text(), 400)
                : new Answer.Refused("InternalFailure", "The local cloud has a defect: " + cause, 500);
    }

    private static void writeJsonAsText(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JSON_TEXT.stream().filter(name -> object.path(name).isContainerNode())
                    .forEach(name -> object.put(name, object.get(name).toString()));
        }
        node.forEach(Integrations::writeJsonAsText);
    }
}
