package io.greenlane.rehearsal.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.asl.JsonText;
import io.greenlane.rehearsal.asl.TaskIntegration;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Step Functions under virtual time, with functions and services that answer what a test says. */
public final class LocalStepFunctions {
    public static final String ROLE = "arn:aws:iam::123456789012:role/workflow";
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    public final VirtualTimeline timeline = new VirtualTimeline(START);
    public final Journal journal = new Journal(timeline);
    public final List<Map<String, Object>> announced = new ArrayList<>();
    public final List<String> invocations = new ArrayList<>();
    public final List<TaskIntegration.Call> calls = new ArrayList<>();
    private final Map<String, Function<JsonNode, FunctionInvoker.Answer>> functions = new HashMap<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private Function<TaskIntegration.Call, TaskIntegration.Answer> services = call -> new TaskIntegration.Answer.Refused(
            "ValidationException", "No service is set up", 400);
    private final SfnClient client;
    private int machines;

    public LocalStepFunctions() {
        this(ClosedToken.TASK_TIMED_OUT);
    }

    public LocalStepFunctions(ClosedToken closedToken) {
        this(closedToken, UnaryOperator.identity());
    }

    /** @param shortened the timeline as Step Functions sees it */
    public LocalStepFunctions(ClosedToken closedToken, UnaryOperator<Timeline> shortened) {
        this.client = new SimulatedStepFunctions(new Account("123456789012", "eu-central-1"),
                shortened.apply(timeline), new Random(7),
                journal, (source, type, resources, detail) -> announced.add(detail), this::invoke,
                (call, done) -> {
                    calls.add(call);
                    timeline.after(Duration.ZERO, () -> done.accept(services.apply(call)));
                }, closedToken);
    }

    public SfnClient client() {
        return client;
    }

    /** A function that answers from its payload, after no time. */
    public LocalStepFunctions function(String name, Function<JsonNode, FunctionInvoker.Answer> body) {
        functions.put(name, body);
        return this;
    }

    public LocalStepFunctions slowFunction(String name, Duration takes,
            Function<JsonNode, FunctionInvoker.Answer> body) {
        durations.put(name, takes);
        return function(name, body);
    }

    /** A function that returns its payload. */
    public LocalStepFunctions echo(String name) {
        return function(name, payload -> new FunctionInvoker.Answer.Returned(JsonText.write(payload)));
    }

    /** A function that throws the errors one after the other and then returns its payload. */
    public LocalStepFunctions failing(String name, String... errors) {
        List<String> left = new ArrayList<>(List.of(errors));
        return function(name, payload -> left.isEmpty()
                ? new FunctionInvoker.Answer.Returned(JsonText.write(payload))
                : new FunctionInvoker.Answer.Failed(
                        "{\"errorType\":\"" + left.remove(0) + "\",\"errorMessage\":\"as told\"}"));
    }

    public LocalStepFunctions services(Function<TaskIntegration.Call, TaskIntegration.Answer> answer) {
        services = answer;
        return this;
    }

    public String machine(String definition) {
        String name = "machine" + ++machines;
        return client.createStateMachine(make -> make.name(name).roleArn(ROLE).definition(definition))
                .stateMachineArn();
    }

    public String start(String definition, String input) {
        String machine = machine(definition);
        return client.startExecution(start -> start.stateMachineArn(machine).input(input)).executionArn();
    }

    /** Runs an execution of the definition until nothing is left to do, at most for two days. */
    public Ended run(String definition, String input) {
        String arn = start(definition, input);
        timeline.advance(Duration.ofDays(2));
        return ended(arn);
    }

    public Ended ended(String execution) {
        return new Ended(client.describeExecution(which -> which.executionArn(execution)),
                client.getExecutionHistory(which -> which.executionArn(execution).maxResults(1000)).events());
    }

    public static JsonNode json(String text) {
        try {
            return JsonText.parse(text);
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException(text, noJson);
        }
    }

    private void invoke(String function, String payload, Consumer<FunctionInvoker.Answer> done) {
        String name = function.replaceFirst(".*:function:", "");
        invocations.add(name + " " + payload);
        Function<JsonNode, FunctionInvoker.Answer> body = functions.get(name);
        timeline.after(durations.getOrDefault(name, Duration.ZERO),
                () -> done.accept(body == null
                        ? new FunctionInvoker.Answer.Refused("ResourceNotFoundException", "Function not found: " + name)
                        : body.apply(json(payload))));
    }

    /** An execution as the API shows it. */
    public record Ended(DescribeExecutionResponse description, List<HistoryEvent> events) {
        public String status() {
            return description.statusAsString();
        }

        public JsonNode output() {
            return json(String.valueOf(description.output()));
        }

        /** Status and error in a word, or the output. */
        public String summary() {
            return description.output() != null ? description.output() : status() + " " + description.error();
        }

        public List<String> types() {
            return events.stream().map(HistoryEvent::typeAsString).toList();
        }

        public HistoryEvent event(String type) {
            return events.stream().filter(event -> event.typeAsString().equals(type)).findFirst()
                    .orElseThrow(() -> new AssertionError("No " + type + " in " + types()));
        }
    }
}
