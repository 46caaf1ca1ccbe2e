package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Wait, Succeed, Fail and Parallel, and what every execution has. */
class StateTypesTest {
    private final LocalStepFunctions aws = new LocalStepFunctions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JSONPath | "Seconds": 90                                          | 90
            JSONPath | "SecondsPath": "$.s"                                   | 30
            JSONPath | "Timestamp": "2030-01-01T00:02:00Z"                    | 120
            JSONPath | "TimestampPath": "$.t"                                 | 60
            JSONPath | "Timestamp": "2029-12-31T00:00:00Z"                    | 0
            JSONata  | "Seconds": "{% $states.input.s * 2 %}"                 | 60
            JSONata  | "Seconds": 1.5                                         | 1
            JSONata  | "Timestamp": "{% $states.input.t %}"                   | 60
            """)
    void a_wait_state_waits(String language, String members, long seconds) {
        LocalStepFunctions.Ended ended = aws.run(only(language, "Wait", members + ", \"End\": true"),
                "{\"s\": 30, \"t\": \"2030-01-01T01:01:00+01:00\"}");

        assertThat(ended.output().path("s").asInt()).isEqualTo(30);
        assertThat(Duration.between(ended.description().startDate(), ended.description().stopDate()).toSeconds())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JSONPath | "Seconds": 90                      | 9
            JSONata  | "Seconds": "{% 90 %}"              | 9
            JSONPath | "Timestamp": "2030-01-01T00:02:00Z" | 120
            JSONPath | "TimestampPath": "$.t"             | 60
            JSONata  | "Timestamp": "{% $states.input.t %}" | 60
            """)
    void where_waits_are_shortened_a_timestamp_is_still_one_of_the_wall_clock(String language, String members,
            long seconds) {
        LocalStepFunctions.Ended ended = new LocalStepFunctions(ClosedToken.TASK_TIMED_OUT, TenTimesFaster::new)
                .run(only(language, "Wait", members + ", \"End\": true"), "{\"t\": \"2030-01-01T00:01:00Z\"}");

        assertThat(Duration.between(ended.description().startDate(), ended.description().stopDate()).toSeconds())
                .isEqualTo(seconds);
    }

    /** A timeline whose waits take a tenth of their time. */
    private record TenTimesFaster(Timeline timeline) implements Timeline {
        @Override
        public Instant now() {
            return timeline.now();
        }

        @Override
        public Alarm after(Duration wait, Runnable action) {
            return timeline.after(wait.dividedBy(10), action);
        }

        @Override
        public Alarm atLimit(Duration limit, Runnable action) {
            return timeline.atLimit(limit, action);
        }

        @Override
        public <T> T call(Supplier<T> body) {
            return timeline.call(body);
        }
    }

    @Test
    void a_timestamp_without_offset_ends_the_execution() {
        assertThat(aws.run(only("JSONPath", "Wait", "\"TimestampPath\": \"$.t\", \"End\": true"),
                "{\"t\": \"2030-01-01T00:00:00\"}").description().cause())
                .endsWith(
                        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format"
                                + " string: $.t == 2030-01-01T00:00:00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            JSONPath | "Error": "E", "Cause": "c"                                      | E    | c
            JSONPath | "ErrorPath": "$.e", "CausePath": "States.Format('{}!', $.c)"    | boom | why!
            JSONPath | "Comment": "nothing said"                                       | -    | -
            JSONata  | "Error": "{% $states.input.e %}", "Cause": "{% 'at ' & $states.context.State.Name %}" | boom | at Only
            """)
    void a_fail_state_ends_with(String language, String members, String error, String cause) {
        LocalStepFunctions.Ended ended = aws.run(only(language, "Fail", members), "{\"e\": \"boom\", \"c\": \"why\"}");

        assertThat(ended.status()).isEqualTo("FAILED");
        assertThat(ended.description().error()).isEqualTo(error);
        assertThat(ended.description().cause()).isEqualTo(cause);
        assertThat(ended.types()).containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JSONPath | "InputPath": "$.a"                      | {"b":1}
            JSONPath | "InputPath": "$.a", "OutputPath": "$.b" | 1
            JSONata  | "Output": {"x": "{% $states.input.a.b %}"} | {"x":1}
            """)
    void a_succeed_state_ends_with(String language, String members, String expected) {
        assertThat(aws.run(only(language, "Succeed", members), "{\"a\": {\"b\": 1}}").summary()).isEqualTo(expected);
    }

    @Test
    void branches_run_at_the_same_time_and_their_outputs_keep_their_order() {
        aws.slowFunction("slow", Duration.ofSeconds(10), payload -> new FunctionInvoker.Answer.Returned("\"s\""))
                .echo("fast");
        LocalStepFunctions.Ended ended = aws.run(parallel(""), "{\"in\": 1}");

        assertThat(ended.summary()).isEqualTo("[\"s\",{\"x\":1}]");
        assertThat(ended.types()).startsWith("ExecutionStarted", "ParallelStateEntered", "ParallelStateStarted")
                .endsWith("ParallelStateSucceeded", "ParallelStateExited", "ExecutionSucceeded");
    }

    @Test
    void a_failing_branch_ends_the_others_and_can_be_caught() {
        aws.slowFunction("slow", Duration.ofSeconds(10), payload -> new FunctionInvoker.Answer.Returned("\"s\""))
                .failing("fast", "Broken");
        LocalStepFunctions.Ended ended = aws.run(parallel("""
                "ResultPath": "$.r", "Catch": [{"ErrorEquals": ["Broken"], "Next": "Caught", "ResultPath": null}],"""),
                "{\"in\": 1}");

        assertThat(ended.summary()).isEqualTo("{\"in\":1}");
        assertThat(ended.types()).containsSubsequence("LambdaFunctionFailed", "TaskStateAborted", "ParallelStateFailed",
                "ParallelStateExited", "PassStateEntered");
        assertThat(Duration.between(ended.description().startDate(), ended.description().stopDate())).isZero();
    }

    @Test
    void an_execution_that_takes_too_long_times_out() {
        LocalStepFunctions.Ended ended = aws.run(
                """
                {"StartAt": "W", "TimeoutSeconds": 60, "States": {"W": {"Type": "Wait", "Seconds": 61, "End": true}}}""",
                "{}");

        assertThat(ended.status()).isEqualTo("TIMED_OUT");
        assertThat(ended.types()).containsExactly("ExecutionStarted", "WaitStateEntered", "ExecutionTimedOut");
        assertThat(ended.event("ExecutionTimedOut").previousEventId()).isZero();
        assertThat(ended.event("ExecutionTimedOut").executionTimedOutEventDetails().error())
                .isEqualTo("States.Timeout");
        assertThat(ended.description().error()).isNull();
    }

    @Test
    void a_loop_without_end_stops_at_the_limit_of_the_history() {
        LocalStepFunctions.Ended ended = aws.run("""
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}""",
                "{}");

        assertThat(ended.status()).isEqualTo("FAILED");
        assertThat(ended.description().cause()).contains("maximum number of history events (25000)");
    }

    @Test
    void events_refer_to_the_one_before_them() {
        LocalStepFunctions.Ended ended = aws.run(
                """
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "M"}, "M": {"Type": "Map", "MaxConcurrency": 1,
                 "ItemsPath": "$", "End": true, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}}}}""",
                "[1, 2]");
        List<String> chain = new ArrayList<>();
        for (HistoryEvent event : ended.events()) {
            chain.add(event.id() + "<" + event.previousEventId());
        }

        assertThat(chain).containsExactly("1<0", "2<0", "3<2", "4<3", "5<4", "6<5", "7<6", "8<7", "9<8", "10<8",
                "11<10",
                "12<11", "13<12", "14<13", "15<13", "16<15");
    }

    @Test
    void the_context_object_tells_who_and_where() {
        LocalStepFunctions.Ended ended = aws.run(only("JSONPath", "Pass", "\"InputPath\": \"$$\", \"End\": true"),
                "{\"a\": 1}");

        String arn = ended.description().executionArn();
        assertThat(ended.summary()).isEqualTo("{\"Execution\":{\"Id\":\"" + arn
                + "\",\"Input\":{\"a\":1},\"StartTime\":\"2030-01-01T00:00:00.000Z\",\"Name\":\""
                + ended.description().name()
                + "\",\"RoleArn\":\"" + LocalStepFunctions.ROLE + "\",\"RedriveCount\":0},\"StateMachine\":{\"Id\":\""
                + ended.description().stateMachineArn()
                + "\",\"Name\":\"machine1\"},\"State\":{\"Name\":\"Only\",\"EnteredTime\":\"2030-01-01T00:00:00.000Z\"}}");
    }

    @Test
    void the_journal_follows_the_states_and_the_bus_the_status() {
        List<String> lines = new ArrayList<>();
        aws.journal.follow(entry -> lines.add(entry.kind() + " " + entry.facts().getOrDefault("state", "")
                + entry.facts().getOrDefault("status", "")));
        aws.run(only("JSONPath", "Pass", "\"End\": true"), "{\"a\": 1}");

        assertThat(lines).containsExactly("ExecutionStatusChange RUNNING", "StateEntered Only", "StateExited Only",
                "ExecutionStatusChange SUCCEEDED");
        assertThat(aws.announced).extracting(detail -> detail.get("status")).containsExactly("RUNNING", "SUCCEEDED");
        assertThat(aws.announced.get(1)).containsEntry("input", "{\"a\": 1}").containsEntry("output", "{\"a\":1}")
                .containsEntry("startDate", 1893456000000L).containsEntry("stopDate", 1893456000000L);
    }

    private static String parallel(String members) {
        return """
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, %s "Parameters": {"x.$": "$.in"}, "Branches": [
                  {"StartAt": "S", "States": {"S": {"Type": "Task", "End": true,
                    "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:slow"}}},
                  {"StartAt": "F", "States": {"F": {"Type": "Task", "End": true,
                    "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:fast"}}}]}%s}}"""
                .formatted(members,
                        members.contains("Catch") ? ", \"Caught\": {\"Type\": \"Pass\", \"End\": true}" : "");
    }

    private static String only(String language, String type, String members) {
        return """
                {"QueryLanguage": "%s", "StartAt": "Only", "States": {"Only": {"Type": "%s", %s}}}"""
                .formatted(language, type, members);
    }
}
