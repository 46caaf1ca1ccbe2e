package io.greenlane.rehearsal.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.endpoint.CallObserver.Call;
import io.greenlane.rehearsal.template.CallsOfFunctions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationRequest;
import software.amazon.awssdk.services.appconfigdata.model.StartConfigurationSessionRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Which permissions calls need, held against the service authorization data. */
class CallNeedsTest {
    private static final String HERE = ":eu-west-1:111122223333:";
    /** Needs that the data does not know, with the reason at the place that says so. */
    private static final Set<String> BESIDE_THE_DATA = Set.of("codedeploy:PutLifecycleEventHookExecutionStatus",
            "ecs:ListTasks");

    private static final String DECRYPT = "kms:Decrypt arn:aws:kms" + HERE + "key/1";
    private static final String DATA_KEY = "kms:GenerateDataKey arn:aws:kms" + HERE + "key/1";
    private static final CallsOfFunctions CALLS = new CallsOfFunctions();

    private final CallNeeds needs = new CallNeeds(new Account("111122223333", "eu-west-1"), new OnePlace());

    static Stream<Arguments> calls() {
        return Stream.of(
                call(AwsService.ECS, DescribeServicesRequest.builder().cluster("shop").services("web", "api").build(),
                        "ecs:DescribeServices arn:aws:ecs" + HERE + "service/shop/web",
                        "ecs:DescribeServices arn:aws:ecs" + HERE + "service/shop/api"),
                call(AwsService.ECS,
                        DescribeServicesRequest.builder().services("arn:aws:ecs" + HERE + "service/shop/web").build(),
                        "ecs:DescribeServices arn:aws:ecs" + HERE + "service/shop/web"),
                call(AwsService.ECS, ListTasksRequest.builder().cluster("shop").serviceName("web").build(),
                        "ecs:ListTasks *"),
                call(AwsService.ECS, DescribeTasksRequest.builder().cluster("shop").tasks("0a1b").build(),
                        "ecs:DescribeTasks arn:aws:ecs" + HERE + "task/shop/0a1b"),
                call(AwsService.ECS,
                        CreateTaskSetRequest.builder().cluster("arn:aws:ecs" + HERE + "cluster/shop").service("web")
                                .taskDefinition("web:7").build(),
                        "ecs:CreateTaskSet arn:aws:ecs" + HERE + "task-set/shop/web/*",
                        "iam:PassRole arn:aws:iam::111122223333:role/Execution"),
                call(AwsService.ECR, BatchGetImageRequest.builder().repositoryName("team/web").build(),
                        "ecr:BatchGetImage arn:aws:ecr" + HERE + "repository/team/web"),
                call(AwsService.ECR, ListImageReferrersRequest.builder().repositoryName("team/web").build(),
                        "ecr:BatchGetImage arn:aws:ecr" + HERE + "repository/team/web"),
                call(AwsService.ECR, DescribeRepositoriesRequest.builder().build(),
                        "ecr:DescribeRepositories arn:aws:ecr" + HERE + "repository/*"),
                call(AwsService.ECR, GetAuthorizationTokenRequest.builder().build(), "ecr:GetAuthorizationToken *"),
                call(AwsService.CODEDEPLOY,
                        CreateDeploymentRequest.builder().applicationName("shop").deploymentGroupName("web").build(),
                        "codedeploy:CreateDeployment arn:aws:codedeploy" + HERE + "deploymentgroup:shop/web",
                        "codedeploy:GetDeploymentConfig arn:aws:codedeploy" + HERE + "deploymentconfig:Slowly",
                        "codedeploy:GetApplicationRevision arn:aws:codedeploy" + HERE + "application:shop",
                        "codedeploy:RegisterApplicationRevision arn:aws:codedeploy" + HERE + "application:shop"),
                call(AwsService.CODEDEPLOY, GetDeploymentRequest.builder().deploymentId("d-1").build(),
                        "codedeploy:GetDeployment arn:aws:codedeploy" + HERE + "deploymentgroup:shop/web"),
                call(AwsService.CODEDEPLOY, GetDeploymentRequest.builder().deploymentId("d-unknown").build()),
                call(AwsService.CODEDEPLOY,
                        PutLifecycleEventHookExecutionStatusRequest.builder().deploymentId("d-1").build(),
                        "codedeploy:PutLifecycleEventHookExecutionStatus arn:aws:codedeploy" + HERE
                                + "deploymentgroup:shop/web"),
                call(AwsService.CODEDEPLOY, StopDeploymentRequest.builder().deploymentId("d-1").build(),
                        "codedeploy:StopDeployment *"),
                call(AwsService.CODEDEPLOY,
                        CreateDeploymentGroupRequest.builder().applicationName("shop").deploymentGroupName("web")
                                .serviceRoleArn("arn:aws:iam::111122223333:role/Deployer").build(),
                        "codedeploy:CreateDeploymentGroup arn:aws:codedeploy" + HERE + "deploymentgroup:shop/web",
                        "iam:PassRole arn:aws:iam::111122223333:role/Deployer"),
                call(AwsService.STEP_FUNCTIONS,
                        StartExecutionRequest.builder().stateMachineArn("arn:aws:states" + HERE + "stateMachine:R")
                                .build(),
                        "states:StartExecution arn:aws:states" + HERE + "stateMachine:R"),
                call(AwsService.STEP_FUNCTIONS,
                        DescribeExecutionRequest.builder().executionArn("arn:aws:states" + HERE + "execution:R:1")
                                .build(),
                        "states:DescribeExecution arn:aws:states" + HERE + "execution:R:1"),
                call(AwsService.STEP_FUNCTIONS, SendTaskSuccessRequest.builder().taskToken("t").build(),
                        "states:SendTaskSuccess *"),
                call(AwsService.STEP_FUNCTIONS,
                        CreateStateMachineRequest.builder().name("R").roleArn("arn:aws:iam::111122223333:role/R")
                                .build(),
                        "states:CreateStateMachine arn:aws:states" + HERE + "stateMachine:R",
                        "iam:PassRole arn:aws:iam::111122223333:role/R"),
                call(AwsService.DYNAMODB, PutItemRequest.builder().tableName("Releases").build(),
                        "dynamodb:PutItem arn:aws:dynamodb" + HERE + "table/Releases"),
                call(AwsService.DYNAMODB, QueryRequest.builder().tableName("Releases").indexName("open").build(),
                        "dynamodb:Query arn:aws:dynamodb" + HERE + "table/Releases/index/open"),
                call(AwsService.DYNAMODB,
                        TransactWriteItemsRequest.builder()
                                .transactItems(List.of(
                                        TransactWriteItem.builder().put(put -> put.tableName("A")).build(),
                                        TransactWriteItem.builder().conditionCheck(check -> check.tableName("B"))
                                                .build()))
                                .build(),
                        "dynamodb:PutItem arn:aws:dynamodb" + HERE + "table/A",
                        "dynamodb:ConditionCheckItem arn:aws:dynamodb" + HERE + "table/B"),
                call(AwsService.S3, GetObjectRequest.builder().bucket("shop").key("there").build(),
                        "s3:GetObject arn:aws:s3:::shop/there"),
                call(AwsService.S3, GetObjectRequest.builder().bucket("shop").key("missing").build(),
                        "s3:GetObject arn:aws:s3:::shop/missing", "s3:ListBucket arn:aws:s3:::shop"),
                call(AwsService.S3, PutObjectRequest.builder().bucket("shop").key("a/b").build(),
                        "s3:PutObject arn:aws:s3:::shop/a/b"),
                call(AwsService.S3, ListObjectsV2Request.builder().bucket("shop").prefix("a/").build(),
                        "s3:ListBucket arn:aws:s3:::shop"),
                call(AwsService.SNS, PublishRequest.builder().topicArn("arn:aws:sns" + HERE + "Outcomes").build(),
                        "sns:Publish arn:aws:sns" + HERE + "Outcomes"),
                call(AwsService.SQS, SendMessageRequest.builder().queueUrl("http://127.0.0.1:1/1/Dead").build(),
                        "sqs:SendMessage arn:aws:sqs" + HERE + "Dead"),
                call(AwsService.EVENTBRIDGE,
                        PutEventsRequest.builder().entries(List.of(PutEventsRequestEntry.builder().build())).build(),
                        "events:PutEvents arn:aws:events" + HERE + "event-bus/default"),
                call(AwsService.EVENTBRIDGE, DescribeRuleRequest.builder().name("Pushed").build(),
                        "events:DescribeRule arn:aws:events" + HERE + "rule/Pushed"),
                call(AwsService.EVENTBRIDGE, ListTargetsByRuleRequest.builder().rule("Pushed").build(),
                        "events:ListTargetsByRule arn:aws:events" + HERE + "rule/Pushed"),
                call(AwsService.SNS,
                        GetTopicAttributesRequest.builder().topicArn("arn:aws:sns" + HERE + "Outcomes").build(),
                        "sns:GetTopicAttributes arn:aws:sns" + HERE + "Outcomes"),
                call(AwsService.LAMBDA, InvokeRequest.builder().functionName("Hook").qualifier("live").build(),
                        "lambda:InvokeFunction arn:aws:lambda" + HERE + "function:Hook:live"),
                call(AwsService.LAMBDA, ListFunctionsRequest.builder().build(), "lambda:ListFunctions *"),
                call(AwsService.LOAD_BALANCING, DescribeRulesRequest.builder().build(),
                        "elasticloadbalancing:DescribeRules *"),
                call(AwsService.LOAD_BALANCING,
                        ModifyListenerRequest.builder()
                                .listenerArn("arn:aws:elasticloadbalancing" + HERE + "listener/app/web/1/2").build(),
                        "elasticloadbalancing:ModifyListener arn:aws:elasticloadbalancing" + HERE
                                + "listener/app/web/1/2"),
                call(AwsService.CLOUDWATCH, DescribeAlarmsRequest.builder().alarmNames("Errors").build(),
                        "cloudwatch:DescribeAlarms arn:aws:cloudwatch" + HERE + "alarm:Errors"),
                call(AwsService.LOGS, PutLogEventsRequest.builder().logGroupName("/web").logStreamName("1").build(),
                        "logs:PutLogEvents arn:aws:logs" + HERE + "log-group:/web:log-stream:1"),
                call(AwsService.KMS,
                        VerifyMacRequest.builder().keyId("0a1b").macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256).build(),
                        "kms:VerifyMac arn:aws:kms" + HERE + "key/0a1b"),
                call(AwsService.KMS,
                        GenerateMacRequest.builder().keyId("arn:aws:kms" + HERE + "key/0a1b")
                                .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256).build(),
                        "kms:GenerateMac arn:aws:kms" + HERE + "key/0a1b"),
                call(AwsService.SSM, GetParameterRequest.builder().name("/shop/web/validation:3").build(),
                        "ssm:GetParameter arn:aws:ssm" + HERE + "parameter/shop/web/validation"),
                call(AwsService.APPCONFIG_DATA,
                        StartConfigurationSessionRequest.builder().applicationIdentifier("shop")
                                .environmentIdentifier("prod").configurationProfileIdentifier("v").build(),
                        "appconfig:StartConfigurationSession arn:aws:appconfig" + HERE
                                + "application/a/environment/b/configuration/c"),
                call(AwsService.APPCONFIG_DATA,
                        GetLatestConfigurationRequest.builder().configurationToken("token").build(),
                        "appconfig:GetLatestConfiguration arn:aws:appconfig" + HERE
                                + "application/a/environment/b/configuration/c"),
                call(AwsService.STS, GetCallerIdentityRequest.builder().build()),
                call(AwsService.DYNAMODB, QueryRequest.builder().tableName("sealed").indexName("open").build(),
                        "dynamodb:Query arn:aws:dynamodb" + HERE + "table/sealed/index/open", DECRYPT),
                call(AwsService.SNS, PublishRequest.builder().topicArn("arn:aws:sns" + HERE + "sealed").build(),
                        "sns:Publish arn:aws:sns" + HERE + "sealed", DATA_KEY, DECRYPT),
                call(AwsService.SQS, SendMessageRequest.builder().queueUrl("https://sqs/1/sealed").build(),
                        "sqs:SendMessage arn:aws:sqs" + HERE + "sealed", DATA_KEY, DECRYPT),
                call(AwsService.S3, PutObjectRequest.builder().bucket("sealed").key("there").build(),
                        "s3:PutObject arn:aws:s3:::sealed/there", DATA_KEY),
                call(AwsService.S3, GetObjectRequest.builder().bucket("sealed").key("there").build(),
                        "s3:GetObject arn:aws:s3:::sealed/there", DECRYPT));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_call_needs_actions_on_resources(Call call, List<String> wanted) {
        assertThat(needs.of(call)).extracting(need -> need.action() + " " + need.resource()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void actions_resources_and_keys_are_those_of_aws(Call call, List<String> wanted) {
        assertThat(needs.of(call)).allSatisfy(need -> {
            assertThat(ServiceAuthorization.knows(need.action())).isTrue();
            assertThat(ServiceAuthorization.keys(need.action())).containsAll(need.context().keySet());
            if (!BESIDE_THE_DATA.contains(need.action())) {
                assertThat(ServiceAuthorization.knowsResources(need.action()))
                        .isEqualTo(!need.resource().equals(Need.EVERYTHING));
                assertThat(ServiceAuthorization.resources(need.action()))
                        .satisfiesAnyOf(forms -> assertThat(forms).isEmpty(), forms -> assertThat(forms)
                                .anyMatch(form -> form.matcher(need.resource()).matches()));
            }
        });
    }

    @Test
    void a_task_definition_is_registered_with_its_roles_and_tags() throws Exception {
        Call call = new Call(AwsService.ECS, "RegisterTaskDefinition", "key", null, JsonMapper.builder().build()
                .createObjectNode().put("family", "web").put("taskRoleArn", "arn:aws:iam::111122223333:role/Task")
                .put("executionRoleArn", "Execution").put("newerThanTheSdk", true)
                .set("tags", JsonMapper.builder().build().readTree("[{\"key\": \"a\", \"value\": \"b\"}]")));

        assertThat(needs.of(call)).containsExactly(
                Need.of("ecs:RegisterTaskDefinition", "arn:aws:ecs" + HERE + "task-definition/web:*"),
                Need.of("ecs:TagResource", "arn:aws:ecs" + HERE + "task-definition/web:*").with("ecs:CreateAction",
                        "RegisterTaskDefinition"),
                Need.passing("arn:aws:iam::111122223333:role/Task", "ecs-tasks.amazonaws.com"),
                Need.passing("arn:aws:iam::111122223333:role/Execution", "ecs-tasks.amazonaws.com"));
    }

    static Set<String> functions() {
        return CALLS.functions();
    }

    @Test
    void all_functions_are_looked_at() {
        assertThat(CALLS.functions()).hasSizeGreaterThanOrEqualTo(20).contains("io.greenlane.lambda.GateNews");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void every_call_of_a_function_is_written_down(String function) {
        Set<String> actions = CALLS.of(function);

        assertThat(actions).isNotEmpty().allSatisfy(action -> {
            String operation = action.substring(action.indexOf(':') + 1);
            AwsService service = Stream.of(AwsService.values())
                    .filter(each -> each != AwsService.APPCONFIG && CallNeeds.prefix(each)
                            .equals(action.substring(0, action.indexOf(':'))))
                    .findFirst().orElseThrow();
            Call call = new Call(service, operation, "key", empty(service, operation), null);
            // An empty request may fail otherwise; only an operation that nobody wrote down is an IllegalStateException.
            assertThat(Optional.ofNullable(catchThrowable(() -> needs.of(call)))
                    .filter(IllegalStateException.class::isInstance)).isEmpty();
        });
    }

    /** A request with no more than what tells one kind of resource from another. */
    private static SdkRequest empty(AwsService service, String operation) throws ReflectiveOperationException {
        if (operation.equals("Publish")) {
            return PublishRequest.builder().topicArn("arn:aws:sns" + HERE + "Outcomes").build();
        }
        if (operation.equals("ListExecutions")) {
            return ListExecutionsRequest.builder().stateMachineArn("arn:aws:states" + HERE + "stateMachine:R").build();
        }
        Object builder = Class
                .forName(service.clientType().getPackageName() + ".model." + operation + "Request")
                .getMethod("builder").invoke(null);
        return (SdkRequest) ((Buildable) builder).build();
    }

    @Test
    void an_operation_that_nobody_wrote_down_is_a_defect() {
        assertThatThrownBy(() -> needs.of(new Call(AwsService.ECS, "DeleteService", "key", null, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not know which permissions DeleteService of ecs needs");
    }

    private static Arguments call(AwsService service, SdkRequest request, String... wanted) {
        String operation = request.getClass().getSimpleName().replaceAll("Request$", "");
        return Arguments.of(new Call(service, operation, "key", request, null), List.of(wanted));
    }
}
