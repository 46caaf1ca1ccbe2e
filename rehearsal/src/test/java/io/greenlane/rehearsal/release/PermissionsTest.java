package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.iam.AccessRequest;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.iam.Roles.Role;
import io.greenlane.rehearsal.iam.WithoutGrant;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Functions and services may do what their roles in the shipped templates grant, and nothing else. */
class PermissionsTest {
    private final SampleSite site = new SampleSite();

    @Test
    void releases_need_nothing_that_is_not_granted() {
        site.push("v2", GOOD);
        site.settle();
        site.push("v3", BAD_PAGE);
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED", "ROLLED_BACK");
        assertThat(site.cloud.audit.denied()).isEmpty();
        assertThat(actionsOf(roleOf("StartDeploymentRole"))).contains("codedeploy:CreateDeployment",
                "codedeploy:RegisterApplicationRevision", "dynamodb:PutItem");
        assertThat(actionsOf(roleOf("RegisterTaskDefinitionRole"))).contains(
                "ecs:RegisterTaskDefinition", "iam:PassRole");
        assertThat(actionsOf(roleOf("Sample-CodeDeployRole"))).containsExactlyInAnyOrder(
                "cloudwatch:DescribeAlarms", "ecs:CreateTaskSet", "ecs:DeleteTaskSet", "ecs:DescribeServices",
                "ecs:UpdateServicePrimaryTaskSet", "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:ModifyListener", "iam:PassRole", "lambda:InvokeFunction");
        assertThat(actionsOf("events.amazonaws.com")).containsExactly("lambda:InvokeFunction", "sts:AssumeRole");
    }

    @ParameterizedTest
    @CsvSource({"PlanReleaseRole, ecr:DescribeImages", "AdmitReleaseRole, dynamodb:PutItem",
            "RegisterTaskDefinitionRole, iam:PassRole", "StartDeploymentRole, codedeploy:GetDeploymentConfig",
            "ReleaseRole, lambda:InvokeFunction", "Sample-CodeDeployRole, lambda:InvokeFunction",
            "Sample-CodeDeployRole, ecs:CreateTaskSet", "Sample-CodeDeployRole, iam:PassRole",
            "Sample-CodeDeployRole, elasticloadbalancing:ModifyListener",
            "Sample-CodeDeployRole, cloudwatch:DescribeAlarms", "Sample-TaskExecutionRole, ecr:GetAuthorizationToken",
            "Sample-TaskExecutionRole, ecr:BatchGetImage", "Sample-TaskExecutionRole, logs:CreateLogStream"})
    void a_release_fails_without_a_grant(String role, String action) {
        withdraw(role, action);

        site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes()).doesNotContain("DEPLOYED");
        assertThat(site.cloud.audit.denied()).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.request().action()).isEqualTo(action);
            assertThat(decision).isInstanceOf(Decision.NotAllowed.class);
            assertThat(decision.sentence())
                    .startsWith("User: arn:aws:sts::111122223333:assumed-role/greenlane-" + role + "/")
                    .contains(" is not authorized to perform: " + action + " on resource: ")
                    .endsWith(" because no identity-based policy allows the " + action + " action");
        });
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(EcsClient.builder(), ecs -> ecs.listTasks(it -> it.cluster("c")), "AccessDeniedException", 400),
                refusal(EcrClient.builder(), EcrClient::getAuthorizationToken, "AccessDeniedException", 400),
                refusal(CodeDeployClient.builder(), it -> it.stopDeployment(stop -> stop.deploymentId("d-AB12CD34E")),
                        "AccessDeniedException", 400),
                refusal(SfnClient.builder(), it -> it.sendTaskSuccess(told -> told.taskToken("t").output("{}")),
                        "AccessDeniedException", 400),
                refusal(DynamoDbClient.builder(), it -> it.putItem(put -> put.tableName("t").item(Map.of())),
                        "AccessDeniedException", 400),
                refusal(KmsClient.builder(),
                        it -> it.verifyMac(mac -> mac.keyId("k").message(SdkBytes.fromUtf8String("m"))
                                .mac(SdkBytes.fromUtf8String("m")).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)),
                        "AccessDeniedException", 400),
                refusal(SsmClient.builder(), it -> it.getParameter(get -> get.name("/shop/key")),
                        "AccessDeniedException", 400),
                refusal(EventBridgeClient.builder(), it -> it.describeRule(rule -> rule.name("r")),
                        "AccessDeniedException", 400),
                refusal(SnsClient.builder(), it -> it.publish(
                        told -> told.topicArn(VirtualCloud.ACCOUNT.arn("sns", "topic")).message("m")),
                        "AuthorizationError", 403),
                refusal(ElasticLoadBalancingV2Client.builder(), it -> it.modifyListener(change -> change
                        .listenerArn(VirtualCloud.ACCOUNT.arn("elasticloadbalancing", "listener/app/web/1/2"))),
                        "AccessDenied", 403),
                refusal(CloudWatchClient.builder(), it -> it.describeAlarms(all -> all.alarmNames("a")),
                        "AccessDenied", 403),
                refusal(S3Client.builder().forcePathStyle(true), it -> it.putObject(
                        put -> put.bucket("files").key("k"), RequestBody.fromString("text")), "AccessDenied", 403));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> Arguments refusal(B builder,
            Consumer<C> call, String code, int status) {
        Consumer<SampleSite> calling = site -> {
            FunctionDefinition function = site.cloud.definition(site.resource("PlanRelease"));
            VirtualCloud.prepare(builder, function);
            call.accept(builder.httpClient(site.cloud.http(function.name())).build());
        };
        return Arguments.of(calling, code, status);
    }

    /** The code and the status are those of the service (API references, common errors). */
    @ParameterizedTest
    @MethodSource("refusals")
    void each_service_refuses_in_its_own_words(Consumer<SampleSite> calling, String code, int status) {
        assertThatThrownBy(() -> calling.accept(site)).isInstanceOfSatisfying(AwsServiceException.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.awsErrorDetails().errorMessage())
                    .startsWith("User: arn:aws:sts::111122223333:assumed-role/greenlane-PlanReleaseRole/")
                    .contains(" is not authorized to perform: ");
        });
    }

    @Test
    void a_deployment_says_what_its_service_role_may_not() {
        withdraw("Sample-CodeDeployRole", "ecs:CreateTaskSet");

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.deployments()).first().satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo(DeploymentStatus.FAILED);
            assertThat(deployment.errorInformation().code()).isEqualTo(ErrorCode.IAM_ROLE_PERMISSIONS);
            assertThat(deployment.errorInformation().message())
                    .contains("operations in the following AWS service: AmazonECS");
        });
    }

    @Test
    void a_task_says_what_its_execution_role_may_not() {
        withdraw("Sample-TaskExecutionRole", "ecr:GetDownloadUrlForLayer");

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(release -> {
            assertThat(release.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(release.reason()).contains("CannotPullContainerError: failed to resolve ref ",
                    "no identity-based policy allows the ecr:GetDownloadUrlForLayer action");
        });
    }

    @Test
    void a_task_whose_log_may_not_be_written_runs_without_one() {
        withdraw("Sample-TaskExecutionRole", "logs:PutLogEvents");

        site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED");
        assertThat(site.cloud.audit.denied()).isNotEmpty()
                .allSatisfy(denied -> assertThat(denied.request().action()).isEqualTo("logs:PutLogEvents"));
    }

    @ParameterizedTest
    @CsvSource({"PlanReleaseRole, lambda.amazonaws.com", "ReleaseRole, states.amazonaws.com",
            "Sample-CodeDeployRole, codedeploy.amazonaws.com", "Sample-TaskExecutionRole, ecs-tasks.amazonaws.com"})
    void a_release_fails_where_a_role_does_not_trust_its_service(String role, String service) {
        Role before = site.cloud.roles.role(roleOf(role)).orElseThrow();
        site.cloud.roles.add(new Role(before.arn(), before.name(), Map.of("Statement", List.of()), before.inline(),
                before.managedPolicyArns(), before.boundary()));

        site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes()).doesNotContain("DEPLOYED");
        assertThat(site.cloud.audit.denied()).isNotEmpty().allSatisfy(denied -> assertThat(denied.sentence())
                .isEqualTo(service + " is not authorized to perform: sts:AssumeRole on resource: " + roleOf(role)
                        + " because no resource-based policy allows the sts:AssumeRole action"));
    }

    @Test
    void an_event_that_its_rule_may_not_deliver_is_kept() {
        withdraw("ImagePushedRole", "states:StartExecution");

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.undelivered()).isEqualTo(1);
        assertThat(actionsOf("events.amazonaws.com")).contains("sqs:SendMessage");
    }

    @Test
    void a_function_takes_events_only_of_the_rules_that_its_policy_names() {
        String function = VirtualCloud.ACCOUNT.arn("lambda", "function:" + site.resource("DeploymentChanged"));
        site.cloud.roles.addResourcePolicy(function, Map.of("Statement", List.of()));

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.undelivered()).isPositive();
        assertThat(site.cloud.audit.denied()).isNotEmpty().allSatisfy(decision -> assertThat(decision.sentence())
                .isEqualTo("events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: "
                        + function + " because no resource-based policy allows the lambda:InvokeFunction action"));
    }

    @Test
    void a_workflow_under_a_role_that_no_template_defined_may_do_everything() {
        String machine = site.cloud.stepFunctions.createStateMachine(make -> make.name("by-hand")
                .roleArn("arn:aws:iam::111122223333:role/by-hand").definition("""
                        {"StartAt": "Invoke", "States": {"Invoke": {"Type": "Task", "End": true,
                         "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "%s"}}}}"""
                        .formatted(site.resource("Sweep"))))
                .stateMachineArn();

        String execution = site.cloud.stepFunctions.startExecution(start -> start.stateMachineArn(machine))
                .executionArn();
        site.settle();

        assertThat(site.cloud.stepFunctions.describeExecution(of -> of.executionArn(execution)).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(site.cloud.audit.denied()).isEmpty();
    }

    private List<String> outcomes() {
        return site.recorded().stream().map(SampleSite.Recorded::outcome).toList();
    }

    /** What was done with a role, or by a service that has none. */
    private Set<String> actionsOf(String who) {
        return site.cloud.audit.used().values().stream().map(Audit.Use::first)
                .filter(request -> who.equals(request.principal() instanceof Principal.Session session
                        ? session.role()
                        : request.principal().name()))
                .map(AccessRequest::action).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String roleOf(String name) {
        return "arn:aws:iam::111122223333:role/greenlane-" + name;
    }

    /** Takes one action from every statement of a role. */
    private void withdraw(String name, String action) {
        WithoutGrant.withdraw(site.cloud.roles, roleOf(name), action);
    }
}
