package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class CallbackTest {
    private final LocalStepFunctions aws = new LocalStepFunctions();
    private final List<String> tokens = new ArrayList<>();

    @Test
    void a_task_with_a_token_waits_until_it_is_told() {
        String arn = startWaiting("");
        aws.timeline.advance(Duration.ofHours(30));
        assertThat(aws.ended(arn).status()).isEqualTo("RUNNING");
        aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("{\"outcome\": \"DEPLOYED\"}"));
        aws.timeline.advance(Duration.ofSeconds(1));

        LocalStepFunctions.Ended ended = aws.ended(arn);
        assertThat(ended.summary()).isEqualTo("{\"outcome\":\"DEPLOYED\"}");
        assertThat(ended.types()).containsExactly("ExecutionStarted", "TaskStateEntered", "TaskScheduled",
                "TaskStarted",
                "TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().resource())
                .isEqualTo("invoke.waitForTaskToken");
        assertThat(tokens.get(0)).hasSizeBetween(100, 1024);
    }

    @Test
    void the_answer_may_come_before_the_function_returns() {
        aws.function("f", payload -> {
            aws.client().sendTaskSuccess(send -> send.taskToken(payload.path("token").asText()).output("\"early\""));
            return new FunctionInvoker.Answer.Returned("\"late\"");
        });
        assertThat(aws.run(waiting(""), "{}").summary()).isEqualTo("\"early\"");
    }

    @Test
    void a_reported_failure_has_the_given_error_and_cause() {
        String arn = startWaiting("");
        aws.client().sendTaskFailure(send -> send.taskToken(tokens.get(0)).error("Rolled").cause("back"));
        assertThat(aws.ended(arn).summary()).isEqualTo("FAILED Rolled");
        assertThat(aws.ended(arn).description().cause()).isEqualTo("back");
        assertThat(aws.ended(arn).event("TaskFailed").taskFailedEventDetails().error()).isEqualTo("Rolled");
    }

    @Test
    void a_function_that_fails_fails_the_task_and_a_retry_has_a_new_token() {
        aws.function("f", payload -> {
            tokens.add(payload.path("token").asText());
            return tokens.size() == 1
                    ? new FunctionInvoker.Answer.Failed("{\"errorType\": \"Busy\"}")
                    : new FunctionInvoker.Answer.Returned("{}");
        });
        String arn = aws.start(waiting("\"Retry\": [{\"ErrorEquals\": [\"Busy\"]}],"), "{}");
        aws.timeline.advance(Duration.ofMinutes(1));

        assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
        assertThatThrownBy(() -> aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("1")))
                .isInstanceOf(TaskTimedOutException.class);
        assertThat(aws.ended(arn).status()).isEqualTo("RUNNING");
    }

    @Test
    void a_missed_heartbeat_ends_the_task_and_a_sent_one_keeps_it() {
        String arn = startWaiting("\"HeartbeatSeconds\": 120,");
        aws.timeline.advance(Duration.ofSeconds(119));
        aws.client().sendTaskHeartbeat(send -> send.taskToken(tokens.get(0)));
        aws.timeline.advance(Duration.ofSeconds(119));
        assertThat(aws.ended(arn).status()).isEqualTo("RUNNING");
        aws.timeline.advance(Duration.ofSeconds(2));

        assertThat(aws.ended(arn).summary()).isEqualTo("FAILED States.HeartbeatTimeout");
        assertThat(aws.ended(arn).types()).endsWith("TaskSubmitted", "TaskTimedOut", "ExecutionFailed");
    }

    @Test
    void the_heartbeat_clock_starts_when_the_function_has_returned() {
        aws.slowFunction("f", Duration.ofMinutes(5), payload -> new FunctionInvoker.Answer.Returned("{}"));
        String arn = aws.start(waiting("\"HeartbeatSeconds\": 60,"), "{}");
        aws.timeline.advance(Duration.ofSeconds(359));
        assertThat(aws.ended(arn).status()).isEqualTo("RUNNING");
        aws.timeline.advance(Duration.ofSeconds(2));
        assertThat(aws.ended(arn).summary()).isEqualTo("FAILED States.HeartbeatTimeout");
    }

    @Test
    void a_missed_heartbeat_can_lead_back_to_the_same_state() {
        aws.function("f", payload -> {
            tokens.add(payload.path("token").asText());
            if (tokens.size() == 3) {
                aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(2)).output("\"found\""));
            }
            return new FunctionInvoker.Answer.Returned("{}");
        });
        assertThat(aws.run(waiting("\"HeartbeatSeconds\": 60, \"Catch\": [{\"ErrorEquals\":"
                + " [\"States.HeartbeatTimeout\"], \"Next\": \"T\", \"Output\": {}}],"), "{}").summary())
                .isEqualTo("\"found\"");
    }

    @Test
    void a_token_is_good_for_one_answer() {
        startWaiting("");
        aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("1"));
        assertThatThrownBy(() -> aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("1")))
                .isInstanceOf(TaskTimedOutException.class)
                .hasMessageContaining("Task Timed Out: 'Provided task does not exist anymore'");
        assertThatThrownBy(() -> aws.client().sendTaskHeartbeat(send -> send.taskToken(tokens.get(0))))
                .isInstanceOf(TaskTimedOutException.class);
        assertThatThrownBy(() -> aws.client().sendTaskFailure(send -> send.taskToken("made up")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void what_a_closed_token_gets_is_a_switch() {
        LocalStepFunctions other = new LocalStepFunctions(ClosedToken.TASK_DOES_NOT_EXIST);
        other.function("f", payload -> {
            tokens.add(payload.path("token").asText());
            return new FunctionInvoker.Answer.Returned("{}");
        });
        String arn = other.start(waiting(""), "{}");
        other.timeline.advance(Duration.ofSeconds(1));
        other.client().stopExecution(stop -> stop.executionArn(arn));
        assertThatThrownBy(() -> other.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("1")))
                .isInstanceOf(TaskDoesNotExistException.class);
    }

    @Test
    void an_output_that_is_no_json_is_refused_and_the_task_goes_on_waiting() {
        String arn = startWaiting("");
        assertThatThrownBy(() -> aws.client().sendTaskSuccess(send -> send.taskToken(tokens.get(0)).output("{")))
                .isInstanceOf(InvalidOutputException.class);
        assertThat(aws.ended(arn).status()).isEqualTo("RUNNING");
    }

    private String startWaiting(String members) {
        aws.function("f", this::remember);
        String arn = aws.start(waiting(members), "{}");
        aws.timeline.advance(Duration.ofMillis(1));
        return arn;
    }

    private FunctionInvoker.Answer remember(JsonNode payload) {
        tokens.add(payload.path("token").asText());
        return new FunctionInvoker.Answer.Returned("{}");
    }

    private static String waiting(String members) {
        return """
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true, %s
                 "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                 "Arguments": {"FunctionName": "f", "Payload": {"token": "{%% $states.context.Task.Token %%}"}}}}}"""
                .formatted(members);
    }
}
