package io.greenlane.rehearsal.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.Tag;

class SimulatedStepFunctionsTest {
    private static final String WAIT = "{\"StartAt\": \"W\", \"States\": {\"W\": {\"Type\": \"Wait\", \"Seconds\": 60, \"End\": true}}}";
    private static final String PASS = "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}";

    private final LocalStepFunctions aws = new LocalStepFunctions();
    private final SfnClient sfn = aws.client();

    @Test
    void the_same_name_and_input_is_the_same_execution_while_it_runs() {
        String machine = aws.machine(WAIT);
        String first = start(machine, "push-1", "{\"a\": 1}");
        aws.timeline.advance(Duration.ofSeconds(5));

        assertThat(start(machine, "push-1", "{\"a\": 1}")).isEqualTo(first)
                .isEqualTo("arn:aws:states:eu-central-1:123456789012:execution:machine1:push-1");
        assertThatThrownBy(() -> start(machine, "push-1", "{\"a\": 2}"))
                .isInstanceOf(ExecutionAlreadyExistsException.class)
                .hasMessageContaining("Execution Already Exists: '" + first + "'");
        assertThat(sfn.listExecutions(list -> list.stateMachineArn(machine)).executions()).hasSize(1);
    }

    @Test
    void the_name_of_a_closed_execution_is_free_again_after_ninety_days() {
        String machine = aws.machine(PASS);
        start(machine, "push-1", "{}");
        aws.timeline.advance(Duration.ofDays(89));
        assertThatThrownBy(() -> start(machine, "push-1", "{}")).isInstanceOf(ExecutionAlreadyExistsException.class);
        aws.timeline.advance(Duration.ofDays(2));
        start(machine, "push-1", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a<b", "a[0]", "a?", "a\"", "a#", "a%", "a\\", "a^", "a|", "a~", "a`", "a$",
            "a&", "a,",
            "a;", "a:", "a/", "a\u0007",
            "012345678901234567890123456789012345678901234567890123456789012345678901234567890"})
    void a_name_breaks_the_rules(String name) {
        String machine = aws.machine(PASS);
        assertThatThrownBy(() -> start(machine, name, "{}")).isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("Invalid Name: '" + name + "'");
    }

    @Test
    void without_a_name_a_uuid_is_made_up_and_without_input_there_is_an_empty_object() {
        String machine = aws.machine(PASS);
        String arn = sfn.startExecution(start -> start.stateMachineArn(machine)).executionArn();

        assertThat(arn).matches(".*:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(sfn.describeExecution(which -> which.executionArn(arn)).input()).isEqualTo("{}");
    }

    @Test
    void an_input_that_is_no_json_is_refused() {
        String machine = aws.machine(PASS);
        assertThatThrownBy(() -> start(machine, "x", "{")).isInstanceOf(InvalidExecutionInputException.class);
        assertThatThrownBy(() -> start(machine, "x", "\"" + "a".repeat(262_143) + "\""))
                .isInstanceOf(InvalidExecutionInputException.class);
    }

    @Test
    void a_running_execution_keeps_the_definition_it_was_started_with() {
        String machine = aws.machine(WAIT);
        String running = start(machine, "old", "{}");
        sfn.updateStateMachine(update -> update.stateMachineArn(machine).definition(PASS));
        String fresh = start(machine, "new", "{}");
        aws.timeline.advance(Duration.ofMinutes(2));

        assertThat(aws.ended(running).types()).contains("WaitStateExited");
        assertThat(aws.ended(fresh).types()).contains("PassStateExited");
        assertThat(sfn.describeStateMachineForExecution(which -> which.executionArn(running)).definition())
                .isEqualTo(WAIT);
        assertThat(sfn.describeStateMachine(which -> which.stateMachineArn(machine)).definition()).isEqualTo(PASS);
        assertThatThrownBy(() -> sfn.updateStateMachine(update -> update.stateMachineArn(machine)))
                .isInstanceOf(MissingRequiredParameterException.class);
    }

    @Test
    void making_a_machine_again_is_fine_when_nothing_differs() {
        String arn = sfn.createStateMachine(make -> make.name("m").roleArn(LocalStepFunctions.ROLE).definition(PASS))
                .stateMachineArn();
        assertThat(sfn.createStateMachine(make -> make.name("m").roleArn(LocalStepFunctions.ROLE).definition(PASS))
                .stateMachineArn()).isEqualTo(arn);
        assertThatThrownBy(
                () -> sfn.createStateMachine(make -> make.name("m").roleArn(LocalStepFunctions.ROLE).definition(WAIT)))
                .isInstanceOf(StateMachineAlreadyExistsException.class);
        assertThatThrownBy(() -> sfn.createStateMachine(make -> make.name("n").roleArn("role").definition(PASS)))
                .isInstanceOf(InvalidArnException.class).hasMessageContaining("Invalid Role Arn: 'role'");
        assertThatThrownBy(
                () -> sfn.createStateMachine(make -> make.name("n").roleArn(LocalStepFunctions.ROLE).definition("{}")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ");
    }

    @Test
    void a_deleted_machine_starts_nothing_and_goes_when_its_executions_are_done() {
        String machine = aws.machine(WAIT);
        String running = start(machine, "x", "{}");
        sfn.deleteStateMachine(delete -> delete.stateMachineArn(machine));

        assertThat(sfn.describeStateMachine(which -> which.stateMachineArn(machine)).status())
                .isEqualTo(StateMachineStatus.DELETING);
        assertThatThrownBy(() -> start(machine, "y", "{}")).isInstanceOf(StateMachineDeletingException.class);
        aws.timeline.advance(Duration.ofMinutes(2));
        assertThat(aws.ended(running).status()).isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> start(machine, "y", "{}")).isInstanceOf(StateMachineDoesNotExistException.class)
                .hasMessageContaining("State Machine Does Not Exist: '" + machine + "'");
        sfn.deleteStateMachine(delete -> delete.stateMachineArn(machine));
    }

    @Test
    void a_history_comes_in_pages_in_either_order() {
        String arn = aws.start(PASS, "{}");
        aws.timeline.advance(Duration.ofSeconds(1));
        List<Long> ids = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            GetExecutionHistoryResponse page = sfn.getExecutionHistory(
                    get -> get.executionArn(arn).maxResults(3).reverseOrder(true).nextToken(from));
            page.events().stream().map(HistoryEvent::id).forEach(ids::add);
            token = page.nextToken();
        } while (token != null);

        assertThat(ids).containsExactly(4L, 3L, 2L, 1L);
        assertThatThrownBy(() -> sfn.getExecutionHistory(get -> get.executionArn(arn).nextToken("made up")))
                .isInstanceOf(InvalidTokenException.class);
        assertThat(sfn.getExecutionHistory(get -> get.executionArn(arn).includeExecutionData(false)).events())
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain("Input=", "Output="));
    }

    @Test
    void executions_are_listed_newest_first_and_by_status() {
        String machine = aws.machine(WAIT);
        start(machine, "a", "{}");
        aws.timeline.advance(Duration.ofSeconds(61));
        start(machine, "b", "{}");

        assertThat(sfn.listExecutions(list -> list.stateMachineArn(machine)).executions()).extracting(one -> one.name())
                .containsExactly("b", "a");
        assertThat(sfn.listExecutions(list -> list.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
                .executions()).extracting(one -> one.name()).containsExactly("b");
    }

    @Test
    void stopping_a_closed_execution_changes_nothing() {
        String arn = aws.start(PASS, "{}");
        aws.timeline.advance(Duration.ofSeconds(1));
        sfn.stopExecution(stop -> stop.executionArn(arn).error("E"));

        assertThat(aws.ended(arn).status()).isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> sfn.stopExecution(stop -> stop.executionArn(arn + "x")))
                .isInstanceOf(ExecutionDoesNotExistException.class)
                .hasMessageContaining("Execution Does Not Exist: '" + arn + "x'");
        assertThatThrownBy(() -> sfn.describeExecution(which -> which.executionArn("x")))
                .isInstanceOf(InvalidArnException.class);
    }

    @Test
    void an_activity_is_fetched_by_a_worker_who_reports_back() {
        String activity = sfn.createActivity(make -> make.name("pack")).activityArn();
        String arn = aws
                .start("""
                {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%s", "End": true, "HeartbeatSeconds": 60}}}"""
                        .formatted(activity), "{\"n\": 1}");
        aws.timeline.advance(Duration.ofMinutes(10));
        String token = sfn.getActivityTask(get -> get.activityArn(activity).workerName("w")).taskToken();
        assertThat(sfn.getActivityTask(get -> get.activityArn(activity)).taskToken()).isNull();
        sfn.sendTaskSuccess(send -> send.taskToken(token).output("\"packed\""));
        aws.timeline.advance(Duration.ofSeconds(1));

        assertThat(aws.ended(arn).summary()).isEqualTo("\"packed\"");
        assertThat(aws.ended(arn).types()).containsSubsequence("ActivityScheduled", "ActivityStarted",
                "ActivitySucceeded");
        assertThat(aws.ended(arn).event("ActivityStarted").activityStartedEventDetails().workerName()).isEqualTo("w");
    }

    @Test
    void a_deleted_activity_ends_the_execution_that_needs_it() {
        String activity = sfn.createActivity(make -> make.name("pack")).activityArn();
        sfn.deleteActivity(delete -> delete.activityArn(activity));
        assertThat(aws
                .run("""
                {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%s", "End": true}}}"""
                        .formatted(activity), "{}")
                .description().cause()).endsWith("The activity " + activity + " does not exist.");
    }

    @Test
    void tags_are_put_listed_and_taken_off() {
        String machine = aws.machine(PASS);
        sfn.tagResource(tag -> tag.resourceArn(machine).tags(Tag.builder().key("team").value("web").build(),
                Tag.builder().key("old").value("x").build()));
        sfn.untagResource(untag -> untag.resourceArn(machine).tagKeys("old"));
        assertThat(sfn.listTagsForResource(list -> list.resourceArn(machine)).tags()).extracting(Tag::key)
                .containsExactly("team");
    }

    @Test
    void a_definition_can_be_checked_without_making_anything() {
        assertThat(sfn.validateStateMachineDefinition(check -> check.definition(PASS)).resultAsString())
                .isEqualTo("OK");
        assertThat(sfn.validateStateMachineDefinition(check -> check.definition("{\"StartAt\": \"A\", \"States\": {}}"))
                .diagnostics()).extracting(one -> one.severityAsString() + " " + one.code() + " " + one.location())
                .containsExactly("ERROR SCHEMA_VALIDATION_FAILED /States");
    }

    private String start(String machine, String name, String input) {
        return sfn.startExecution(start -> start.stateMachineArn(machine).name(name).input(input)).executionArn();
    }
}
