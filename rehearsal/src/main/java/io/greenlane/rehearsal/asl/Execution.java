package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One run of a state machine, from its start to its one end. It keeps the definition it was started with. */
public final class Execution {
    private final Platform platform;
    private final StateMachineDefinition definition;
    private final Identity identity;
    private final JsonataExpressions expressions;
    private final Consumer<Execution> onEnd;
    private final History history;
    private final Flow flow;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private @Nullable Instant stopDate;
    private @Nullable String output;
    private @Nullable Failure failure;
    private @Nullable Alarm timeout;

    /**
     * Who an execution is: what its context object says.
     *
     * @param input JSON text, as it was given
     */
    public record Identity(String arn, String name, String stateMachineArn, String stateMachineName, String roleArn,
            Instant startDate, String input, JsonNode inputTree) {}

    /**
     * @param onEnd told once, in the turn in which the execution ends
     */
    public Execution(Platform platform, StateMachineDefinition definition, Identity identity,
            Consumer<Execution> onEnd) {
        this.platform = platform;
        this.definition = definition;
        this.identity = identity;
        this.onEnd = onEnd;
        this.expressions = new JsonataExpressions(platform.timeline(), platform.random());
        this.history = new History(platform.timeline());
        this.flow = new Flow(this, history, definition.workflow(), Variables.ofMachine(), null);
    }

    /** Begins; the first state is entered in a later turn. */
    public void start() {
        history.add(HistoryEventType.EXECUTION_STARTED, 0,
                event -> event.executionStartedEventDetails(details -> details.input(identity.input())
                        .inputDetails(History.WHOLE).roleArn(identity.roleArn())));
        if (definition.timeout() != null) {
            timeout = platform.timeline().atLimit(definition.timeout(), this::timedOut);
        }
        flow.start(identity.inputTree(), 0, new Flow.Ending() {
            @Override
            public void succeeded(JsonNode result, long last) {
                output = JsonText.write(result);
                history.add(HistoryEventType.EXECUTION_SUCCEEDED, last, event -> event.executionSucceededEventDetails(
                        details -> details.output(output).outputDetails(History.WHOLE)));
                end(ExecutionStatus.SUCCEEDED);
            }

            @Override
            public void failed(Failure why, long last) {
                failure = why;
                history.add(HistoryEventType.EXECUTION_FAILED, last, event -> event
                        .executionFailedEventDetails(details -> details.error(why.error()).cause(why.cause())));
                end(ExecutionStatus.FAILED);
            }
        });
    }

    /** Ends the execution as ABORTED; nothing happens when it has already ended. */
    public void stop(@Nullable String error, @Nullable String cause) {
        if (status != ExecutionStatus.RUNNING) {
            return;
        }
        flow.abort();
        failure = new Failure(error, cause);
        history.add(HistoryEventType.EXECUTION_ABORTED, 0,
                event -> event.executionAbortedEventDetails(details -> details.error(error).cause(cause)));
        end(ExecutionStatus.ABORTED);
    }

    private void timedOut() {
        if (status != ExecutionStatus.RUNNING) {
            return;
        }
        flow.abort();
        history.add(HistoryEventType.EXECUTION_TIMED_OUT, 0,
                event -> event.executionTimedOutEventDetails(details -> details.error(ErrorNames.TIMEOUT)));
        end(ExecutionStatus.TIMED_OUT);
    }

    private void end(ExecutionStatus ended) {
        status = ended;
        stopDate = platform.timeline().now();
        if (timeout != null) {
            timeout.cancel();
        }
        onEnd.accept(this);
    }

    public Identity identity() {
        return identity;
    }

    public StateMachineDefinition definition() {
        return definition;
    }

    public ExecutionStatus status() {
        return status;
    }

    public History history() {
        return history;
    }

    /** When it ended; null while it runs. */
    public @Nullable Instant stopDate() {
        return stopDate;
    }

    /** JSON text; null unless it succeeded. */
    public @Nullable String output() {
        return output;
    }

    /** Why it ended; null unless it failed or was stopped. */
    public @Nullable Failure failure() {
        return failure;
    }

    Platform platform() {
        return platform;
    }

    JsonataExpressions expressions() {
        return expressions;
    }

    /** The members Execution and StateMachine of the context object. */
    ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode execution = context.putObject("Execution").put("Id", identity.arn());
        execution.set("Input", identity.inputTree());
        execution.put("StartTime", Timestamps.write(identity.startDate())).put("Name", identity.name())
                .put("RoleArn", identity.roleArn()).put("RedriveCount", 0);
        context.putObject("StateMachine").put("Id", identity.stateMachineArn()).put("Name",
                identity.stateMachineName());
        return context;
    }

    @Override
    public String toString() {
        return Objects.toString(identity.arn());
    }
}
