package io.greenlane.rehearsal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Every form of error, as the real clients see it over a real socket. */
class WireErrorsTest {
    private final List<String> observed = new ArrayList<>();
    private final AwsDispatcher dispatcher = LocalClients.dispatcher(new CallObserver() {
        @Override
        public void ends(Call call, Ending ending) {
            observed.add(call.service() + " " + call.operation() + " " + call.caller() + " " + ending);
        }
    }, new Deployments(), new Tables(), new Executions(), new LoadBalancers(), new Functions());
    private AwsEndpoint endpoint;
    private LocalClients clients;

    @BeforeEach
    void open() {
        endpoint = AwsEndpoint.open(0, dispatcher);
        clients = LocalClients.at(endpoint.address(), UrlConnectionHttpClient.create());
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void a_modelled_error_arrives_as_its_class_with_its_code_and_message() {
        CodeDeployClient codeDeploy = clients.client(CodeDeployClient.builder());
        DeploymentLimitExceededException thrown = catchThrowableOfType(DeploymentLimitExceededException.class,
                () -> codeDeploy.createDeployment(r -> r.applicationName("busy")));
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("DeploymentLimitExceededException");
        assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("one at a time");
        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(thrown.requestId()).isNotBlank();
        assertThat(observed).containsExactly("CODEDEPLOY CreateDeployment AKIATEST "
                + "Refused[code=DeploymentLimitExceededException, message=one at a time]");
    }

    @Test
    void an_error_that_the_model_lacks_arrives_as_the_base_exception_with_its_code() {
        CodeDeployException thrown = catchThrowableOfType(CodeDeployException.class,
                () -> clients.client(CodeDeployClient.builder()).createDeployment(r -> r.applicationName("throttled")));
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
        assertThat(thrown.isThrottlingException()).isTrue();
    }

    @Test
    void step_functions_drops_the_ending_of_its_errors_on_the_wire() {
        TaskTimedOutException thrown = catchThrowableOfType(TaskTimedOutException.class,
                () -> clients.client(SfnClient.builder()).sendTaskSuccess(r -> r.taskToken("t").output("{}")));
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("TaskTimedOut");
    }

    @Test
    void a_query_error_carries_code_status_and_message_in_xml() {
        TargetGroupNotFoundException thrown = catchThrowableOfType(TargetGroupNotFoundException.class,
                () -> clients.client(ElasticLoadBalancingV2Client.builder())
                        .describeTargetGroups(r -> r.names("a <b> & \"c\"")));
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("TargetGroupNotFound");
        assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("No group [a <b> & \"c\"]");
    }

    @Test
    void a_rest_error_has_the_status_of_the_model() {
        ResourceNotFoundException thrown = catchThrowableOfType(ResourceNotFoundException.class,
                () -> clients.client(LambdaClient.builder()).getFunction(r -> r.functionName("missing")));
        assertThat(thrown.statusCode()).isEqualTo(404);
        assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("Function not found: missing");
    }

    @Test
    void a_failed_condition_carries_the_item_and_a_cancelled_transaction_its_reasons() {
        DynamoDbClient dynamoDb = clients.client(DynamoDbClient.builder());
        ConditionalCheckFailedException failed = catchThrowableOfType(ConditionalCheckFailedException.class,
                () -> dynamoDb.putItem(r -> r.tableName("t").item(Map.of("id", AttributeValue.fromS("1")))));
        assertThat(failed.item()).containsEntry("id", AttributeValue.fromS("1"));
        TransactionCanceledException cancelled = catchThrowableOfType(TransactionCanceledException.class,
                () -> dynamoDb.transactWriteItems(r -> r.transactItems(List.of(TransactWriteItem
                        .builder().delete(d -> d.tableName("t").key(Map.of("id", AttributeValue.fromS("1"))))
                        .build()))));
        assertThat(cancelled.cancellationReasons()).extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed");
        assertThat(cancelled.awsErrorDetails().errorMessage()).isEqualTo("Transaction cancelled");
    }

    @Test
    void an_operation_that_nobody_serves_is_said_to_be_so() {
        assertThatThrownBy(() -> clients.client(SfnClient.builder()).listStateMachines())
                .isInstanceOfSatisfying(SfnException.class, thrown -> {
                    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
                    assertThat(thrown.awsErrorDetails().errorMessage())
                            .isEqualTo("The local cloud does not simulate ListStateMachines of states");
                });
        assertThatThrownBy(() -> clients.client(ElasticLoadBalancingV2Client.builder()).describeTags(r -> r
                .resourceArns("a"))).hasMessageContaining("does not simulate DescribeTags of elasticloadbalancing");
    }

    @Test
    void a_required_member_that_is_missing_is_named() {
        assertThatThrownBy(() -> clients.client(SfnClient.builder()).sendTaskSuccess(r -> r.taskToken("t")))
                .isInstanceOf(SfnException.class).hasMessageContaining("1 validation error detected: Value null at "
                        + "'output' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void bodies_that_are_not_what_they_should_be_are_refused() throws Exception {
        assertThat(post("AWSStepFunctions.SendTaskSuccess", "{\"taskToken\": 5}")).contains("SerializationException",
                "NUMBER_VALUE cannot be converted to a String");
        assertThat(post("AWSStepFunctions.SendTaskSuccess", "nonsense")).contains("SerializationException");
        assertThat(post("AWSStepFunctions.SendTaskSuccess", "{\"token\": \"t\"}")).contains("ValidationException",
                "Unknown parameter 'token'");
        assertThat(post("Nowhere_2020.DoIt", "{}")).contains("UnknownOperationException", "Nowhere_2020.DoIt");
    }

    @Test
    void a_defect_of_the_local_cloud_is_an_error_of_the_server() {
        assertThatThrownBy(
                () -> clients.client(CodeDeployClient.builder()).createDeployment(r -> r.applicationName("broken")))
                .isInstanceOfSatisfying(CodeDeployException.class,
                        thrown -> assertThat(thrown.statusCode()).isEqualTo(500));
    }

    @Test
    void an_invocation_answers_by_headers_status_and_body_once_the_function_is_done() {
        InvokeResponse answer = clients.client(LambdaClient.builder())
                .invoke(r -> r.functionName("arn:aws:lambda:eu-west-1:1:function:f")
                        .payload(SdkBytes.fromUtf8String("{}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.payload().asUtf8String()).isEqualTo("arn:aws:lambda:eu-west-1:1:function:f {}");
    }

    @Test
    void a_taken_port_is_said_clearly() {
        int port = endpoint.address().getPort();
        assertThatThrownBy(() -> AwsEndpoint.open(port, dispatcher)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot open port " + port).hasMessageContaining("taken");
    }

    @Test
    void calls_by_name_speak_the_language_of_sdk_integrations() {
        AwsCalls calls = new AwsCalls(new VirtualTimeline(Instant.EPOCH),
                List.of(ServiceBinding.of(new Deployments()), ServiceBinding.of(new Executions())), CallObserver.NONE);
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("ApplicationName", "free");
        assertThat(calls.call("codedeploy", "createDeployment", "arn:aws:iam::111122223333:role/R", request).join())
                .hasToString("{\"DeploymentId\":\"d-1\"}");
        ObjectNode success = JsonNodeFactory.instance.objectNode().put("TaskToken", "t").put("Output", "{}");
        assertThatThrownBy(
                () -> calls.call("sfn", "sendTaskSuccess", "arn:aws:iam::111122223333:role/R", success).join())
                .hasCauseInstanceOf(AwsCallException.class).cause()
                .isInstanceOfSatisfying(AwsCallException.class, thrown -> {
                    assertThat(thrown.exceptionName()).isEqualTo("TaskTimedOutException");
                    assertThat(thrown.code()).isEqualTo("TaskTimedOut");
                });
    }

    private String post(String target, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(endpoint.address() + "/")).header("X-Amz-Target", target)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private interface Fake extends SdkClient {
        @Override
        default String serviceName() {
            return "fake";
        }

        @Override
        default void close() {
            // Holds nothing.
        }
    }

    private static final class Deployments implements Fake, CodeDeployClient {
        @Override
        public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
            return switch (request.applicationName()) {
                case "busy" -> throw DeploymentLimitExceededException.builder().message("one at a time").build();
                case "throttled" -> throw CodeDeployException.builder().statusCode(400).awsErrorDetails(AwsErrorDetails
                        .builder().errorCode("ThrottlingException").errorMessage("Rate exceeded").build()).build();
                case "broken" -> throw new IllegalStateException("a defect");
                default -> CreateDeploymentResponse.builder().deploymentId("d-1").build();
            };
        }
    }

    private static final class Executions implements Fake, SfnClient {
        @Override
        public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
            throw TaskTimedOutException.builder().message("Task Timed Out").build();
        }
    }

    private static final class LoadBalancers implements Fake, ElasticLoadBalancingV2Client {
        @Override
        public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
            throw TargetGroupNotFoundException.builder().message("No group " + request.names()).build();
        }
    }

    private static final class Tables implements Fake, DynamoDbClient {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            throw ConditionalCheckFailedException.builder().message("The conditional request failed")
                    .item(request.item()).build();
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            throw TransactionCanceledException.builder().message("Transaction cancelled")
                    .cancellationReasons(CancellationReason.builder().code("None").build(),
                            CancellationReason.builder().code("ConditionalCheckFailed").build())
                    .build();
        }
    }

    private static final class Functions implements Fake, LambdaClient, SlowOperations {
        @Override
        public GetFunctionResponse getFunction(GetFunctionRequest request) {
            throw ResourceNotFoundException.builder().message("Function not found: " + request.functionName()).build();
        }

        @Override
        public boolean servesSlow(String operation) {
            return operation.equals("Invoke");
        }

        @Override
        public CompletableFuture<? extends SdkResponse> callSlow(String operation, SdkRequest request) {
            InvokeRequest invoke = (InvokeRequest) request;
            CompletableFuture<InvokeResponse> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer.complete(InvokeResponse.builder().statusCode(200)
                    .functionError("Unhandled").executedVersion("$LATEST")
                    .payload(SdkBytes.fromUtf8String(invoke.functionName() + " " + invoke.payload().asUtf8String()))
                    .build()));
            return answer;
        }
    }
}
