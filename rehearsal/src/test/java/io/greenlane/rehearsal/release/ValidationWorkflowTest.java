package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.release.ScriptedFunctions.Thrown;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The shipped workflows that answer a hook, with functions that do what each test says. */
class ValidationWorkflowTest {
    private static final String HOOK = "{\"by\":\"CODE_DEPLOY\",\"event\":\"AfterAllowTestTraffic\","
            + "\"deploymentId\":\"d-1\",\"executionId\":\"x\"}";
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    private final VirtualTimeline timeline = new VirtualTimeline(START);
    private final ScriptedFunctions functions = new ScriptedFunctions(timeline);
    private final SimulatedStepFunctions stepFunctions = new SimulatedStepFunctions(
            new Account("111122223333", "eu-west-1"), timeline, new Random(7), new Journal(timeline),
            (source, type, resources, detail) -> {
            }, functions, (call, done) -> {
                throw new AssertionError("called " + call);
            }, ClosedToken.TASK_TIMED_OUT);

    @BeforeEach
    void everything_goes_well() {
        functions.on("RunValidation", input -> done("PASS"));
        functions.on("ReportVerdict", input -> reported(true));
    }

    private static Map<String, Object> done(String result) {
        return Map.of("done", true, "result", result, "sentence", "Looked at.", "digest", "sha256:a");
    }

    private static Map<String, Object> reported(boolean isNew) {
        return Map.of("passed", true, "sentence", "As it stands.", "isNew", isNew);
    }

    private DescribeExecutionResponse ended(String name, String input) throws IOException {
        String text = Files.readString(SampleSite.root().resolve("statemachine/" + name + ".asl.json"))
                .replaceAll("\\$\\{(\\w+)Arn}", "$1");
        String machine = stepFunctions.createStateMachine(it -> it.name(name).definition(text)
                .roleArn("arn:aws:iam::111122223333:role/" + name)).stateMachineArn();
        String execution = stepFunctions.startExecution(it -> it.stateMachineArn(machine).input(input)).executionArn();
        timeline.runUntil(() -> stepFunctions.describeExecution(it -> it.executionArn(execution))
                .status() != ExecutionStatus.RUNNING, Duration.ofHours(3));
        return stepFunctions.describeExecution(it -> it.executionArn(execution));
    }

    private DescribeExecutionResponse validated() throws IOException {
        return ended("validation", "{\"hook\":" + HOOK + "}");
    }

    private JsonNode reportedOnce() {
        assertThat(functions.callsOf("ReportVerdict")).hasSize(1);
        JsonNode report = functions.callsOf("ReportVerdict").getFirst();
        assertThat(report.get("hook")).isEqualTo(SampleSite.json(HOOK));
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASS", "WARN", "FAIL", "INCONCLUSIVE"})
    void whatever_green_is_worth_the_validation_succeeded_and_the_verdict_is_reported(String result)
            throws IOException {
        functions.on("RunValidation", input -> done(result));

        assertThat(validated().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reportedOnce().at("/validated/result").asText()).isEqualTo(result);
        assertThat(reportedOnce().at("/validated/digest").asText()).isEqualTo("sha256:a");
    }

    @Test
    void slices_follow_each_other_until_all_is_done() throws IOException {
        List<JsonNode> slices = new ArrayList<>();
        functions.on("RunValidation", input -> {
            slices.add(input);
            return slices.size() < 5 ? Map.of("done", false) : done("PASS");
        });

        assertThat(validated().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(slices).hasSize(5).containsOnly(SampleSite.json("{\"hook\":" + HOOK + "}"));
        reportedOnce();
    }

    @Test
    void a_validation_without_end_is_given_up_and_failed() throws IOException {
        functions.on("RunValidation", input -> Map.of("done", false));

        DescribeExecutionResponse end = validated();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("ValidationBroke");
        assertThat(reportedOnce().at("/error/Error").asText()).isEqualTo("ValidationEndless");
        assertThat(functions.callsOf("RunValidation")).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Runtime.ExitError", "Sandbox.Timedout",
            "software.amazon.awssdk.services.s3.model.S3Exception"})
    void a_slice_that_breaks_off_is_done_again(String error) throws IOException {
        functions.on("RunValidation", once(new Thrown(error, "gone"), done("PASS")));

        assertThat(validated().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(functions.callsOf("RunValidation")).hasSize(2);
        reportedOnce();
    }

    @Test
    void an_error_of_the_validation_is_reported_as_failed_and_is_a_failed_execution() throws IOException {
        functions.on("RunValidation", input -> {
            throw new Thrown("io.greenlane.service.ServiceNotDeployableException", "no test listener");
        });

        DescribeExecutionResponse end = validated();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).isEqualTo("As it stands.");
        assertThat(reportedOnce().at("/error/Cause").asText()).contains("no test listener");
        assertThat(functions.callsOf("RunValidation")).hasSize(1);
    }

    @Test
    void a_verdict_that_cannot_be_written_is_reported_as_failed() throws IOException {
        functions.on("ReportVerdict", input -> {
            if (input.has("validated")) {
                throw new Thrown("java.lang.IllegalStateException", "The ledger's entry was changed by others");
            }
            return reported(true);
        });

        assertThat(validated().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(functions.callsOf("ReportVerdict")).hasSize(2).last()
                .satisfies(input -> assertThat(input.at("/error/Cause").asText()).contains("changed by others"));
    }

    @Test
    void throttled_reports_are_repeated_and_a_verdict_that_nobody_takes_is_no_success() throws IOException {
        functions.on("ReportVerdict", input -> {
            throw new Thrown("software.amazon.awssdk.services.codedeploy.model.CodeDeployException", "Rate exceeded");
        });

        DescribeExecutionResponse end = validated();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("VerdictNotReported");
        assertThat(functions.callsOf("ReportVerdict")).hasSize(14);
    }

    @Test
    void the_deadline_waits_and_then_says_what_stands() throws IOException {
        functions.on("ReportVerdict", input -> reported(false));

        assertThat(ended("deadline", deadline()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Duration.between(START, timeline.now())).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(56));
        assertThat(reportedOnce().get("overdue").asBoolean()).isTrue();
    }

    @Test
    void a_deadline_that_had_to_answer_is_a_failed_execution() throws IOException {
        DescribeExecutionResponse end = ended("deadline", deadline());
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("VerdictOverdue");
        assertThat(end.cause()).isEqualTo("As it stands.");
    }

    @Test
    void a_deadline_keeps_trying_and_leaves_time_before_the_hour() throws IOException {
        functions.on("ReportVerdict", input -> {
            throw new Thrown("Sandbox.Timedout", "Task timed out");
        });

        assertThat(ended("deadline", deadline()).error()).isEqualTo("VerdictNotReported");
        assertThat(functions.callsOf("ReportVerdict")).hasSize(5);
        assertThat(Duration.between(START, timeline.now())).isLessThan(Duration.ofHours(1));
    }

    private static String deadline() {
        return "{\"hook\":" + HOOK + ",\"overdueAt\":\"" + START.plus(Duration.ofMinutes(55)) + "\"}";
    }

    private static Function<JsonNode, Object> once(Thrown first, Object then) {
        List<Thrown> left = new ArrayList<>(List.of(first));
        return input -> {
            if (!left.isEmpty()) {
                throw left.removeFirst();
            }
            return then;
        };
    }
}
