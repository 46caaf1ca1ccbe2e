package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.StopStatus;

/** Deployments that do not go well, and what is left of them. */
class RollbackTest {
    @Test
    void a_rollback_is_a_deployment_of_its_own_and_both_name_each_other() {
        World world = new World();
        String good = succeed(world, 2);
        world.function("after-traffic", call -> call.report("Failed"));

        String bad = world.deploy(World.appSpec(3, World.EVERY_HOOK), request -> request.description("release 3"));
        world.settle();

        DeploymentInfo failed = world.deployment(bad);
        DeploymentInfo rollback = world.deployment(failed.rollbackInfo().rollbackDeploymentId());
        assertThat(failed.status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(rollback.creator()).isEqualTo(DeploymentCreator.CODE_DEPLOY_ROLLBACK);
        assertThat(rollback.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rollback.rollbackInfo().rollbackTriggeringDeploymentId()).isEqualTo(bad);
        assertThat(rollback.revision()).isEqualTo(world.deployment(good).revision());
        assertThat(rollback.description()).isNull();
        assertThat(world.lifecycle(rollback.deploymentId())).containsExactly("AllowTestTraffic Succeeded",
                "AllowTraffic Succeeded");
        assertThat(world.events).endsWith(bad + " START", bad + " FAILURE", rollback.deploymentId() + " START",
                rollback.deploymentId() + " SUCCESS");
    }

    @Test
    void a_rollback_gives_all_traffic_back_to_blue_and_deletes_green() {
        World world = new World();
        succeed(world, 2);
        world.function("after-traffic", call -> call.report("Failed"));

        world.deploy(World.appSpec(3, World.EVERY_HOOK));
        world.settle();

        assertThat(world.listeners.weights("prod")).isEqualTo("one=0 two=100");
        assertThat(world.listeners.weights("test")).isEqualTo("two=100");
        assertThat(world.ecs.taskSets()).singleElement()
                .satisfies(blue -> assertThat(blue.taskDefinition()).isEqualTo("arn:web:2"))
                .satisfies(blue -> assertThat(blue.status()).isEqualTo("PRIMARY"));
    }

    @Test
    void without_automatic_rollback_everything_stays_as_it_was_when_the_deployment_failed() {
        World world = new World(group -> group.autoRollbackConfiguration(rollback -> rollback.enabled(false)));
        world.function("before-traffic", call -> call.report("Failed"));

        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        assertThat(world.deployment(id).rollbackInfo()).isNull();
        assertThat(world.ecs.taskSets()).hasSize(2);
        assertThat(world.listeners.weights("test")).isEqualTo("two=100");
    }

    @Test
    void nothing_can_be_rolled_back_during_before_install() {
        World world = new World();
        world.function("before-install", call -> call.report("Failed"));

        String id = world.deploy(World.appSpec(2, World.EVERY_HOOK));
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.deployment(id).rollbackInfo().rollbackDeploymentId()).isNull();
        assertThat(world.ecs.created()).isEmpty();
        assertThat(world.events).containsExactly(id + " START", id + " FAILURE");
    }

    @Test
    void green_that_never_becomes_steady_fails_after_an_hour() {
        World world = new World();
        world.ecs.neverSteady();
        String id = world.deploy(World.appSpec(2, "[]"));

        world.advance(Duration.ofMinutes(59));
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        world.advance(Duration.ofMinutes(1));

        assertThat(world.deployment(id).errorInformation().code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(world.lifecycle(id)).startsWith("BeforeInstall Succeeded", "Install Failed", "AfterInstall Skipped");
        assertThat(world.ecs.taskSets()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before-install", "after-install", "after-test", "before-traffic", "after-traffic"})
    void a_deployment_can_be_stopped_and_rolled_back_in_every_hook(String function) {
        World world = new World();
        world.function(function, World.Call::returnSilently);
        String id = world.deploy(World.appSpec(2, World.EVERY_HOOK));
        world.settle();

        assertThat(world.codeDeploy.stopDeployment(request -> request.deploymentId(id).autoRollbackEnabled(true))
                .status()).isEqualTo(StopStatus.SUCCEEDED);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(world.deployment(id).errorInformation().code()).isEqualTo(ErrorCode.MANUAL_STOP);
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
        assertThat(world.ecs.taskSets()).hasSize(1);
        assertThat(world.listeners.weights("prod")).doesNotContain("two=100");
        assertThatThrownBy(() -> world.codeDeploy.stopDeployment(request -> request.deploymentId(id)))
                .isInstanceOf(DeploymentAlreadyCompletedException.class);
    }

    @Test
    void a_deployment_can_be_stopped_before_it_starts_while_green_starts_and_in_the_termination_wait() {
        for (Duration at : List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(30))) {
            World world = new World();
            String id = world.deploy(World.appSpec(2, "[]"));
            if (!at.isZero()) {
                world.advance(at);
            }
            world.codeDeploy.stopDeployment(request -> request.deploymentId(id));
            world.advance(Duration.ofHours(2));

            assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
            assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
            assertThat(world.ecs.taskSets()).hasSize(1);
        }
    }

    @Test
    void the_caller_of_stop_decides_about_the_rollback_before_the_group_does() {
        World world = new World();
        world.function("after-test", World.Call::returnSilently);
        String id = world.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        world.settle();

        world.codeDeploy.stopDeployment(request -> request.deploymentId(id).autoRollbackEnabled(false));
        world.settle();

        assertThat(world.deployment(id).rollbackInfo()).isNull();
        assertThat(world.listeners.weights("test")).isEqualTo("two=100");
        assertThat(world.ecs.taskSets()).hasSize(2);
    }

    @Test
    void a_stop_in_the_middle_of_a_canary_leaves_no_later_shift_behind() {
        World world = new World();
        String id = world.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes"));
        world.settle();

        world.codeDeploy.stopDeployment(request -> request.deploymentId(id));
        world.advance(Duration.ofHours(3));

        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
    }

    @Test
    void an_alarm_during_the_shift_stops_the_deployment_and_rolls_it_back() {
        World world = new World(RollbackTest::withAlarm);
        world.alarms.put("errors", StateValue.OK);
        String id = world.deploy(World.appSpec(2, "[]"),
                request -> request.deploymentConfigName("CodeDeployDefault.ECSLinear10PercentEvery1Minutes"));
        world.advance(Duration.ofMinutes(3));

        world.alarms.put("errors", StateValue.ALARM);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(world.deployment(id).errorInformation().code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
        assertThat(world.deployment(id).rollbackInfo().rollbackDeploymentId()).isNotNull();
        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
    }

    @Test
    void an_alarm_may_also_make_the_deployment_failed() {
        World world = new World(CodeDeployBehaviour.with(Deviation.ALARM_FAILS), RollbackTest::withAlarm);
        world.alarms.put("errors", StateValue.ALARM);

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
    }

    @Test
    void an_alarm_that_cannot_be_read_stops_the_deployment_unless_told_otherwise() {
        World strict = new World(RollbackTest::withAlarm);
        World lenient = new World(group -> group.alarmConfiguration(alarms -> alarms.enabled(true)
                .ignorePollAlarmFailure(true).alarms(Alarm.builder().name("errors").build())));

        String refused = strict.deploy(World.appSpec(2, "[]"));
        String accepted = lenient.deploy(World.appSpec(2, "[]"));
        Stream.of(strict, lenient).forEach(World::settle);

        assertThat(strict.deployment(refused).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(lenient.deployment(accepted).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    }

    @ParameterizedTest
    @EnumSource(value = Deviation.class, names = {"ROLLBACK_CALLS_HOOKS", "ROLLBACK_LISTS_ALL_EVENTS",
            "TEST_LISTENER_STAYS_AFTER_ROLLBACK", "ONE_GROUP_AFTERWARDS"})
    void production_is_on_blue_after_a_rollback_of_any_kind(Deviation deviation) {
        World world = new World(CodeDeployBehaviour.with(deviation), group -> group);
        succeed(world, 2);
        world.function("before-traffic", call -> call.report(world.calls.size() > 7 ? "Succeeded" : "Failed"));

        String bad = world.deploy(World.appSpec(3, World.VALIDATION_HOOKS));
        world.settle();

        String rollback = world.deployment(bad).rollbackInfo().rollbackDeploymentId();
        assertThat(world.deployment(rollback).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:2");
        assertThat(world.listeners.weights("prod")).contains("two=100").doesNotContain("one=1");
        switch (deviation) {
            case ROLLBACK_CALLS_HOOKS -> assertThat(world.calls.subList(7, world.calls.size()))
                    .containsExactly("after-test", "before-traffic", "after-traffic");
            case ROLLBACK_LISTS_ALL_EVENTS -> assertThat(world.lifecycle(rollback)).hasSize(8)
                    .contains("Install Skipped", "AllowTraffic Succeeded");
            case TEST_LISTENER_STAYS_AFTER_ROLLBACK -> assertThat(world.listeners.weights("test")).isEqualTo("one=100");
            default -> assertThat(world.listeners.weights("prod")).isEqualTo("two=100");
        }
    }

    @Test
    void a_rollback_is_not_rolled_back() {
        World world = new World(CodeDeployBehaviour.with(Deviation.ROLLBACK_CALLS_HOOKS), group -> group);
        succeed(world, 2);
        world.function("before-traffic", call -> call.report("Failed"));

        String bad = world.deploy(World.appSpec(3, World.VALIDATION_HOOKS));
        world.settle();

        String rollback = world.deployment(bad).rollbackInfo().rollbackDeploymentId();
        assertThat(world.deployment(rollback).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.deployment(bad).rollbackInfo().rollbackMessage()).contains("failed");
        assertThat(world.codeDeploy.listDeployments(request -> {
        }).deployments()).hasSize(3);
    }

    @Test
    void a_fault_in_the_appspec_shows_only_when_the_deployment_runs() {
        String unknownContainer = World.appSpec(2, "[]").replace("\"web\"", "\"worker\"");
        String unknownHook = World.appSpec(2, "[{\"AfterEverything\":\"f\"}]");
        String noTaskDefinition = World.appSpec(2, "[]").replace("TaskDefinition", "Definition");

        assertThat(failure(unknownContainer).errorInformation()).satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.ECS_UPDATE_ERROR);
            assertThat(error.message()).contains("The container worker does not exist in the task definition.");
        });
        for (String content : List.of(unknownHook, noTaskDefinition, "[", "{}", "just text")) {
            assertThat(failure(content).errorInformation().code()).isEqualTo(ErrorCode.INVALID_REVISION);
        }
    }

    @Test
    void production_must_be_behind_the_primary_task_set_when_a_deployment_starts() {
        World world = new World();
        world.listeners.defaultActions("prod", List.of(StubLoadBalancing.forward(World.GROUP_2)));

        String id = world.deploy(World.appSpec(2, "[]"));
        world.settle();

        assertThat(world.deployment(id).errorInformation()).satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.ELASTIC_LOAD_BALANCING_INVALID);
            assertThat(error.message()).contains("Primary taskset target group must be behind listener prod");
        });
    }

    private static DeploymentInfo failure(String content) {
        World world = new World();
        String id = world.deploy(content);
        world.settle();
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.ecs.taskSets()).hasSize(1);
        return world.deployment(id);
    }

    private static CreateDeploymentGroupRequest.Builder withAlarm(CreateDeploymentGroupRequest.Builder group) {
        return group
                .alarmConfiguration(alarms -> alarms.enabled(true).alarms(Alarm.builder().name("errors").build()))
                .autoRollbackConfiguration(
                        rollback -> rollback.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM));
    }

    private static String succeed(World world, int revision) {
        String id = world.deploy(World.appSpec(revision, World.EVERY_HOOK));
        world.advance(Duration.ofHours(2));
        RevisionLocation deployed = world.codeDeploy
                .getDeploymentGroup(request -> request.applicationName("shop").deploymentGroupName("shop-api"))
                .deploymentGroupInfo().targetRevision();
        assertThat(deployed).isEqualTo(world.deployment(id).revision());
        return id;
    }
}
