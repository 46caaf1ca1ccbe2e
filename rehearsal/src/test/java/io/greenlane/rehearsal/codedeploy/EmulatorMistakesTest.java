package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;

/** Seven things that an emulator of CodeDeploy for ECS is known to get wrong, and that this one must get right. */
class EmulatorMistakesTest {
    @Test
    void the_test_route_is_shifted_and_its_hook_called() {
        World world = new World();

        world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        assertThat(world.calls).startsWith("after-test");
        assertThat(world.listeners.weights("test")).isEqualTo("two=100");
    }

    @Test
    void an_appspec_may_be_yaml() {
        World world = new World();

        String id = world.deploy("""
                version: 0.0
                Resources:
                  - TargetService:
                      Type: AWS::ECS::Service
                      Properties:
                        TaskDefinition: "arn:web:2"
                        LoadBalancerInfo:
                          ContainerName: "web"
                          ContainerPort: 80
                """);
        world.advance(Duration.ofHours(2));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    @Test
    void the_second_deployment_shifts_the_other_way() {
        World world = new World();

        world.deploy(World.appSpec(2, "[]"));
        world.advance(Duration.ofHours(2));
        assertThat(world.listeners.weights("prod")).isEqualTo("one=0 two=100");
        world.deploy(World.appSpec(3, "[]"));
        world.advance(Duration.ofHours(2));

        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
        assertThat(world.listeners.weights("test")).isEqualTo("one=100");
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:3");
        assertThat(world.ecs.taskSets()).hasSize(1);
    }

    @Test
    void a_failed_hook_is_rolled_back() {
        World world = new World();
        world.function("after-test", call -> call.report("Failed"));

        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        assertThat(world.deployment(id).rollbackInfo().rollbackDeploymentId()).isNotNull();
        assertThat(world.ecs.taskSets()).hasSize(1);
        assertThat(world.listeners.weights("test")).isEqualTo("one=100");
    }

    @Test
    void a_hook_that_cannot_be_invoked_or_does_not_call_back_never_counts_as_succeeded() {
        World missing = new World();
        missing.removeFunction("after-test");
        World silent = new World();
        silent.function("after-test", World.Call::returnSilently);

        String first = missing.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        String second = silent.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        missing.advance(Duration.ofHours(2));
        silent.advance(Duration.ofHours(2));

        assertThat(missing.deployment(first).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(silent.deployment(second).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(missing.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
        assertThat(silent.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
    }

    @Test
    void canary_and_linear_take_the_time_they_say() {
        World canary = new World();
        World linear = new World();

        String first = canary.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent15Minutes"));
        String second = linear.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSLinear10PercentEvery1Minutes"));
        canary.advance(Duration.ofHours(1));
        linear.advance(Duration.ofHours(1));

        assertThat(shift(canary, first)).isEqualTo(Duration.ofMinutes(15));
        assertThat(shift(linear, second)).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void the_ready_wait_the_termination_wait_and_alarms_exist() {
        World world = new World(group -> group
                .blueGreenDeploymentConfiguration(blueGreen -> blueGreen
                        .terminateBlueInstancesOnDeploymentSuccess(
                                blue -> blue.action(InstanceAction.TERMINATE).terminationWaitTimeInMinutes(60))
                        .deploymentReadyOption(ready -> ready.actionOnTimeout(DeploymentReadyAction.STOP_DEPLOYMENT)
                                .waitTimeInMinutes(60)))
                .alarmConfiguration(alarms -> alarms.enabled(true).alarms(Alarm.builder().name("errors").build())));
        world.alarms.put("errors", StateValue.OK);

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.READY);
        world.codeDeploy.continueDeployment(request -> request.deploymentId(id));
        world.settle();
        assertThat(world.deployment(id).instanceTerminationWaitTimeStarted()).isTrue();
        assertThat(world.ecs.taskSets()).hasSize(2);
        world.alarms.put("errors", StateValue.ALARM);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
    }

    private static Duration shift(World world, String id) {
        return Duration.between(world.event(id, "AllowTraffic").startTime(),
                world.event(id, "AllowTraffic").endTime());
    }
}
