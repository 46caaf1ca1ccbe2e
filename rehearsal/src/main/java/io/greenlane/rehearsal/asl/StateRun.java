package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One entered state until it is left: its attempts, its Retry and its Catch. */
final class StateRun {
    private final Flow flow;
    private final State state;
    private final JsonNode input;
    private final Platform platform;
    private final Instant enteredTime;
    private final DataFlow data;
    private final int[] retries;
    private int retryCount;
    private long enteredEvent;
    private long eventBefore;
    private @Nullable String token;
    private @Nullable ObjectNode item;
    private @Nullable Work work;
    private @Nullable Alarm alarm;

    StateRun(Flow flow, State state, JsonNode input) {
        this.flow = flow;
        this.state = state;
        this.input = input;
        this.platform = flow.execution().platform();
        this.enteredTime = platform.timeline().now();
        this.item = flow.item();
        this.retries = new int[state.retriers().size()];
        this.data = state.language() == QueryLanguage.JSONPATH
                ? new JsonPathDataFlow(state, this::scope, platform.random())
                : new JsonataDataFlow(state, this::scope, flow.execution().expressions());
    }

    /** The work of one attempt of a Task, Parallel or Map state. */
    interface Work {
        void begin();

        /** Ends the work without a result. */
        void abort();
    }

    void enter() {
        eventBefore = flow.last();
        enteredEvent = flow.record(state.type().entered(), event -> event.stateEnteredEventDetails(
                details -> details.name(state.name()).input(JsonText.write(input)).inputDetails(History.WHOLE)));
        journal("StateEntered", Map.of(), "is in " + state.name());
        attempt();
    }

    void abort() {
        if (alarm != null) {
            alarm.cancel();
        }
        if (work != null) {
            work.abort();
        }
    }

    /** The work gave a result. */
    void succeed(JsonNode result) {
        guarded(() -> leave(data.exit(result), state.next(), "StateExited"));
    }

    /** The work failed: retried, caught, or the end of the walk. */
    void fail(Failure failure) {
        work = null;
        journal("StateFailed", facts(failure), state.name() + " failed with " + failure.error());
        for (int i = 0; i < retries.length; i++) {
            Retrier retrier = state.retriers().get(i);
            if (ErrorNames.matches(retrier.errorEquals(), failure.error())) {
                if (retries[i] < retrier.maxAttempts()) {
                    Duration delay = retrier.delay(retries[i]++, platform.random());
                    retryCount++;
                    alarm = platform.timeline().after(delay, this::attempt);
                    return;
                }
                break;
            }
        }
        for (Catcher catcher : state.catchers()) {
            if (ErrorNames.matches(catcher.errorEquals(), failure.error())) {
                caught(catcher, failure);
                return;
            }
        }
        flow.fail(failure);
    }

    /** Runs the body; what it raises fails the state. */
    void guarded(Runnable body) {
        try {
            body.run();
        } catch (StatesFault fault) {
            if (work != null) {
                work.abort();
            }
            fail(failureOf(fault));
        }
    }

    State state() {
        return state;
    }

    Flow flow() {
        return flow;
    }

    DataFlow data() {
        return data;
    }

    Platform platform() {
        return platform;
    }

    void token(String issued) {
        token = issued;
    }

    /** Evaluates the input of an iteration with its item in the context object. */
    JsonNode itemInput(JsonNode value, ObjectNode mapContext) {
        item = mapContext;
        try {
            return data.itemInput(value);
        } finally {
            item = flow.item();
        }
    }

    private void attempt() {
        guarded(() -> {
            switch (state.type()) {
                case PASS -> {
                    JsonNode result = state.member("Result");
                    succeed(result == null ? data.arguments() : result);
                }
                case SUCCEED -> succeed(data.input());
                case FAIL -> flow.fail(new Failure(data.text("Error"), data.text("Cause")));
                case CHOICE -> choose();
                case WAIT -> alarm = waiting(() -> guarded(() -> succeed(data.input())));
                case TASK -> begin(new TaskRun(this));
                case PARALLEL -> begin(new ParallelRun(this));
                case MAP -> begin(new MapRun(this));
            }
        });
    }

    private void begin(Work begun) {
        work = begun;
        begun.begin();
    }

    private void choose() {
        DataFlow.Choice choice = data.choose();
        if (choice == null) {
            fail(new Failure(ErrorNames.NO_CHOICE_MATCHED, explained(
                    "Failed to transition out of the state. The state's choices did not match and it has no Default.")));
            return;
        }
        leave(choice.exit(), choice.next(), "StateExited");
    }

    /** Seconds only pass, and may be shortened; a timestamp is one of the wall clock, and is not. */
    private Timeline.Alarm waiting(Runnable then) {
        Double seconds = data.number("Seconds");
        if (seconds != null) {
            if (seconds < 0 || seconds > 99_999_999) {
                throw StatesFault.runtime("The Seconds of a Wait state must be between 0 and 99999999, got " + seconds);
            }
            return platform.timeline().after(Duration.ofMillis(Math.round(seconds * 1000)), then);
        }
        String time = String.valueOf(data.text("Timestamp"));
        String path = state.text("TimestampPath");
        Instant until = Timestamps.parse(time).orElseThrow(() -> StatesFault.runtime((path == null
                ? "The Timestamp parameter is not a valid ISO-8601 extended offset date-time format string: "
                : "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format"
                        + " string: " + path + " == ")
                + time));
        return platform.timeline().atLimit(Duration.between(platform.timeline().now(), until), then);
    }

    private void caught(Catcher catcher, Failure failure) {
        ObjectNode errorOutput = JsonNodeFactory.instance.objectNode();
        if (failure.error() != null) {
            errorOutput.put("Error", failure.error());
        }
        if (failure.cause() != null) {
            errorOutput.put("Cause", failure.cause());
        }
        try {
            leave(data.caught(catcher, errorOutput), catcher.next(), "StateCaught");
        } catch (StatesFault fault) {
            flow.fail(failureOf(fault));
        }
    }

    private void leave(DataFlow.Exit exit, @Nullable String next, String kind) {
        String output = JsonText.write(exit.output());
        if (JsonText.tooLong(output)) {
            throw StatesFault.named(ErrorNames.DATA_LIMIT, "The state/task '" + state.name()
                    + "' returned a result with a size exceeding the maximum number of bytes service limit.");
        }
        work = null;
        flow.record(state.type().exited(), event -> event.stateExitedEventDetails(details -> {
            details.name(state.name()).output(output).outputDetails(History.WHOLE);
            if (!exit.assigned().isEmpty()) {
                Map<String, String> assigned = new TreeMap<>();
                exit.assigned().forEach((name, value) -> assigned.put(name, JsonText.write(value)));
                details.assignedVariables(assigned).assignedVariablesDetails(whole -> whole.truncated(false));
            }
        }));
        flow.variables().assign(exit.assigned());
        journal(kind, Map.of(), "left " + state.name());
        flow.proceed(next, exit.output());
    }

    private Failure failureOf(StatesFault fault) {
        String cause = explained(fault.text());
        String location = fault.location();
        if (location != null) {
            long previous = flow.last() == enteredEvent ? eventBefore : flow.last();
            flow.continueAfter(flow.recordAside(HistoryEventType.EVALUATION_FAILED, previous,
                    event -> event.evaluationFailedEventDetails(details -> details.error(fault.error()).cause(cause)
                            .location(location).state(state.name()))));
        }
        return new Failure(fault.error(), cause);
    }

    private String explained(String text) {
        return "An error occurred while executing the state '" + state.name() + "' (entered at the event id #"
                + enteredEvent + "). " + text;
    }

    private Scope scope() {
        ObjectNode context = flow.execution().context();
        ObjectNode now = context.putObject("State").put("Name", state.name()).put("EnteredTime",
                Timestamps.write(enteredTime));
        if (state.type().canFailSoftly()) {
            now.put("RetryCount", retryCount);
        }
        if (item != null) {
            context.set("Map", item);
        }
        if (token != null) {
            context.putObject("Task").put("Token", token);
        }
        return new Scope(input, context, flow.variables());
    }

    private static Map<String, String> facts(Failure failure) {
        Map<String, String> facts = new TreeMap<>();
        if (failure.error() != null) {
            facts.put("error", failure.error());
        }
        if (failure.cause() != null) {
            facts.put("cause", failure.cause());
        }
        return facts;
    }

    private void journal(String kind, Map<String, String> more, String what) {
        Execution.Identity identity = flow.execution().identity();
        Map<String, String> facts = new TreeMap<>(more);
        facts.put("state", state.name());
        facts.put("stateMachine", identity.stateMachineName());
        platform.journal().write("states", kind, identity.name(), facts,
                "Execution " + identity.name() + " of " + identity.stateMachineName() + " " + what);
    }
}
