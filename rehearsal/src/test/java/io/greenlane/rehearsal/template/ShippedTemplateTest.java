package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;

class ShippedTemplateTest {
    private static final Set<String> FUNCTIONS = Set.of("PlanRelease", "AdmitRelease", "CheckGates", "GateNews",
            "RegisterTaskDefinition",
            "StartDeployment", "DeploymentChanged", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic",
            "EcsLifecycleHook", "RunValidation", "ReportVerdict", "RecordOutcome", "SettleGroup", "Sweep",
            "TaskStopped",
            "Operate", "Preflight");

    private final RecordingCloud cloud = new RecordingCloud();

    private Stack deploy(Map<String, String> parameters) {
        return new StackDeployer(new Account("111122223333", "eu-west-1"), cloud.clients()).deploy("greenlane",
                ShippedTemplates.main(), parameters);
    }

    private Stack deployExistingWith(String parameter, String value) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.put(parameter, value);
        return deploy(parameters);
    }

    @Test
    void three_names_are_enough_for_an_existing_service() {
        Stack stack = deploy(ShippedTemplates.EXISTING_SERVICE);

        assertThat(stack.nested()).isEmpty();
        assertThat(cloud.requests(CreateServiceRequest.class)).isEmpty();
        assertThat(stack.output("DeploymentGroupName")).isEqualTo("DgpECS-shop");
        assertThat(stack.outputs()).doesNotContainKey("ProductionUrl");
        assertThat(functionsByLogicalId(stack).keySet()).isEqualTo(FUNCTIONS);
        assertThat(environment(stack, "PlanRelease", "SERVICES")).isEqualTo(
                "[{\"repository\":\"shop/web\",\"application\":\"AppECS-shop\",\"deploymentGroup\":\"DgpECS-shop\", "
                        + "\"overlap\":\"newest-wins\",\"endTerminationWait\":false}]");
    }

    @Test
    void a_tag_rule_travels_to_the_functions() {
        Stack stack = deployExistingWith("TagRule", "semver:>=1.0.0 <2");

        assertThat(environment(stack, "PlanRelease", "SERVICES")).contains(",\"tags\":[\"semver:>=1.0.0 <2\"], ");
    }

    @Test
    void without_a_service_the_sample_website_is_created() {
        Stack stack = deploy(ShippedTemplates.SAMPLE_WEBSITE);

        assertThat(stack.nested()).containsOnlyKeys("Sample");
        assertThat(stack.output("ProductionUrl")).isEqualTo("http://127.0.0.1:18080/");
        assertThat(stack.output("TestUrl")).isEqualTo("http://127.0.0.1:18081/");
        assertThat(environment(stack, "PlanRelease", "SERVICES")).isEqualTo(
                "[{\"repository\":\"sample-website\",\"application\":\"%s\",\"deploymentGroup\":\"%s\", \"overlap\":\"newest-wins\",\"endTerminationWait\":false}]"
                        .formatted(
                                stack.output("CodeDeployApplicationName"), stack.output("DeploymentGroupName")));
    }

    @Test
    void the_sample_website_is_the_walkthrough_of_the_codedeploy_guide() {
        deploy(ShippedTemplates.SAMPLE_WEBSITE);

        assertThat(cloud.requests(RegisterTaskDefinitionRequest.class)).singleElement().satisfies(revision -> {
            assertThat(revision.family()).isEqualTo("sample-website");
            assertThat(revision.cpu()).isEqualTo("256");
            assertThat(revision.memory()).isEqualTo("512");
            assertThat(revision.networkModeAsString()).isEqualTo("awsvpc");
            assertThat(revision.requiresCompatibilitiesAsStrings()).containsExactly("FARGATE");
            assertThat(revision.containerDefinitions()).singleElement().satisfies(container -> {
                assertThat(container.image())
                        .isEqualTo("111122223333.dkr.ecr.eu-west-1.amazonaws.com/sample-website:v1");
                assertThat(container.portMappings().getFirst().containerPort()).isEqualTo(80);
            });
        });
        assertThat(cloud.requests(CreateServiceRequest.class)).singleElement().satisfies(service -> assertThat(
                service.deploymentController().type()).isEqualTo(DeploymentControllerType.CODE_DEPLOY));
        assertThat(cloud.requests(CreateTargetGroupRequest.class)).hasSize(2)
                .allSatisfy(group -> assertThat(group.targetType()).isEqualTo(TargetTypeEnum.IP))
                .allSatisfy(group -> assertThat(group.healthCheckPath()).isEqualTo("/health"));
        assertThat(cloud.requests(CreateListenerRequest.class)).extracting(CreateListenerRequest::port)
                .containsExactlyInAnyOrder(18080, 18081);
        assertThat(cloud.requests(CreateDeploymentGroupRequest.class)).singleElement().satisfies(group -> {
            assertThat(group.deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
            assertThat(group.deploymentStyle().deploymentOption()).isEqualTo(DeploymentOption.WITH_TRAFFIC_CONTROL);
            assertThat(group.autoRollbackConfiguration().events()).containsExactlyInAnyOrder(
                    AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM,
                    AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);
            assertThat(group.alarmConfiguration().alarms()).isNotEmpty();
            assertThat(group.blueGreenDeploymentConfiguration().terminateBlueInstancesOnDeploymentSuccess()
                    .terminationWaitTimeInMinutes()).isEqualTo(5);
            assertThat(group.ecsServices()).singleElement().extracting(ECSService::serviceName)
                    .isEqualTo("sample-website");
            TargetGroupPairInfo pair = group.loadBalancerInfo().targetGroupPairInfoList().getFirst();
            assertThat(pair.targetGroups()).hasSize(2);
            assertThat(pair.testTrafficRoute().listenerArns()).hasSize(1)
                    .doesNotContainAnyElementsOf(pair.prodTrafficRoute().listenerArns());
        });
    }

    @Test
    void the_hooks_have_the_names_that_codedeploys_limited_role_may_invoke_and_are_repeated() {
        Stack stack = deploy(ShippedTemplates.EXISTING_SERVICE);

        for (String hook : List.of("AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")) {
            FunctionDefinition function = function(stack, hook);
            assertThat(function.name()).startsWith("CodeDeployHook_");
            assertThat(function.retries().maximumRetryAttempts()).isEqualTo(2);
        }
    }

    @Test
    void the_sample_lets_codedeploy_invoke_exactly_these_hooks() {
        Stack stack = deploy(ShippedTemplates.SAMPLE_WEBSITE);

        Roles.Role role = cloud.roles.roles().stream().filter(each -> each.name().contains("CodeDeployRole"))
                .findFirst()
                .orElseThrow();
        assertThat(role.inline().toString()).contains(stack.output("AfterAllowTestTrafficArn"),
                stack.output("BeforeAllowTrafficArn"), stack.output("AfterAllowTrafficArn"));
    }

    @Test
    void the_workflows_are_standard_and_call_functions_of_this_stack() {
        deploy(ShippedTemplates.EXISTING_SERVICE);

        assertThat(cloud.requests(CreateStateMachineRequest.class)).hasSize(3).allSatisfy(machine -> {
            assertThat(machine.type()).isEqualTo(StateMachineType.STANDARD);
            assertThat(machine.definition())
                    .contains("arn:aws:lambda:eu-west-1:111122223333:function:greenlane-")
                    .doesNotContain("${");
            assertThat(machine.loggingConfiguration().includeExecutionData()).isFalse();
        });
    }

    @Test
    void the_table_has_the_keys_of_the_ledger() {
        deploy(ShippedTemplates.EXISTING_SERVICE);

        assertThat(cloud.requests(CreateTableRequest.class)).singleElement().satisfies(table -> {
            assertThat(table.keySchema()).singleElement()
                    .satisfies(key -> assertThat(key.attributeName()).isEqualTo("id"));
            assertThat(table.globalSecondaryIndexes()).singleElement()
                    .satisfies(index -> assertThat(index.indexName()).isEqualTo("open"));
            assertThat(table.sseSpecification().enabled()).isTrue();
        });
    }

    @Test
    void reports_are_encrypted_and_nobody_elses() {
        deploy(ShippedTemplates.EXISTING_SERVICE);

        assertThat(cloud.requests(PutBucketEncryptionRequest.class)).hasSize(1);
        assertThat(cloud.requests(PutPublicAccessBlockRequest.class)).singleElement()
                .extracting(PutPublicAccessBlockRequest::publicAccessBlockConfiguration)
                .satisfies(block -> assertThat(List.of(block.blockPublicAcls(), block.blockPublicPolicy(),
                        block.ignorePublicAcls(), block.restrictPublicBuckets())).containsOnly(true));
        assertThat(cloud.requests(PutBucketPolicyRequest.class)).singleElement()
                .satisfies(put -> assertThat(put.policy()).contains("aws:SecureTransport"));
        assertThat(cloud.requests(PutBucketLifecycleConfigurationRequest.class)).singleElement()
                .satisfies(put -> assertThat(put.lifecycleConfiguration().rules().getFirst().expiration().days())
                        .isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DeploymentGroupName | '' | Give CodeDeployApplicationName and DeploymentGroupName",
            "HookSubnetIds | subnet-0a1b2c3d | Give HookSubnetIds and HookSecurityGroupIds",
            "ServiceName | web | give its ClusterName too", "RepositoryName | Shop | 'RepositoryName' must be the name",
            "CheckReadyWithin | 5m | for example PT90S", "TagRule | 'glob:\"' | 'TagRule' must be",
            "TerminationWaitMinutes | 3000 | 'TerminationWaitMinutes'",
            "ValidationSource | https://x/y | 'ValidationSource' must be",
            "SecretPath | secrets/ | 'SecretPath' must be empty, or a path with a slash at both ends",
            "SecretPath | / | 'SecretPath' must be", "SecretPath | // | 'SecretPath' must be",
            "SecretPath | /shop/secrets | 'SecretPath' must be", "SecretPath | /shop//secrets/ | 'SecretPath' must be",
            "SecretPath | /shop/*/ | 'SecretPath' must be", "Overlap | newest | 'Overlap'",
            "EndTerminationWait | yes | 'EndTerminationWait'", "Services | shop | 'Services' must be",
            "DeploymentGroupName | * | Name the application and the deployment group",
            "AlarmNames | shop-latency | AlarmNames is for the sample website",
            "TestListenerCidr | 203.0.113.7/32 | TestListenerCidr is for the sample website",
            "CheckHost | https://shop.example.com | 'CheckHost' must be a DNS name",
            "CheckHost | shop.example.com:443 | 'CheckHost' must be a DNS name",
            "VpcId | vpc-0a1b2c3d | VpcId is for the sample website",
            "SubnetIds | subnet-0a1b2c3d,subnet-4e5f6a7b | SubnetIds is for the sample website",
            "CertificateArn | arn:aws:acm:eu-west-1:111122223333:certificate/0d6b2b6a | CertificateArn is for the sample website",
            "InitialImageTag | v2 | InitialImageTag is for the sample website",
            "ProductionPort | 443 | ProductionPort is for the sample website",
            "TestPort | 8443 | TestPort is for the sample website",
            "DeploymentConfigName | CodeDeployDefault.ECSCanary10Percent5Minutes | DeploymentConfigName is for the sample website",
            "TerminationWaitMinutes | 5 | TerminationWaitMinutes is for the sample website",
            "ApprovalsInChat | true | ApprovalsInChat is for approvals; give Approvals=true too",
            "KmsKeyArn | alias/shop | 'KmsKeyArn' must be the ARN of a key",
            "AlarmTopicArn | arn:aws:sns:eu-west-1:111122223333:on-call.fifo | 'AlarmTopicArn' must be"})
    void a_bad_parameter_is_refused_before_anything_is_created(String parameter, String value, String message) {
        assertThatThrownBy(() -> deployExistingWith(parameter, value)).isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
        assertThat(cloud.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"TagRule | glob:v* | give each service its tags there",
            "Overlap | queue | give each service its overlap there",
            "EndTerminationWait | true | give each service its endTerminationWait there"})
    void what_would_not_count_beside_several_services_is_refused(String parameter, String value, String message) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.putAll(Map.of("Services",
                "[{\"repository\":\"shop/web\",\"application\":\"shop\",\"deploymentGroup\":\"web\"}]", parameter,
                value));

        assertThatThrownBy(() -> deploy(parameters)).isInstanceOf(TemplateException.class)
                .hasMessageContaining(parameter + " does not count with Services; " + message);
        assertThat(cloud.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "[ { } ]", "[\"shop/web\"]", "{\"repository\":\"shop/web\"}"})
    void services_without_members_are_refused(String services) {
        assertThatThrownBy(() -> deployExistingWith("Services", services)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("each an object with its members");
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void one_port_for_visitors_and_hooks_is_refused() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.put("TestPort", parameters.get("ProductionPort"));

        assertThatThrownBy(() -> deploy(parameters)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("ProductionPort and TestPort must differ.");
        assertThat(cloud.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "203.0.113.7/0", "0.0.0.0/1", "128.0.0.0/7", "::/0", "203.0.113.7",
            "203.0.113.7/33", "203.0.113.7/32,0.0.0.0/0", "999.1.2.3/24", "203.0.113.256/32", "203.0.113.07/32"})
    void the_test_listener_cannot_be_opened_to_the_world(String range) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.put("TestListenerCidr", range);

        assertThatThrownBy(() -> deploy(parameters)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("'TestListenerCidr' must be a range of IPv4 addresses between /8 and /32");
        assertThat(cloud.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7/32", "10.0.0.0/8", "172.16.0.0/12", "203.0.113.0/29", "255.249.199.99/32"})
    void the_test_listener_lets_in_a_range_of_addresses(String range) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.put("TestListenerCidr", range);
        Stack sample = deploy(parameters).stack("Sample");

        assertThat(sample.resources().get("LoadBalancerSecurityGroup")).asString().contains("CidrIp=" + range);
    }

    private static Map<String, String> sampleWithCertificate(Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.put("CertificateArn", "arn:aws:acm:eu-west-1:111122223333:certificate/0d6b2b6a");
        parameters.putAll(more);
        return parameters;
    }

    @Test
    void a_certificate_without_a_name_that_validations_ask_by_is_refused() {
        assertThat(List.of(Map.<String, String>of(), Map.of("ValidationSource", "default:")))
                .allSatisfy(more -> assertThatThrownBy(() -> deploy(sampleWithCertificate(more)))
                        .isInstanceOf(TemplateException.class)
                        .hasMessageContaining("With CertificateArn give CheckHost"));
        assertThat(cloud.requests).isEmpty();

        assertThat(deploy(sampleWithCertificate(Map.of("ValidationSource", "s3://shop/validation.yaml")))
                .output("TestUrl")).startsWith("https://");
    }

    @Test
    void the_name_to_ask_by_travels_to_the_functions() {
        Stack stack = deploy(sampleWithCertificate(Map.of("CheckHost", "shop.example.com")));

        assertThat(List.of("RunValidation", "Preflight")).allSatisfy(
                function -> assertThat(environment(stack, function, "CHECK_HOST")).isEqualTo("shop.example.com"));
    }

    @Test
    void an_overlap_policy_travels_to_the_functions() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.putAll(Map.of("Overlap", "queue", "EndTerminationWait", "true"));
        Stack stack = deploy(parameters);

        assertThat(List.of("PlanRelease", "Sweep")).allSatisfy(function -> assertThat(
                environment(stack, function, "SERVICES"))
                .endsWith("\"overlap\":\"queue\",\"endTerminationWait\":true}]"));
    }

    @Test
    void several_services_travel_to_the_functions_as_they_are() {
        String services = "[{\"repository\":\"shop/web\",\"application\":\"shop\",\"deploymentGroup\":\"web\",\"group\":\"shop\"},"
                + "{\"repository\":\"shop/web\",\"application\":\"shop\",\"deploymentGroup\":\"worker\",\"group\":\"shop\",\"wave\":2}]";
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters
                .putAll(Map.of("CodeDeployApplicationName", "shop", "DeploymentGroupName", "*", "Services", services));
        Stack stack = deploy(parameters);

        assertThat(List.of("PlanRelease", "Sweep", "Operate")).allSatisfy(function -> assertThat(
                environment(stack, function, "SERVICES")).isEqualTo(services));
        assertThat(cloud.roles.roles().stream().filter(role -> role.name().contains("StartDeploymentRole")).findFirst()
                .orElseThrow().inline().toString()).contains("deploymentgroup:shop/*");
        assertThatThrownBy(() -> deploy(Map.of("RepositoryName", "shop", "Services", services)))
                .hasMessageContaining("Give CodeDeployApplicationName and DeploymentGroupName with Services");
    }

    @Test
    void alarms_of_the_account_stop_deployments_of_the_sample_and_codedeploy_may_look_at_them() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.put("AlarmNames", "shop latency,shop-orders");
        deploy(parameters);

        assertThat(cloud.requests(CreateDeploymentGroupRequest.class)).singleElement()
                .satisfies(group -> assertThat(group.alarmConfiguration().alarms()).extracting(Alarm::name)
                        .containsExactly("greenlane-Sample-ServerErrors", "shop latency", "shop-orders"));
        assertThat(cloud.roles.roles().stream().filter(role -> role.name().contains("CodeDeployRole")).findFirst()
                .orElseThrow().inline().toString()).contains("alarm:shop latency", "alarm:shop-orders")
                .doesNotContain("alarm:,");
    }

    @Test
    void alarms_go_to_the_topic_that_is_named_for_them() {
        deployExistingWith("AlarmTopicArn", "arn:aws:sns:eu-west-1:111122223333:on-call");

        assertThat(cloud.requests(PutMetricAlarmRequest.class)).isNotEmpty().allSatisfy(alarm -> assertThat(
                alarm.alarmActions()).containsExactly("arn:aws:sns:eu-west-1:111122223333:on-call"));
    }

    @Test
    void a_key_of_the_account_is_named_wherever_a_service_keeps_something() {
        String key = "arn:aws:kms:eu-west-1:111122223333:key/0d6b2b6a-9f5e-4c1e-8f0e-2f5b7a3c1d9e";
        deployExistingWith("KmsKeyArn", key);

        assertThat(cloud.requests(CreateTableRequest.class)).singleElement()
                .satisfies(table -> assertThat(table.sseSpecification().kmsMasterKeyId()).isEqualTo(key));
        assertThat(cloud.requests(CreateTopicRequest.class)).singleElement()
                .satisfies(topic -> assertThat(topic.attributes()).containsEntry("KmsMasterKeyId", key));
        assertThat(cloud.requests(CreateQueueRequest.class)).singleElement()
                .satisfies(queue -> assertThat(queue.attributesAsStrings()).containsEntry("KmsMasterKeyId", key)
                        .doesNotContainKey("SqsManagedSseEnabled"));
        assertThat(cloud.requests(CreateLogGroupRequest.class)).hasSize(3)
                .allSatisfy(group -> assertThat(group.kmsKeyId()).isEqualTo(key));
        assertThat(cloud.requests(PutBucketEncryptionRequest.class)).singleElement()
                .satisfies(put -> assertThat(put.serverSideEncryptionConfiguration().rules().getFirst()).satisfies(
                        rule -> assertThat(rule.bucketKeyEnabled()).isTrue(),
                        rule -> assertThat(rule.applyServerSideEncryptionByDefault().kmsMasterKeyID())
                                .isEqualTo(key)));
    }

    @Test
    void ending_a_wait_for_releases_that_never_wait_is_refused() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.putAll(Map.of("Overlap", "refuse", "EndTerminationWait", "true"));
        assertThatThrownBy(() -> deploy(parameters)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("with Overlap refuse none does");
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void a_sample_website_without_a_network_is_refused_with_everything_that_it_needs() {
        assertThatThrownBy(() -> deploy(Map.of("RepositoryName", "sample-website")))
                .hasMessageContaining("needs VpcId").hasMessageContaining("needs SubnetIds")
                .hasMessageContaining("needs TestListenerCidr").hasMessageContaining("needs HookSubnetIds");
        assertThat(cloud.requests).isEmpty();
    }

    private String environment(Stack stack, String function, String variable) {
        return function(stack, function).environment().getOrDefault(variable, "");
    }

    private FunctionDefinition function(Stack stack, String logicalId) {
        FunctionDefinition function = functionsByLogicalId(stack).get(logicalId);
        if (function == null) {
            throw new IllegalStateException("No function " + logicalId);
        }
        return function;
    }

    private Map<String, FunctionDefinition> functionsByLogicalId(Stack stack) {
        Map<String, FunctionDefinition> functions = new HashMap<>();
        stack.resources().forEach((id, resource) -> {
            FunctionDefinition function = cloud.functions.get(resource.physicalId());
            if (resource.type().equals("AWS::Lambda::Function") && function != null) {
                functions.put(id, function);
            }
        });
        return functions;
    }
}
