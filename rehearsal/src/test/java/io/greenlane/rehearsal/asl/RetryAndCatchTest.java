package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class RetryAndCatchTest {
    private final LocalStepFunctions aws = new LocalStepFunctions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"ErrorEquals": ["Busy"]}                                                                              | 1 2 4
            {"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}                                                      | 1
            {"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 0}                                               |
            {"ErrorEquals": ["Other"]}                                                                             |
            {"ErrorEquals": ["Busy"], "IntervalSeconds": 5, "BackoffRate": 1, "MaxAttempts": 4}                    | 5 5 5 5
            {"ErrorEquals": ["Busy"], "IntervalSeconds": 3, "BackoffRate": 1.5, "MaxAttempts": 2}                  | 3 4.5
            {"ErrorEquals": ["Busy"], "IntervalSeconds": 10, "BackoffRate": 3, "MaxAttempts": 4, "MaxDelaySeconds": 40} | 10 30 40 40
            """)
    void a_retry_waits_longer_each_time(String retrier, String waits) {
        aws.failing("f", "Busy", "Busy", "Busy", "Busy", "Busy", "Busy");
        LocalStepFunctions.Ended ended = aws.run(task("\"Retry\": [" + retrier + "]"), "{}");

        assertThat(ended.summary()).isEqualTo("FAILED Busy");
        assertThat(waits(ended)).isEqualTo(waits == null ? List.of() : List.of(waits.split(" ")));
    }

    @Test
    void each_retrier_counts_for_itself() {
        aws.failing("f", "A", "B", "A", "B", "A");
        LocalStepFunctions.Ended ended = aws.run(task("""
                "Retry": [{"ErrorEquals": ["A"], "MaxAttempts": 2, "BackoffRate": 1},
                          {"ErrorEquals": ["B"], "IntervalSeconds": 7, "MaxAttempts": 2, "BackoffRate": 2}]"""), "{}");

        assertThat(ended.summary()).isEqualTo("FAILED A");
        assertThat(waits(ended)).containsExactly("1", "7", "1", "14");
    }

    @Test
    void full_jitter_draws_the_wait_from_the_source_of_randomness() {
        aws.failing("f", "Busy");
        LocalStepFunctions.Ended ended = aws.run(
                task("\"Retry\": [{\"ErrorEquals\": [\"Busy\"], \"IntervalSeconds\": 100, \"JitterStrategy\": \"FULL\"}]"),
                "{}");

        assertThat(Double.parseDouble(waits(ended).get(0))).isBetween(0.001, 99.999);
        assertThat(ended.summary()).isEqualTo("{}");
    }

    @Test
    void the_context_object_counts_the_retries() {
        aws.failing("f", "Busy", "Busy");
        aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::lambda:invoke", "Retry": [{"ErrorEquals": ["Busy"]}],
                 "Parameters": {"FunctionName": "f", "Payload": {"retry.$": "$$.State.RetryCount"}}}}}""", "{}");

        assertThat(aws.invocations).containsExactly("f {\"retry\":0}", "f {\"retry\":1}", "f {\"retry\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Busy                     | Busy                     | true
            Busy                     | States.ALL               | true
            Busy                     | States.TaskFailed        | true
            Busy                     | States.Timeout           | false
            States.Timeout           | States.Timeout           | true
            States.Timeout           | States.TaskFailed        | false
            States.Timeout           | States.ALL               | true
            States.HeartbeatTimeout  | States.HeartbeatTimeout  | true
            States.HeartbeatTimeout  | States.Timeout           | true
            States.DataLimitExceeded | States.ALL               | false
            States.DataLimitExceeded | States.DataLimitExceeded | true
            States.Runtime           | States.ALL               | false
            States.Runtime           | States.Runtime           | true
            States.Runtime           | States.TaskFailed        | false
            """)
    void an_error_name_matches(String error, String name, boolean matches) {
        assertThat(ErrorNames.matches(List.of("Nothing", name), error)).isEqualTo(matches);
    }

    @Test
    void a_catch_comes_after_the_retries_and_leads_on_with_error_and_cause() {
        aws.failing("f", "Busy", "Busy", "Busy");
        LocalStepFunctions.Ended ended = aws.run(task("""
                "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}],
                "Catch": [{"ErrorEquals": ["Other"], "Next": "Never"},
                          {"ErrorEquals": ["States.ALL"], "Next": "Caught", "ResultPath": "$.error",
                           "Assign": {"name.$": "$.Error"}}]"""), "{\"in\": 1}");

        assertThat(ended.summary()).isEqualTo("{\"in\":1,\"error\":{\"Error\":\"Busy\",\"Cause\":"
                + "\"{\\\"errorType\\\":\\\"Busy\\\",\\\"errorMessage\\\":\\\"as told\\\"}\"},\"name\":\"Busy\"}");
        assertThat(ended.types()).containsSubsequence("LambdaFunctionFailed", "LambdaFunctionScheduled",
                "LambdaFunctionFailed", "TaskStateExited", "PassStateEntered");
    }

    @Test
    void the_same_catch_in_jsonata() {
        aws.failing("f", "Busy");
        assertThat(aws
                .run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "End": true,
                    "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "Caught", "Assign": {"e": "{% $states.errorOutput.Error %}"},
                      "Output": {"in": "{% $states.input.in %}", "message": "{% $parse($states.errorOutput.Cause).errorMessage %}"}}]},
                  "Caught": {"Type": "Succeed", "Output": "{% $merge([$states.input, {'e': $e}]) %}"}}}""",
                        "{\"in\": 1}")
                .summary()).isEqualTo("{\"in\":1,\"message\":\"as told\",\"e\":\"Busy\"}");
    }

    @Test
    void a_failing_expression_of_a_task_can_be_caught() {
        aws.echo("f");
        LocalStepFunctions.Ended ended = aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "End": true,
                    "Output": "{% $states.result.absent %}",
                    "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Caught"}]},
                  "Caught": {"Type": "Succeed", "Output": "{% $states.input.Error %}"}}}""", "{}");

        assertThat(ended.summary()).isEqualTo("\"States.QueryEvaluationError\"");
        assertThat(ended.types()).containsSubsequence("LambdaFunctionSucceeded", "EvaluationFailed", "TaskStateExited");
    }

    @Test
    void no_wildcard_catches_a_runtime_error() {
        assertThat(aws.run("""
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "End": true,
                    "Parameters": {"x.$": "$.absent"}, "Retry": [{"ErrorEquals": ["States.ALL"]}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
                  "Caught": {"Type": "Succeed"}}}""", "{}").summary()).isEqualTo("FAILED States.Runtime");
    }

    @Test
    void a_runtime_error_is_caught_by_its_name() {
        assertThat(aws.run("""
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "End": true,
                    "Parameters": {"x.$": "$.absent"}, "Catch": [{"ErrorEquals": ["States.Runtime"], "Next": "Caught"}]},
                  "Caught": {"Type": "Pass", "InputPath": "$.Error", "End": true}}}""", "{}").summary())
                .isEqualTo("\"States.Runtime\"");
    }

    @Test
    void stopping_an_execution_forgets_its_pending_retry() {
        aws.failing("f", "Busy", "Busy");
        String arn = aws.start(task("\"Retry\": [{\"ErrorEquals\": [\"Busy\"], \"IntervalSeconds\": 60}]"), "{}");
        aws.timeline.advance(Duration.ofSeconds(5));
        aws.client().stopExecution(stop -> stop.executionArn(arn).error("Stopped").cause("by hand"));
        aws.timeline.advance(Duration.ofHours(1));

        assertThat(aws.ended(arn).summary()).isEqualTo("ABORTED Stopped");
        assertThat(aws.invocations).hasSize(1);
    }

    private static String task(String members) {
        String caught = """
                , "Never": {"Type": "Fail"},
                "Caught": {"Type": "Pass", "Parameters": {"name.$": "$name"}, "ResultPath": "$.more", "Next": "Flat"},
                "Flat": {"Type": "Pass", "Parameters": {"in.$": "$.in", "error.$": "$.error", "name.$": "$.more.name"},
                  "End": true}""";
        return """
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "End": true, %s}%s}}"""
                .formatted(members, members.contains("Catch") ? caught : "");
    }

    private static List<String> waits(LocalStepFunctions.Ended ended) {
        List<HistoryEvent> events = ended.events();
        List<String> waits = new ArrayList<>();
        Instant failed = null;
        for (HistoryEvent event : events) {
            if (event.typeAsString().equals("LambdaFunctionFailed")) {
                failed = event.timestamp();
            } else if (event.typeAsString().equals("LambdaFunctionScheduled") && failed != null) {
                double seconds = Duration.between(failed, event.timestamp()).toMillis() / 1000.0;
                waits.add(seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds));
            }
        }
        return waits;
    }
}
