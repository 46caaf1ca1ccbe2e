package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

@SuppressWarnings("unchecked") // the SDK builders take lists as generic varargs
class ServiceDiscoveryTest {
    private static final ServiceReference API = new ServiceReference(new RepositoryName("shop/api"), "shop", "api",
            null,
            null);

    private final Cloud cloud = new Cloud();

    @Test
    void everything_is_found_from_application_group_and_repository() {
        ServiceTopology topology = cloud.discovery().discover(API);

        assertThat(topology).isEqualTo(new ServiceTopology(
                new ServiceReference(API.repository(), "shop", "api", "shop", "api"), 2,
                new TaskSet("ecs-svc/1", "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:41", "arn/blue",
                        "1.4.0", new TaskSet.Network(List.of("subnet-1", "subnet-2"), List.of("sg-1"), "ENABLED"),
                        List.of()),
                List.of(new ServiceTopology.TargetGroup("blue", "arn/blue"),
                        new ServiceTopology.TargetGroup("green", "arn/green")),
                "listener/prod", "listener/test", URI.create("http://shop.eu-west-1.elb.amazonaws.com:8080"), "api", 80,
                new Digest("sha256:" + "00".repeat(32))));
        assertThat(cloud.running().of(API)).isEqualTo(topology.primary().taskDefinition());
    }

    @Test
    void the_base_is_what_the_primary_task_set_runs_not_what_the_service_or_family_names() {
        cloud.service = cloud.service.toBuilder().taskDefinition("api:99").taskSets(
                green -> green.id("ecs-svc/2").status("ACTIVE").taskDefinition("api:42"),
                blue -> blue.id("ecs-svc/1").status("PRIMARY").taskDefinition("api:41")
                        .loadBalancers(it -> it.targetGroupArn("arn/blue").containerName("api").containerPort(80)),
                old -> old.id("ecs-svc/0").status("DRAINING").taskDefinition("api:40")).build();

        assertThat(cloud.discovery().discover(API).primary().taskDefinition()).isEqualTo("api:41");
        assertThat(cloud.asked).containsExactly("api:41");
    }

    @Test
    void a_secure_test_listener_gives_a_secure_address() {
        cloud.listeners.put("listener/test",
                Cloud.listener("test", 8443, "arn/blue").toBuilder().protocol(ProtocolEnum.HTTPS).build());

        assertThat(cloud.discovery().discover(API).testAddress())
                .isEqualTo(URI.create("https://shop.eu-west-1.elb.amazonaws.com:8443"));
    }

    @Test
    void the_forward_weights_say_which_target_group_serves_when_the_task_set_does_not() {
        cloud.service = cloud.service.toBuilder()
                .loadBalancers(it -> it.containerName("api").containerPort(80))
                .taskSets(blue -> blue.id("ecs-svc/1").status("PRIMARY").taskDefinition("api:41")).build();
        cloud.listeners.put("listener/prod", Cloud.listener("prod", 80, "arn/blue").toBuilder()
                .defaultActions(Cloud.forward(Map.of("arn/blue", 0, "arn/green", 100))).build());

        assertThat(cloud.discovery().discover(API).primary().targetGroup()).isEqualTo("arn/green");
    }

    @Test
    void production_may_be_forwarded_by_a_rule() {
        cloud.listeners.put("listener/prod", Cloud.listener("prod", 80, "arn/elsewhere"));
        cloud.rules = List.of(Rule.builder().isDefault(true).build(),
                Rule.builder().priority("1").actions(Cloud.forward(Map.of("arn/blue", 1))).build());

        assertThat(cloud.discovery().discover(API).primary().targetGroup()).isEqualTo("arn/blue");
    }

    @Test
    void the_running_digest_is_unknown_when_a_tag_runs_or_containers_differ() {
        cloud.containers.put("api", Cloud.HOST + "/shop/api:v1");
        assertThat(cloud.discovery().discover(API).running()).isNull();

        cloud.containers.put("api", "127.0.0.1:5000/shop/api@sha256:" + "11".repeat(32));
        assertThat(cloud.discovery().discover(API).running()).isEqualTo(new Digest("sha256:" + "11".repeat(32)));

        cloud.containers.put("worker", Cloud.HOST + "/shop/api@sha256:" + "00".repeat(32));
        assertThat(cloud.discovery().discover(API).running()).isNull();
    }

    @Test
    void capacity_providers_are_taken_as_the_service_runs_them() {
        cloud.service = cloud.service.toBuilder().taskSets(blue -> blue.id("ecs-svc/1").status("PRIMARY")
                .taskDefinition("api:41")
                .loadBalancers(it -> it.targetGroupArn("arn/blue").containerName("api").containerPort(80))
                .capacityProviderStrategy(spot -> spot.capacityProvider("FARGATE_SPOT").weight(4),
                        fargate -> fargate.capacityProvider("FARGATE").base(1).weight(1)))
                .build();

        assertThat(cloud.discovery().discover(API).primary()).isEqualTo(new TaskSet("ecs-svc/1", "api:41", "arn/blue",
                null, null, List.of(new TaskSet.CapacityProvider("FARGATE_SPOT", 0, 4),
                        new TaskSet.CapacityProvider("FARGATE", 1, 1))));
    }

    static Stream<Arguments> problems() {
        return Stream.of(problem("ECR repository 'shop/api' does not exist", it -> it.repositoryExists = false),
                problem("CodeDeploy application 'shop' does not exist", it -> it.applicationExists = false),
                problem("Deployment group shop/api deploys to Lambda, not to ECS",
                        it -> it.group = it.group.toBuilder().computePlatform(ComputePlatform.LAMBDA).build()),
                problem("Deployment group shop/api is not BLUE_GREEN with WITH_TRAFFIC_CONTROL",
                        it -> it.group = it.group.toBuilder()
                                .deploymentStyle(style -> style.deploymentType(DeploymentType.IN_PLACE)).build()),
                problem("Deployment group shop/api names 2 ECS services, not one", it -> it.group = it.group.toBuilder()
                        .ecsServices(one -> one.serviceName("api"), two -> two.serviceName("web")).build()),
                problem("Deployment group shop/api has not one pair of two target groups", it -> it.group = it.group
                        .toBuilder().loadBalancerInfo(LoadBalancerInfo.builder().build()).build()),
                problem("has no test listener, so nothing could be tested before production moves; add one",
                        it -> it.group = withPair(it,
                                pair(it).toBuilder().testTrafficRoute(route -> route.listenerArns(List.of())).build())),
                problem("has no test listener",
                        it -> it.group = withPair(it,
                                TargetGroupPairInfo.builder().targetGroups(pair(it).targetGroups())
                                        .prodTrafficRoute(pair(it).prodTrafficRoute()).build())),
                problem("names 2 production listeners, not one", it -> it.group = withPair(it,
                        pair(it).toBuilder().prodTrafficRoute(route -> route.listenerArns("a", "b")).build())),
                problem("ECS cluster 'shop' does not exist", it -> it.clusterExists = false),
                problem("ECS service 'api' does not exist in cluster 'shop'",
                        it -> it.service = it.service.toBuilder().serviceName("web").build()),
                problem("ECS service shop/api is INACTIVE, not ACTIVE",
                        it -> it.service = it.service.toBuilder().status("INACTIVE").build()),
                problem("ECS service shop/api is deployed by ECS; only services with the deployment controller"
                        + " CODE_DEPLOY can be released to",
                        it -> it.service = it.service.toBuilder()
                                .deploymentController(controller -> controller.type(DeploymentControllerType.ECS))
                                .build()),
                problem("ECS service shop/api has 0 PRIMARY task sets, not one; does it run at all?",
                        it -> it.service = it.service.toBuilder().taskSets(List.of()).build()),
                problem("ECS service shop/api runs in target group arn/other, which deployment group shop/api does not name",
                        it -> it.service = it.service.toBuilder().taskSets(blue -> blue.status("PRIMARY")
                                .taskDefinition("api:41").loadBalancers(tg -> tg.targetGroupArn("arn/other")))
                                .build()),
                problem("Target group 'green' does not exist", it -> it.targetGroups.remove("green")),
                problem("Test listener listener/test does not exist", it -> it.listeners.remove("listener/test")),
                problem("Production listener listener/prod forwards to none of the target groups blue and green",
                        it -> it.listeners.put("listener/prod", Cloud.listener("prod", 80, "arn/elsewhere"))),
                problem("No container of the running task definition api:41 runs an image of 127.0.0.1:5000/shop/api:"
                        + " api runs 'nginx:1', proxy runs 'public.example/proxy:1'",
                        it -> it.containers.put("api", "nginx:1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void a_service_that_cannot_be_deployed_to_is_refused_in_a_clear_sentence(String sentence, Consumer<Cloud> bend) {
        bend.accept(cloud);

        assertThatThrownBy(() -> cloud.discovery().discover(API)).isInstanceOf(ServiceNotDeployableException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void an_unknown_deployment_group_is_refused() {
        ServiceReference unknown = new ServiceReference(API.repository(), "shop", "web", null, null);

        assertThatThrownBy(() -> cloud.discovery().discover(unknown))
                .hasMessage("CodeDeploy application 'shop' has no deployment group 'web'");
    }

    @Test
    void all_problems_are_told_at_once() {
        cloud.repositoryExists = false;
        cloud.clusterExists = false;
        cloud.targetGroups.clear();
        cloud.listeners.clear();

        assertThatThrownBy(() -> cloud.discovery().discover(API)).hasMessage("ECR repository 'shop/api' does not exist;"
                + " ECS cluster 'shop' does not exist; Target group 'blue' does not exist; Target group 'green' does not"
                + " exist; Production listener listener/prod does not exist; Test listener listener/test does not exist");
    }

    private static Arguments problem(String sentence, Consumer<Cloud> bend) {
        return Arguments.of(sentence, bend);
    }

    private static TargetGroupPairInfo pair(Cloud cloud) {
        return cloud.group.loadBalancerInfo().targetGroupPairInfoList().get(0);
    }

    private static software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo withPair(Cloud cloud,
            TargetGroupPairInfo pair) {
        return cloud.group.toBuilder().loadBalancerInfo(load -> load.targetGroupPairInfoList(pair)).build();
    }
}
