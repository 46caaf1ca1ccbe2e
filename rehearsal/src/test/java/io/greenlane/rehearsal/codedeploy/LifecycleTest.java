package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStatusException;

/** Deployments that go well, step by step. */
class LifecycleTest {
    private static final List<String> ALL_SUCCEEDED = List.of("BeforeInstall Succeeded", "Install Succeeded",
            "AfterInstall Succeeded", "AllowTestTraffic Succeeded", "AfterAllowTestTraffic Succeeded",
            "BeforeAllowTraffic Succeeded", "AllowTraffic Succeeded", "AfterAllowTraffic Succeeded");

    @Test
    void a_deployment_goes_through_every_lifecycle_event_and_calls_each_hook_once() {
        World world = new World();

        String id = world.deploy(World.appSpec(2, World.EVERY_HOOK));
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.CREATED);
        world.settle();

        assertThat(world.lifecycle(id)).isEqualTo(ALL_SUCCEEDED);
        assertThat(world.calls).containsExactly("before-install", "after-install", "after-test", "before-traffic",
                "after-traffic");
        assertThat(world.listeners.weights("prod")).isEqualTo("one=0 two=100");
        assertThat(world.listeners.weights("test")).isEqualTo("two=100");
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:2");
        assertThat(world.ecs.primary().externalId()).isEqualTo(id);
    }

    @Test
    void a_hook_finds_the_listeners_where_its_lifecycle_event_says() {
        World world = new World();
        List<String> seen = new ArrayList<>();
        for (String function : List.of("before-install", "after-install", "after-test", "before-traffic",
                "after-traffic")) {
            world.function(function, call -> {
                seen.add(function + ": prod " + world.listeners.weights("prod") + ", test "
                        + world.listeners.weights("test") + ", task sets " + world.ecs.taskSets().size());
                call.report("Succeeded");
            });
        }

        world.deploy(World.appSpec(2, World.EVERY_HOOK));
        world.settle();

        assertThat(seen).containsExactly( //
                "before-install: prod one, test one, task sets 1", //
                "after-install: prod one=100 two=0, test one, task sets 2", //
                "after-test: prod one=100 two=0, test two=100, task sets 2", //
                "before-traffic: prod one=100 two=0, test two=100, task sets 2", //
                "after-traffic: prod one=0 two=100, test two=100, task sets 2");
    }

    @Test
    void a_hook_is_told_two_ids_and_nothing_else() {
        World world = new World();
        List<String> members = new ArrayList<>();
        world.function("after-test", call -> {
            call.payload().fieldNames().forEachRemaining(members::add);
            call.report("Succeeded");
        });

        world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        assertThat(members).containsExactly("DeploymentId", "LifecycleEventHookExecutionId");
    }

    @Test
    void green_is_created_as_blue_runs_where_the_appspec_says_nothing() {
        World world = new World();

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.ecs.created()).singleElement().satisfies(request -> {
            assertThat(request.externalId()).isEqualTo(id);
            assertThat(request.platformVersion()).isEqualTo("1.4.0");
            assertThat(request.launchTypeAsString()).isEqualTo("FARGATE");
            assertThat(request.networkConfiguration().awsvpcConfiguration().subnets()).containsExactly("subnet-1");
            assertThat(request.loadBalancers().get(0).targetGroupArn()).isEqualTo(World.GROUP_2);
            assertThat(request.scale().value()).isEqualTo(100.0);
        });
    }

    @Test
    void a_yaml_appspec_with_its_own_network_and_capacity_is_followed() {
        World world = new World();

        String id = world.deploy("""
                version: 0.0
                resources:
                  - TargetService:
                      type: AWS::ECS::Service
                      properties:
                        taskDefinition: "arn:web:2"
                        loadBalancerInfo: {containerName: web, containerPort: 80}
                        platformVersion: LATEST
                        networkConfiguration:
                          awsvpcConfiguration:
                            subnets: [subnet-9]
                            securityGroups: [sg-9]
                            assignPublicIp: ENABLED
                        capacityProviderStrategy:
                          - {capacityProvider: FARGATE_SPOT, base: 1, weight: 2}
                hooks:
                  - AfterAllowTestTraffic: after-test
                """);
        world.settle();

        assertThat(world.lifecycle(id)).isEqualTo(ALL_SUCCEEDED);
        assertThat(world.calls).containsExactly("after-test");
        assertThat(world.ecs.created()).singleElement().satisfies(request -> {
            assertThat(request.platformVersion()).isEqualTo("LATEST");
            assertThat(request.launchType()).isNull();
            assertThat(request.capacityProviderStrategy().get(0).capacityProvider()).isEqualTo("FARGATE_SPOT");
            assertThat(request.networkConfiguration().awsvpcConfiguration().securityGroups()).containsExactly("sg-9");
        });
    }

    @Test
    void the_termination_wait_keeps_the_deployment_in_progress_and_the_group_locked_until_blue_is_gone() {
        World world = new World();
        String id = world.deploy(World.appSpec(2, "[]"));

        world.advance(Duration.ofMinutes(60));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        assertThat(world.deployment(id).instanceTerminationWaitTimeStarted()).isTrue();
        assertThat(world.ecs.taskSets()).hasSize(2);
        assertThat(world.events).containsExactly(id + " START");
        assertThatThrownBy(() -> world.deploy(World.appSpec(3, "[]")))
                .isInstanceOf(DeploymentLimitExceededException.class).hasMessage(
                        "The Deployment Group 'shop-api' already has an active Deployment '" + id + "'");

        world.advance(Duration.ofMinutes(1));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.ecs.taskSets()).singleElement().extracting("taskDefinition").isEqualTo("arn:web:2");
        assertThat(world.events).containsExactly(id + " START", id + " SUCCESS");
    }

    @Test
    void continuing_ends_the_termination_wait_at_once() {
        World world = new World();
        String id = world.deploy(World.appSpec(2, "[]"));
        assertThatThrownBy(() -> proceed(world, id, DeploymentWaitType.TERMINATION_WAIT))
                .isInstanceOf(InvalidDeploymentStatusException.class);
        world.settle();

        proceed(world, id, DeploymentWaitType.TERMINATION_WAIT);
        world.advance(Duration.ZERO);

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.ecs.taskSets()).hasSize(1);
        assertThatThrownBy(() -> proceed(world, id, DeploymentWaitType.TERMINATION_WAIT))
                .isInstanceOf(DeploymentAlreadyCompletedException.class);
    }

    @Test
    void the_older_operation_ends_the_termination_wait_too() {
        World world = new World();
        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.codeDeploy.servesRaw("SkipWaitTimeForInstanceTermination")).isTrue();
        world.codeDeploy.callRaw("SkipWaitTimeForInstanceTermination",
                JsonNodeFactory.instance.objectNode().put("deploymentId", id));
        world.advance(Duration.ZERO);

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    @Test
    void blue_can_be_kept() {
        World world = new World(group -> group.blueGreenDeploymentConfiguration(blueGreen -> blueGreen
                .terminateBlueInstancesOnDeploymentSuccess(blue -> blue.action(InstanceAction.KEEP_ALIVE))
                .deploymentReadyOption(ready -> ready.actionOnTimeout(DeploymentReadyAction.CONTINUE_DEPLOYMENT))));

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.ecs.taskSets()).hasSize(2);
    }

    @Test
    void a_canary_shifts_ten_percent_and_the_rest_after_its_interval() {
        World world = new World();
        String id = world.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes"));

        world.settle();
        assertThat(world.listeners.weights("prod")).isEqualTo("one=90 two=10");
        assertThat(world.target(id).taskSetsInfo()).extracting(ECSTaskSet::trafficWeight).containsExactly(90.0, 10.0);
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
        world.advance(Duration.ofMinutes(5));

        assertThat(world.listeners.weights("prod")).isEqualTo("one=0 two=100");
        assertThat(Duration.between(world.event(id, "AllowTraffic").startTime(),
                world.event(id, "AllowTraffic").endTime())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_linear_deployment_shifts_in_equal_steps_from_the_start() {
        World world = new World();
        world.ecs.steadyAfter(Duration.ZERO);
        world.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSLinear10PercentEvery3Minutes"));
        List<String> weights = new ArrayList<>();

        for (int step = 0; step < 10; step++) {
            world.advance(step == 0 ? Duration.ZERO : Duration.ofMinutes(3));
            weights.add(world.listeners.weights("prod"));
        }

        assertThat(weights).startsWith("one=90 two=10", "one=80 two=20").endsWith("one=10 two=90", "one=0 two=100");
    }

    @Test
    void without_a_test_listener_its_hook_is_silently_not_called() {
        World world = new World(group -> group.loadBalancerInfo(World.loadBalancer(false)));

        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        assertThat(world.calls).containsExactly("before-traffic");
        assertThat(world.lifecycle(id)).contains("AllowTestTraffic Skipped", "AfterAllowTestTraffic Skipped");
        assertThat(world.listeners.weights("test")).isEqualTo("one");
    }

    @Test
    void with_manual_rerouting_the_deployment_is_ready_until_it_is_continued() {
        World world = new World(LifecycleTest::readyWait);
        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        assertThatThrownBy(() -> proceed(world, id, DeploymentWaitType.READY_WAIT))
                .isInstanceOf(DeploymentIsNotInReadyStateException.class);

        world.settle();
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.READY);
        assertThat(world.calls).containsExactly("after-test");
        assertThat(world.events).containsExactly(id + " START", id + " READY");
        proceed(world, id, DeploymentWaitType.READY_WAIT);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.calls).containsExactly("after-test", "before-traffic");
        assertThat(world.listeners.weights("prod")).isEqualTo("one=0 two=100");
    }

    @Test
    void manual_rerouting_may_also_wait_after_the_last_hook_before_traffic() {
        World world = new World(CodeDeployBehaviour.with(Deviation.READY_WAIT_AFTER_LAST_HOOK),
                LifecycleTest::readyWait);
        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));

        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.READY);
        assertThat(world.calls).containsExactly("after-test", "before-traffic");
        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
    }

    @Test
    void a_ready_deployment_that_nobody_continues_is_stopped() {
        World world = new World(LifecycleTest::readyWait);
        String id = world.deploy(World.appSpec(2, "[]"));

        world.advance(Duration.ofMinutes(32));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
    }

    @Test
    void rules_that_forward_to_the_pair_are_shifted_and_everything_else_is_left_alone() {
        World world = new World();
        world.listeners.addRule("api", List.of(StubLoadBalancing.forward(World.GROUP_1)));
        world.listeners.addRule("other", List.of(StubLoadBalancing.forward("arn:tg/other")));

        world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.listeners.ruleWeights("api")).isEqualTo("one=0 two=100");
        assertThat(world.listeners.ruleWeights("other")).isEqualTo("other");
    }

    @Test
    void success_can_be_announced_as_soon_as_green_has_all_traffic() {
        World world = new World(CodeDeployBehaviour.with(Deviation.SUCCESS_BEFORE_TERMINATION),
                group -> group);

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();
        assertThat(world.events).containsExactly(id + " START", id + " SUCCESS");
        world.advance(Duration.ofHours(1));

        assertThat(world.events).containsExactly(id + " START", id + " SUCCESS");
    }

    @Test
    void a_deployment_may_stand_in_line_where_aws_would_queue_it() {
        World world = new World(CodeDeployBehaviour.with(Deviation.SECOND_DEPLOYMENT_QUEUED),
                group -> group);
        String first = world.deploy(World.appSpec(2, "[]"));
        String second = world.deploy(World.appSpec(3, "[]"));
        world.settle();
        assertThat(world.deployment(second).status()).isEqualTo(DeploymentStatus.QUEUED);

        world.advance(Duration.ofHours(1));

        assertThat(world.deployment(first).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:3");
    }

    private static CreateDeploymentGroupRequest.Builder readyWait(CreateDeploymentGroupRequest.Builder group) {
        return group.blueGreenDeploymentConfiguration(blueGreen -> blueGreen
                .terminateBlueInstancesOnDeploymentSuccess(blue -> blue.action(InstanceAction.TERMINATE))
                .deploymentReadyOption(ready -> ready.actionOnTimeout(DeploymentReadyAction.STOP_DEPLOYMENT)
                        .waitTimeInMinutes(30)))
                .autoRollbackConfiguration(rollback -> rollback.enabled(true).events(
                        AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST));
    }

    private static void proceed(World world, String id, DeploymentWaitType wait) {
        world.codeDeploy.continueDeployment(request -> request.deploymentId(id).deploymentWaitType(wait));
    }
}
