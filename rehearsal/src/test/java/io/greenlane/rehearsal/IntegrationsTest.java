package io.greenlane.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsCalls;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Tasks that call a simulated service: Step Functions calls itself. */
class IntegrationsTest {
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2030-01-01T00:00:00Z"));
    private final Integrations integrations = new Integrations(timeline);
    private final SfnClient sfn = new SimulatedStepFunctions(new Account("123456789012", "eu-central-1"), timeline,
            new Random(1), new Journal(timeline), (source, type, resources, detail) -> {
            }, (function, payload, done) -> done.accept(new FunctionInvoker.Answer.Refused("ServiceException", "none")),
            integrations, ClosedToken.TASK_TIMED_OUT);

    @Test
    void a_nested_execution_gets_json_as_text_and_gives_json_back() {
        String child = machine("child", """
                {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 5, "End": true}}}""");
        JsonNode output = LocalStepFunctions.json(run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::states:startExecution.sync:2",
                 "Arguments": {"StateMachineArn": "%s", "Name": "inner", "Input": {"n": 1}}}}}""".formatted(child))
                .output());

        assertThat(output.at("/Output/n").asInt()).isEqualTo(1);
        assertThat(output.path("Status").asText()).isEqualTo("SUCCEEDED");
        assertThat(output.path("Name").asText()).isEqualTo("inner");
    }

    @Test
    void an_sdk_call_answers_in_pascal_case_with_iso_times() {
        String child = machine("child", "{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}}");
        JsonNode output = LocalStepFunctions.json(run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::aws-sdk:sfn:describeStateMachine",
                 "Arguments": {"StateMachineArn": "%s"}}}}""".formatted(child)).output());

        assertThat(output.path("Name").asText()).isEqualTo("child");
        assertThat(output.path("CreationDate").asText()).startsWith("2030-01-01T00:00:00");
    }

    @Test
    void an_error_has_the_name_that_a_catch_names() {
        DescribeExecutionResponse ended = run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::aws-sdk:sfn:describeExecution",
                 "Arguments": {"ExecutionArn": "arn:aws:states:eu-central-1:123456789012:execution:a:b"}}}}""");

        assertThat(ended.error()).isEqualTo("Sfn.ExecutionDoesNotExistException");
        assertThat(ended.cause()).startsWith("Execution Does Not Exist: ").contains("(Service: Sfn, Status Code: 400");
    }

    IntegrationsTest() {
        integrations.connect(new AwsCalls(timeline, List.of(ServiceBinding.of(sfn)), CallObserver.NONE));
    }

    private String machine(String name, String definition) {
        return sfn.createStateMachine(make -> make.name(name).roleArn(LocalStepFunctions.ROLE).definition(definition))
                .stateMachineArn();
    }

    private DescribeExecutionResponse run(String definition) {
        String arn = sfn.startExecution(start -> start.stateMachineArn(machine("outer", definition))).executionArn();
        timeline.advance(Duration.ofMinutes(1));
        return sfn.describeExecution(which -> which.executionArn(arn));
    }
}
