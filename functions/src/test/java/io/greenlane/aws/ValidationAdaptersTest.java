package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.hook.HookCall;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.ServiceDeployments.ServiceDeployment;
import io.greenlane.hook.ValidationTarget;
import io.greenlane.image.Digest;
import io.greenlane.json.Json;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.validation.HookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Workflows, lifecycle events and service deployments over the wire: the real SDK clients, against a socket. */
@SuppressWarnings("unchecked") // the SDK builders take lists as generic varargs
class ValidationAdaptersTest {
    private static final CodeDeployHook HOOK = new CodeDeployHook(HookEvent.BEFORE_ALLOW_TRAFFIC,
            new HookCall("d-AB12CD34E", "execution"));
    private static final EcsHook ECS = new EcsHook(HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
            "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/api/one",
            "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/api/7");
    private static final Instant BEGAN = Instant.ofEpochSecond(1_772_600_767);
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final Clients clients = new Clients(UrlConnectionHttpClient.create(),
            builder -> builder.endpointOverride(endpoint.address()).region(Region.EU_WEST_1).credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    private final HookExecutions executions = new HookExecutions(clients.stepFunctions(),
            "arn:aws:states:eu-west-1:111122223333:stateMachine:validation");

    @AfterEach
    void close() {
        endpoint.close();
    }

    private Map<String, Object> sent(int number) {
        return Json.object(endpoint.received().get(number).body());
    }

    @Test
    void executions_are_named_after_the_hook_and_one_that_ended_is_none() {
        endpoint.answer(asked -> Map.of("executionArn", "arn", "startDate", BEGAN.getEpochSecond()));
        endpoint.answer(asked -> Map.of("__type", "ExecutionAlreadyExists"));
        endpoint.answer(asked -> Map.of("executionArn", "arn", "startDate", BEGAN.getEpochSecond()));
        assertThat(executions.start(HOOK, Map.of())).isEqualTo(BEGAN);
        assertThat(executions.start(HOOK, Map.of())).isNull();
        executions.start(HOOK, Map.of("overdueAt", BEGAN.toString()));
        assertThat(sent(0)).containsEntry("name", "d-AB12CD34E-BeforeAllowTraffic")
                .containsEntry("stateMachineArn", "arn:aws:states:eu-west-1:111122223333:stateMachine:validation");
        assertThat(sent(1)).isEqualTo(sent(0));
        assertThat(Json.object(String.valueOf(sent(2).get("input")))).containsEntry("overdueAt", BEGAN.toString())
                .containsEntry("hook", HOOK.members());
    }

    @Test
    void a_lifecycle_event_begins_when_aws_says_and_its_silence_is_no_error() {
        CodeDeployLifecycle lifecycle = new CodeDeployLifecycle(clients.codeDeploy());
        endpoint.answer(asked -> Map.of("targetIds", List.of("shop:api")));
        endpoint.answer(asked -> Map.of("deploymentTargets", List.of(Map.of("ecsTarget", Map.of("lifecycleEvents",
                List.of(Map.of("lifecycleEventName", "Install", "startTime", 1),
                        Map.of("lifecycleEventName", "BeforeAllowTraffic", "startTime",
                                BEGAN.getEpochSecond())))))));
        endpoint.answer(asked -> Map.of("__type", "DeploymentDoesNotExistException"));
        assertThat(lifecycle.begin("d-AB12CD34E", HookEvent.BEFORE_ALLOW_TRAFFIC)).isEqualTo(BEGAN);
        assertThat(lifecycle.begin("d-NOTHING", HookEvent.BEFORE_ALLOW_TRAFFIC)).isNull();
        assertThat(sent(1)).containsEntry("targetIds", List.of("shop:api"));
    }

    private static Map<String, Object> revision(Map<String, Object> advanced) {
        return Map.of("serviceRevisions", List.of(Map.of("serviceArn",
                "arn:aws:ecs:eu-west-1:111122223333:service/shop/api", "clusterArn",
                "arn:aws:ecs:eu-west-1:111122223333:cluster/shop", "loadBalancers",
                List.of(Map.of("containerName", "api", "targetGroupArn", "arn/blue", "advancedConfiguration",
                        advanced)),
                "containerImages",
                List.of(Map.of("containerName", "proxy", "imageDigest", "sha256:" + "b".repeat(64)),
                        Map.of("containerName", "api", "imageDigest", DIGEST)),
                "resolvedConfiguration", Map.of("loadBalancers", List.of(Map.of("targetGroupArn", "arn/green"))))));
    }

    @Test
    void a_service_deployment_says_what_it_brings_and_whether_it_goes_back() {
        EcsServiceDeployments deployments = new EcsServiceDeployments(clients.ecs());
        endpoint.answer(asked -> Map.of("serviceDeployments", List.of(Map.of("status", "IN_PROGRESS"))));
        endpoint.answer(asked -> revision(Map.of()));
        endpoint.answer(asked -> Map.of("serviceDeployments", List.of(Map.of("status", "ROLLBACK_IN_PROGRESS"))));
        endpoint.answer(asked -> revision(Map.of()));
        endpoint.answer(asked -> Map.of("serviceDeployments", List.of()));
        assertThat(deployments.find(ECS)).isEqualTo(new ServiceDeployment(false, new Digest(DIGEST)));
        assertThat(deployments.find(ECS)).isEqualTo(new ServiceDeployment(true, new Digest(DIGEST)));
        assertThat(deployments.find(ECS)).isNull();
        assertThat(sent(0)).containsEntry("serviceDeploymentArns", List.of(ECS.serviceDeployment()));
        assertThat(sent(1)).containsEntry("serviceRevisionArns", List.of(ECS.serviceRevision()));
    }

    @Test
    void a_service_without_a_test_listener_rule_is_told_what_to_add() {
        Cloud cloud = new Cloud();
        EcsTargets targets = new EcsTargets(clients.ecs(), cloud.loadBalancing());
        endpoint.answer(asked -> revision(Map.of("productionListenerRule", "listener/prod")));
        assertThatThrownBy(() -> targets.find(ECS)).isInstanceOf(ServiceNotDeployableException.class)
                .hasMessageContaining("testListenerRule");
    }

    @Test
    void green_of_ecs_answers_behind_the_test_rule_and_blue_at_production() {
        Cloud cloud = new Cloud();
        String listener = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c49/f2f7dc8e";
        cloud.listeners.put(listener, Objects.requireNonNull(cloud.listeners.get("listener/test")));
        cloud.rules = List.of(Rule.builder().actions(action -> action.forwardConfig(to -> to.targetGroups(
                one -> one.targetGroupArn("arn/blue").weight(0),
                one -> one.targetGroupArn("arn/green").weight(1)))).build());
        EcsTargets targets = new EcsTargets(clients.ecs(), cloud.loadBalancing());
        Map<String, Object> rules = Map.of("alternateTargetGroupArn", "arn/green", "productionListenerRule",
                "listener/prod", "testListenerRule",
                listener.replace(":listener/", ":listener-rule/") + "/9683b2d02a6cabee");
        endpoint.answer(asked -> revision(rules));
        ValidationTarget target = targets.find(ECS);
        assertThat(target.service()).isEqualTo("api");
        assertThat(target.digest()).isEqualTo(new Digest(DIGEST));
        assertThat(target.green()).isNotEqualTo(target.blue());
        endpoint.answer(asked -> Map.of("services", List.of(Map.of("desiredCount", 2))));
        assertThat(target.routing().doubt()).contains("0 healthy targets of 2");
        endpoint.answer(asked -> revision(rules));
        assertThat(targets.find(new EcsHook(HookEvent.AFTER_ALLOW_TRAFFIC, ECS.serviceDeployment(),
                ECS.serviceRevision())).blue()).isNull();
    }
}
