package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.release.ScriptedFunctions.Thrown;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The shipped workflow with functions that do what each test says. */
class ReleaseWorkflowTest {

    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
    private final ScriptedFunctions functions = new ScriptedFunctions(timeline);
    private final SimulatedStepFunctions stepFunctions = new SimulatedStepFunctions(
            new Account("111122223333", "eu-west-1"), timeline, new Random(7), new Journal(timeline),
            (source, type, resources, detail) -> {
            }, functions, (call, done) -> {
                throw new AssertionError("called " + call);
            }, ClosedToken.TASK_TIMED_OUT);
    private final List<JsonNode> tokens = new ArrayList<>();

    static JsonNode definition() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("statemachine")) ? here : here.resolve("..").normalize();
        try {
            return ScriptedFunctions.JSON.readTree(root.resolve("statemachine/release.asl.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void everything_goes_well() {
        functions.on("PlanRelease", input -> plan("RELEASE", "shop/one"));
        functions.on("AdmitRelease", input -> admitted("START", input));
        functions.on("CheckGates", input -> Map.of("passage", "The service has no gates."));
        functions.on("RegisterTaskDefinition",
                input -> ((ObjectNode) input.get("item")).put("taskDefinition", "arn:7"));
        functions.on("StartDeployment", input -> {
            tokens.add(input);
            return Map.of();
        });
        functions.on("RecordOutcome", ReleaseWorkflowTest::recorded);
    }

    private static JsonNode plan(String decision, String... services) {
        ObjectNode plan = ScriptedFunctions.JSON.createObjectNode().put("decision", decision).put("reason", "Told so.");
        plan.putObject("push").put("digest", "sha256:a");
        ArrayNode releases = plan.putArray("releases");
        for (String service : services) {
            ObjectNode item = releases.addObject();
            item.putObject("push").put("digest", "sha256:a");
            item.putObject("service").put("service", service);
        }
        return plan;
    }

    private static Object admitted(String decision, JsonNode input) {
        ObjectNode item = ((ObjectNode) input.get("item")).put("releaseId",
                "r-" + input.at("/item/service/service").asText());
        return Map.of("decision", decision, "reason", decision + " it is.", "item", item);
    }

    private static Object recorded(JsonNode input) {
        String outcome = input.has("error") ? "FAILED" : input.get("outcome").asText();
        String reason = input.has("error") ? input.at("/error/Error").asText() : input.get("reason").asText();
        return Map.of("releaseId", input.at("/item/releaseId").asText(), "outcome", outcome, "reason", reason);
    }

    private String start() {
        String text = definition().toString().replaceAll("\\$\\{(\\w+)Arn}", "$1");
        String machine = stepFunctions.createStateMachine(it -> it.name("Release").definition(text)
                .roleArn("arn:aws:iam::111122223333:role/Release")).stateMachineArn();
        return stepFunctions.startExecution(it -> it.stateMachineArn(machine).name("one").input("{\"id\":\"event-1\"}"))
                .executionArn();
    }

    private DescribeExecutionResponse describe(String execution) {
        return stepFunctions.describeExecution(it -> it.executionArn(execution));
    }

    private DescribeExecutionResponse ended(String execution, Duration within) {
        timeline.runUntil(() -> describe(execution).status() != ExecutionStatus.RUNNING, within);
        return describe(execution);
    }

    private void deploymentEnds(JsonNode look, String outcome) {
        stepFunctions.sendTaskSuccess(it -> it.taskToken(look.get("taskToken").asText()).output(
                "{\"outcome\":\"" + outcome + "\",\"reason\":\"It ended.\",\"deploymentId\":\"d-1\"}"));
    }

    private JsonNode firstLook() {
        timeline.runUntil(() -> !tokens.isEmpty(), Duration.ofMinutes(1));
        return tokens.get(tokens.size() - 1);
    }

    @Test
    void a_release_that_is_deployed_succeeds() {
        String execution = start();
        deploymentEnds(firstLook(), "DEPLOYED");
        assertThat(ended(execution, Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        JsonNode outcome = functions.callsOf("RecordOutcome").get(0);
        assertThat(outcome.get("outcome").asText()).isEqualTo("DEPLOYED");
        assertThat(outcome.get("deploymentId").asText()).isEqualTo("d-1");
        assertThat(outcome.get("execution").asText()).isEqualTo(execution);
        assertThat(outcome.at("/item/taskDefinition").asText()).isEqualTo("arn:7");
    }

    @Test
    void no_failed_release_ends_as_a_success() {
        for (String outcome : List.of("ROLLED_BACK", "ABORTED", "DIVERGED", "FAILED", "REJECTED", "IMAGE_GONE")) {
            ReleaseWorkflowTest one = new ReleaseWorkflowTest();
            one.everything_goes_well();
            String execution = one.start();
            one.deploymentEnds(one.firstLook(), outcome);
            DescribeExecutionResponse end = one.ended(execution, Duration.ofMinutes(1));
            assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(end.cause()).isEqualTo(outcome + ": It ended.");
        }
    }

    @Test
    void an_ignored_push_is_recorded_and_no_failure() {
        functions.on("PlanRelease", input -> plan("IGNORE"));
        assertThat(ended(start(), Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(functions.callsOf("RecordOutcome")).singleElement()
                .satisfies(input -> assertThat(input.get("outcome").asText()).isEqualTo("IGNORED"));
    }

    @Test
    void a_rejected_push_is_recorded_and_a_failure_even_without_a_push() {
        functions.on("PlanRelease", input -> ((ObjectNode) plan("REJECT")).put("outcome", "REJECTED").putNull("push"));
        DescribeExecutionResponse end = ended(start(), Duration.ofMinutes(1));
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("PushRejected");
        assertThat(functions.callsOf("RecordOutcome")).singleElement()
                .satisfies(input -> assertThat(input.get("outcome").asText()).isEqualTo("REJECTED"));
    }

    @Test
    void an_answer_to_admission_that_is_no_start_is_the_outcome() {
        for (String decision : List.of("DUPLICATE", "SUPERSEDED", "HELD")) {
            ReleaseWorkflowTest one = new ReleaseWorkflowTest();
            one.everything_goes_well();
            one.functions.on("AdmitRelease", input -> admitted(decision, input));
            assertThat(one.ended(one.start(), Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(one.functions.callsOf("RecordOutcome").get(0).get("outcome").asText()).isEqualTo(decision);
            assertThat(one.functions.callsOf("RegisterTaskDefinition")).isEmpty();
        }
    }

    @Test
    void a_waiting_release_asks_again_when_it_is_woken() {
        List<String> sleeping = new ArrayList<>();
        functions.on("AdmitRelease", input -> {
            if (input.has("taskToken")) {
                sleeping.add(input.get("taskToken").asText());
            }
            return admitted(functions.callsOf("AdmitRelease").size() < 3 ? "WAIT" : "START", input);
        });
        String execution = start();
        timeline.runUntil(() -> !sleeping.isEmpty(), Duration.ofMinutes(1));
        timeline.advance(Duration.ofSeconds(10));
        assertThat(functions.callsOf("AdmitRelease")).hasSize(2);
        stepFunctions.sendTaskSuccess(it -> it.taskToken(sleeping.get(0)).output("{\"woken\":\"now\"}"));
        deploymentEnds(firstLook(), "DEPLOYED");
        assertThat(ended(execution, Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_waiting_release_that_nobody_wakes_asks_again_after_ten_minutes() {
        functions.on("AdmitRelease",
                input -> admitted(functions.callsOf("AdmitRelease").size() < 3 ? "WAIT" : "START", input));
        start();
        timeline.advance(Duration.ofMinutes(9));
        assertThat(tokens).isEmpty();
        timeline.advance(Duration.ofMinutes(2));
        assertThat(tokens).hasSize(1);
    }

    @Test
    void a_missed_heartbeat_is_another_look_with_a_new_token_and_never_a_failure() {
        String execution = start();
        timeline.advance(Duration.ofHours(1));
        assertThat(tokens).hasSizeBetween(25, 30);
        assertThat(tokens).extracting(look -> look.get("attempt").asInt()).startsWith(0, 1, 2).isSorted();
        assertThat(tokens).extracting(look -> look.get("taskToken").asText()).doesNotHaveDuplicates();
        timeline.advance(Duration.ofDays(2));
        deploymentEnds(tokens.get(tokens.size() - 1), "DEPLOYED");
        assertThat(ended(execution, Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(stepFunctions.getExecutionHistoryPaginator(it -> it.executionArn(execution)).stream()
                .mapToInt(page -> page.events().size()).sum()).isLessThan(2500);
    }

    @Test
    void a_wait_without_end_ends_in_the_second_week() {
        String execution = start();
        timeline.advance(Duration.ofDays(8));
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(ended(execution, Duration.ofDays(2)).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(functions.callsOf("RecordOutcome").get(0).get("reason").asText()).contains("800 looks");
    }

    @Test
    void a_failed_step_hands_its_error_to_the_outcome() {
        functions.on("RegisterTaskDefinition", input -> {
            throw new Thrown("io.greenlane.image.ImageGoneException", "It was deleted.");
        });
        assertThat(ended(start(), Duration.ofMinutes(1)).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(functions.callsOf("RegisterTaskDefinition")).hasSize(1);
        JsonNode input = functions.callsOf("RecordOutcome").get(0);
        assertThat(input.at("/error/Error").asText()).isEqualTo("io.greenlane.image.ImageGoneException");
        assertThat(input.at("/error/Cause").asText()).contains("It was deleted.");
    }

    @Test
    void a_registration_waits_its_turn_when_others_use_up_the_account() {
        String throttled = "io.greenlane.taskdefinition.RegistrationThrottledException";
        functions.on("RegisterTaskDefinition", input -> {
            throw new Thrown(throttled, "Registering a revision of sample-website was throttled");
        });
        String execution = start();
        timeline.advance(Duration.ofHours(1));
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(functions.callsOf("RegisterTaskDefinition").size()).as("about two a minute").isBetween(80, 160);
        assertThat(ended(execution, Duration.ofHours(2)).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(functions.callsOf("RegisterTaskDefinition")).hasSize(241);
        assertThat(functions.callsOf("RecordOutcome").get(0).at("/error/Error").asText()).isEqualTo(throttled);
    }

    @Test
    void a_throttled_step_is_tried_again() {
        functions.on("RegisterTaskDefinition", input -> {
            if (functions.callsOf("RegisterTaskDefinition").size() < 4) {
                throw new Thrown("software.amazon.awssdk.services.ecs.model.EcsException", "Rate exceeded");
            }
            return ((ObjectNode) input.get("item")).put("taskDefinition", "arn:7");
        });
        start();
        timeline.advance(Duration.ofMinutes(2));
        assertThat(tokens).hasSize(1);
    }

    /** The name of an error is that of its class: those that a service models are no subclass to Step Functions. */
    @ParameterizedTest
    @ValueSource(strings = {"software.amazon.awssdk.services.dynamodb.model.ThrottlingException",
            "software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException", "Runtime.ExitError",
            "Sandbox.Timedout", "an.error.that.nobody.foresaw"})
    void a_step_that_fails_for_whatever_passes_is_tried_again(String error) {
        functions.on("AdmitRelease", input -> {
            if (functions.callsOf("AdmitRelease").size() < 4) {
                throw new Thrown(error, "Not now");
            }
            return admitted("START", input);
        });
        start();
        timeline.advance(Duration.ofMinutes(2));
        assertThat(tokens).hasSize(1);
    }

    @Test
    void one_service_that_fails_does_not_keep_another_from_its_outcome() {
        functions.on("PlanRelease", input -> plan("RELEASE", "one", "two", "three"));
        functions.on("RegisterTaskDefinition", input -> {
            if (input.at("/item/service/service").asText().equals("two")) {
                throw new Thrown("java.lang.IllegalStateException", "broken");
            }
            return ((ObjectNode) input.get("item")).put("taskDefinition", "arn:7");
        });
        String execution = start();
        timeline.advance(Duration.ofMinutes(1));
        assertThat(tokens).hasSize(2);
        tokens.forEach(look -> deploymentEnds(look, "DEPLOYED"));
        DescribeExecutionResponse end = ended(execution, Duration.ofMinutes(1));
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).isEqualTo("FAILED: java.lang.IllegalStateException");
        assertThat(functions.callsOf("RecordOutcome")).hasSize(3);
    }

    @Test
    void an_outcome_that_cannot_be_recorded_fails_the_execution_and_not_the_other_services() {
        functions.on("PlanRelease", input -> plan("RELEASE", "one", "two"));
        functions.on("RecordOutcome", input -> {
            if (input.at("/item/service/service").asText().equals("one")) {
                throw new Thrown("java.lang.IllegalStateException", "no table");
            }
            return recorded(input);
        });
        String execution = start();
        timeline.advance(Duration.ofMinutes(1));
        tokens.forEach(look -> deploymentEnds(look, "DEPLOYED"));
        DescribeExecutionResponse end = ended(execution, Duration.ofMinutes(5));
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).isEqualTo(
                "FAILED: The outcome DEPLOYED could not be recorded: java.lang.IllegalStateException");
        assertThat(functions.callsOf("RecordOutcome")).hasSize(2);
    }

    @Test
    void a_plan_that_fails_is_an_outcome_too() {
        functions.on("PlanRelease", input -> {
            throw new Thrown("java.lang.IllegalStateException", "SERVICES is not set");
        });
        DescribeExecutionResponse end = ended(start(), Duration.ofMinutes(5));
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("ReleaseFailedUnexpectedly");
        assertThat(functions.callsOf("RecordOutcome")).hasSize(1);
    }

    @Test
    void every_task_has_a_limit_a_retry_with_jitter_and_a_catch_for_all_else() {
        List<JsonNode> tasks = new ArrayList<>();
        definition().findParents("Resource").forEach(tasks::add);
        assertThat(tasks).hasSize(12).allSatisfy(task -> {
            assertThat(task.path("TimeoutSeconds").isInt()).isTrue();
            assertThat(task.get("Retry")).filteredOn(retry -> retry.path("MaxAttempts").asInt() > 0).isNotEmpty()
                    .allSatisfy(retry -> {
                        assertThat(retry.path("JitterStrategy").asText()).isEqualTo("FULL");
                        assertThat(retry.path("MaxDelaySeconds").asInt()).isPositive();
                        assertThat(retry.path("BackoffRate").asDouble()).isGreaterThan(1);
                    });
            JsonNode last = task.get("Catch").get(task.get("Catch").size() - 1);
            assertThat(last.get("ErrorEquals").get(0).asText()).isEqualTo("States.ALL");
        });
    }
}
