package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTest {
    private final LocalStepFunctions aws = new LocalStepFunctions();

    @Test
    void lambda_invoke_gives_the_payload_with_what_the_sdk_knows_about_the_call() {
        aws.echo("web");
        LocalStepFunctions.Ended ended = aws.run(invoke("\"Payload\": {\"n\": \"{% $states.input.n %}\"}", ""),
                "{\"n\": 1}");

        JsonNode output = ended.output();
        assertThat(output.path("Payload").toString()).isEqualTo("{\"n\":1}");
        assertThat(output.path("ExecutedVersion").asText()).isEqualTo("$LATEST");
        assertThat(output.path("StatusCode").asInt()).isEqualTo(200);
        assertThat(output.at("/SdkHttpMetadata/HttpHeaders/Content-Length").asText()).isEqualTo("7");
        assertThat(output.at("/SdkResponseMetadata/RequestId").asText())
                .isEqualTo(output.at("/SdkHttpMetadata/AllHttpHeaders/x-amzn-RequestId/0").asText());
        assertThat(ended.types()).containsExactly("ExecutionStarted", "TaskStateEntered", "TaskScheduled",
                "TaskStarted",
                "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().parameters())
                .isEqualTo("{\"FunctionName\":\"web\",\"Payload\":{\"n\":1}}");
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().region()).isEqualTo("eu-central-1");
    }

    @Test
    void without_a_payload_the_function_gets_an_empty_object() {
        aws.echo("web");
        aws.run(invoke("\"Payload\": null", ""), "{}");
        assertThat(aws.invocations).containsExactly("web {}");
    }

    @Test
    void a_function_error_becomes_the_error_name_and_its_json_the_cause() {
        aws.failing("web", "java.lang.IllegalStateException");
        LocalStepFunctions.Ended ended = aws.run(invoke("\"Payload\": {}", ""), "{}");

        assertThat(ended.description().error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(ended.description().cause())
                .isEqualTo("{\"errorType\":\"java.lang.IllegalStateException\",\"errorMessage\":\"as told\"}");
        assertThat(ended.event("TaskFailed").taskFailedEventDetails().resourceType()).isEqualTo("lambda");
    }

    @Test
    void an_error_of_lambda_itself_has_its_prefix() {
        assertThat(aws.run(invoke("\"Payload\": {}", ""), "{}").summary())
                .isEqualTo("FAILED Lambda.ResourceNotFoundException");
    }

    @Test
    void a_task_that_takes_too_long_times_out_and_its_answer_is_dropped() {
        aws.slowFunction("web", Duration.ofSeconds(30), payload -> new FunctionInvoker.Answer.Returned("1"));
        LocalStepFunctions.Ended ended = aws.run(invoke("\"Payload\": {}", "\"TimeoutSeconds\": 10,"), "{}");

        assertThat(ended.summary()).isEqualTo("FAILED States.Timeout");
        assertThat(ended.types()).endsWith("TaskStarted", "TaskTimedOut", "ExecutionFailed");
        assertThat(Duration.between(ended.description().startDate(), ended.description().stopDate()))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().timeoutInSeconds()).isEqualTo(10);
    }

    @Test
    void the_timeout_can_come_from_a_path() {
        aws.slowFunction("web", Duration.ofSeconds(30), payload -> new FunctionInvoker.Answer.Returned("1"));
        assertThat(aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true, "TimeoutSecondsPath": "$.limit",
                 "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:web"}}}""", "{\"limit\": 29}").types())
                .endsWith("LambdaFunctionStarted", "LambdaFunctionTimedOut", "ExecutionFailed");
    }

    @Test
    void a_result_beyond_the_limit_fails_the_task_and_no_catch_all_takes_it() {
        aws.function("web", payload -> new FunctionInvoker.Answer.Returned("\"" + "a".repeat(262_144) + "\""));
        LocalStepFunctions.Ended ended = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:web",
                 "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]}, "Caught": {"Type": "Succeed"}}}""",
                "{}");

        assertThat(ended.summary()).isEqualTo("FAILED States.DataLimitExceeded");
        assertThat(ended.description().cause()).isEqualTo("The state/task"
                + " 'arn:aws:lambda:eu-central-1:123456789012:function:web' returned a result with a size exceeding the"
                + " maximum number of bytes service limit.");
    }

    @Test
    void a_call_of_another_service_goes_through_the_integration() {
        aws.services(call -> new TaskIntegration.Answer.Returned(
                LocalStepFunctions.json("{\"DeploymentInfo\": {\"Status\": \"Succeeded\"}}")));
        LocalStepFunctions.Ended ended = aws.run(
                service("aws-sdk:codedeploy:getDeployment", "{\"DeploymentId\": \"d-1\"}"),
                "{}");

        assertThat(ended.summary()).isEqualTo("{\"DeploymentInfo\":{\"Status\":\"Succeeded\"}}");
        TaskIntegration.Call call = aws.calls.get(0);
        assertThat(call.service()).isEqualTo("codedeploy");
        assertThat(call.action()).isEqualTo("getDeployment");
        assertThat(call.caller()).isEqualTo(LocalStepFunctions.ROLE);
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().resourceType())
                .isEqualTo("aws-sdk:codedeploy");
    }

    @Test
    void an_error_of_a_service_is_named_as_its_integration_names_it() {
        aws.services(call -> new TaskIntegration.Answer.Refused("DeploymentLimitExceeded", "One at a time", 400));
        assertThat(aws.run(service("aws-sdk:codedeploy:createDeployment", "{}"), "{}").summary())
                .isEqualTo("FAILED CodeDeploy.DeploymentLimitExceededException");
        assertThat(aws.run(service("aws-sdk:dynamodb:putItem", "{}"), "{}").summary())
                .isEqualTo("FAILED DynamoDb.DeploymentLimitExceededException");
        assertThat(aws.run(service("dynamodb:putItem", "{}"), "{}").summary())
                .isEqualTo("FAILED DynamoDB.DeploymentLimitExceededException");
        assertThat(aws.run(service("states:startExecution", "{}"), "{}").summary())
                .isEqualTo("FAILED StepFunctions.DeploymentLimitExceededException");
        assertThat(aws.calls.get(3).service()).isEqualTo("sfn");
    }

    @Test
    void an_event_that_was_not_put_fails_the_task() {
        aws.services(call -> new TaskIntegration.Answer.Returned(
                LocalStepFunctions.json("{\"FailedEntryCount\": 1, \"Entries\": [{\"ErrorCode\": \"X\"}]}")));
        assertThat(aws.run(service("events:putEvents", "{\"Entries\": []}"), "{}").summary())
                .isEqualTo("FAILED EventBridge.FailedEntry");
    }

    @Test
    void a_nested_execution_is_waited_for_and_its_output_read() {
        LocalStepFunctions parent = new LocalStepFunctions();
        parent.services(call -> new TaskIntegration.Answer.Returned(LocalStepFunctions.json(
                call.action().equals("startExecution")
                        ? "{\"ExecutionArn\": \"arn:child\"}"
                        : parent.calls.size() < 4
                                ? "{\"Status\": \"RUNNING\"}"
                                : "{\"Status\": \"SUCCEEDED\", \"Output\": \"{\\\"n\\\":1}\"}")));
        LocalStepFunctions.Ended ended = parent.run(
                service("states:startExecution.sync:2", "{\"StateMachineArn\": \"m\"}"),
                "{}");

        assertThat(ended.output().at("/Output/n").asInt()).isEqualTo(1);
        assertThat(ended.types()).containsSubsequence("TaskStarted", "TaskSubmitted", "TaskSucceeded");
        assertThat(ended.event("TaskSubmitted").taskSubmittedEventDetails().resource())
                .isEqualTo("startExecution.sync:2");
    }

    @Test
    void a_nested_execution_that_fails_fails_the_task() {
        aws.services(call -> new TaskIntegration.Answer.Returned(
                LocalStepFunctions.json("{\"ExecutionArn\": \"arn:child\", \"Status\": \"ABORTED\"}")));
        assertThat(aws.run(service("states:startExecution.sync", "{\"StateMachineArn\": \"m\"}"), "{}").summary())
                .isEqualTo("FAILED States.TaskFailed");
    }

    @Test
    void credentials_name_the_role_of_the_call() {
        aws.services(call -> new TaskIntegration.Answer.Returned(LocalStepFunctions.json("{}")));
        LocalStepFunctions.Ended ended = aws.run(service("aws-sdk:ecs:listClusters", "{}").replace("\"End\"",
                "\"Credentials\": {\"RoleArn\": \"{% $states.input.role %}\"}, \"End\""),
                "{\"role\": \"arn:aws:iam::1:role/r\"}");

        assertThat(aws.calls.get(0).caller()).isEqualTo("arn:aws:iam::1:role/r");
        assertThat(ended.event("TaskScheduled").taskScheduledEventDetails().taskCredentials().roleArn())
                .isEqualTo("arn:aws:iam::1:role/r");
    }

    private static String invoke(String arguments, String members) {
        return """
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true, %s
                 "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "web", %s}}}}"""
                .formatted(members, arguments);
    }

    private static String service(String resource, String arguments) {
        return """
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::%s", "Arguments": %s}}}""".formatted(resource, arguments);
    }
}
