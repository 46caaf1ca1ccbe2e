package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionStatusException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/** What hooks can do to a deployment. */
class HookTest {
    private static final String APP_SPEC = World.appSpec(2, World.VALIDATION_HOOKS);

    @Test
    void a_hook_that_reports_failed_fails_the_deployment_before_production_moves() {
        World world = new World();
        world.function("before-traffic", call -> call.report("Failed"));

        String id = world.deploy(APP_SPEC);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.deployment(id).errorInformation().code()).isEqualTo(ErrorCode.HOOK_EXECUTION_FAILURE);
        assertThat(world.lifecycle(id)).endsWith("AfterAllowTestTraffic Succeeded", "BeforeAllowTraffic Failed",
                "AllowTraffic Skipped", "AfterAllowTraffic Skipped");
        assertThat(world.event(id, "BeforeAllowTraffic").diagnostics().scriptName()).isEqualTo("before-traffic");
        assertThat(world.listeners.weights("prod")).doesNotContain("two=100");
    }

    @Test
    void a_hook_that_fails_when_production_has_moved_takes_it_back_to_blue() {
        World world = new World();
        world.function("after-traffic", call -> call.report("Failed"));

        String id = world.deploy(World.appSpec(2, World.EVERY_HOOK));
        world.settle();

        assertThat(world.lifecycle(id)).endsWith("AllowTraffic Succeeded", "AfterAllowTraffic Failed");
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.deployment(world.deployment(id).rollbackInfo().rollbackDeploymentId()).status())
                .isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
        assertThat(world.ecs.primary().taskDefinition()).isEqualTo("arn:web:1");
    }

    @Test
    void the_silence_of_the_last_hook_takes_production_back_after_an_hour() {
        World world = new World();
        world.function("after-traffic", World.Call::returnSilently);

        String id = world.deploy(World.appSpec(2, World.EVERY_HOOK));
        world.settle();
        Instant start = world.event(id, "AfterAllowTraffic").startTime();
        world.advance(Duration.between(world.timeline.now(), start.plus(Duration.ofHours(1))).minusMillis(1));
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        world.advance(Duration.ofMillis(1));
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.listeners.weights("prod")).isEqualTo("one=100 two=0");
    }

    @Test
    void a_lifecycle_event_shows_when_it_started_by_one_target_or_by_many() {
        World world = new World();
        world.function("after-test", World.Call::returnSilently);
        Instant before = world.timeline.now();
        String id = world.deploy(APP_SPEC);
        world.advance(Duration.ofMinutes(10));

        Instant start = world.event(id, "AfterAllowTestTraffic").startTime();

        assertThat(start).isBetween(before, before.plusSeconds(60));
        assertThat(world.codeDeploy
                .batchGetDeploymentTargets(request -> request.deploymentId(id).targetIds("main:shop"))
                .deploymentTargets().getFirst().ecsTarget().lifecycleEvents())
                .filteredOn(event -> event.lifecycleEventName().equals("AfterAllowTestTraffic")).singleElement()
                .extracting(LifecycleEvent::startTime).isEqualTo(start);
        assertThat(world.event(id, "BeforeAllowTraffic").startTime()).isNull();
    }

    @Test
    void a_silent_hook_hangs_the_deployment_for_an_hour_and_then_fails_it() {
        World world = new World();
        world.function("after-test", World.Call::returnSilently);
        String id = world.deploy(APP_SPEC);
        world.advance(Duration.ofSeconds(30));

        world.advance(Duration.ofMinutes(59));
        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        assertThat(world.event(id, "AfterAllowTestTraffic").status()).isEqualTo(LifecycleEventStatus.IN_PROGRESS);
        world.advance(Duration.ofMinutes(1));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.event(id, "AfterAllowTestTraffic").status()).isEqualTo(LifecycleEventStatus.FAILED);
    }

    @Test
    void a_crashed_hook_is_a_silent_hook() {
        World world = new World();
        world.function("after-test", World.Call::crash);

        String id = world.deploy(APP_SPEC);
        world.advance(Duration.ofMinutes(59));

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        assertThat(world.calls).containsExactly("after-test");
    }

    @Test
    void a_crashed_hook_may_fail_the_deployment_at_once() {
        World world = new World(CodeDeployBehaviour.with(Deviation.HOOK_CRASH_FAILS_AT_ONCE), group -> group);
        world.function("after-test", World.Call::crash);

        String id = world.deploy(APP_SPEC);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
    }

    @Test
    void a_crashed_hook_may_be_invoked_again_with_the_same_ids_and_still_decide() {
        World world = new World(CodeDeployBehaviour.with(Deviation.HOOK_INVOCATION_RETRIED), group -> group);
        List<String> payloads = new ArrayList<>();
        world.function("after-test", call -> {
            payloads.add(call.payload().toString());
            if (payloads.size() < 3) {
                call.crash();
            } else {
                call.report("Succeeded");
            }
        });

        String id = world.deploy(APP_SPEC);
        world.advance(Duration.ofMinutes(5));

        assertThat(payloads).hasSize(3).containsOnly(payloads.get(0));
        assertThat(world.deployment(id).instanceTerminationWaitTimeStarted()).isTrue();
    }

    @Test
    void the_second_of_two_reports_is_refused_and_the_first_one_counts() {
        World world = new World(CodeDeployBehaviour.with(Deviation.HOOK_INVOKED_TWICE), group -> group);
        List<String> refused = new ArrayList<>();
        world.function("after-test", call -> {
            try {
                call.report(world.calls.size() == 2 && refused.isEmpty() ? "Succeeded" : "Failed");
            } catch (LifecycleEventAlreadyCompletedException already) {
                refused.add(already.getMessage());
            }
        });

        String id = world.deploy(World.appSpec(2, "[{\"AfterAllowTestTraffic\":\"after-test\"}]"));
        world.settle();

        assertThat(refused).hasSize(1);
        assertThat(world.event(id, "AfterAllowTestTraffic").status()).isEqualTo(LifecycleEventStatus.SUCCEEDED);
    }

    @Test
    void a_missing_function_fails_the_deployment_quickly() {
        World world = new World();
        world.removeFunction("before-traffic");

        String id = world.deploy(APP_SPEC);
        world.settle();

        assertThat(world.deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(world.deployment(id).errorInformation().code()).isEqualTo(ErrorCode.INVALID_LAMBDA_FUNCTION);
        assertThat(world.deployment(id).errorInformation().message()).contains("before-traffic");
    }

    @Test
    void anyone_who_knows_both_ids_may_report_later() {
        World world = new World();
        List<World.Call> open = new ArrayList<>();
        world.function("after-test", open::add);
        String id = world.deploy(APP_SPEC);
        world.advance(Duration.ofMinutes(40));

        open.get(0).report("Succeeded");
        world.settle();

        assertThat(world.lifecycle(id)).contains("AfterAllowTestTraffic Succeeded", "AllowTraffic Succeeded");
    }

    @Test
    void a_report_after_the_deployment_has_ended_is_refused_in_one_of_two_ways() {
        for (CodeDeployBehaviour behaviour : List.of(CodeDeployBehaviour.DEFAULT,
                CodeDeployBehaviour.with(Deviation.LATE_REPORT_UNSUPPORTED))) {
            World world = new World(behaviour, group -> group);
            List<World.Call> open = new ArrayList<>();
            world.function("after-test", open::add);
            String id = world.deploy(APP_SPEC);
            world.settle();
            world.codeDeploy.stopDeployment(request -> request.deploymentId(id));

            assertThatThrownBy(() -> open.get(0).report("Succeeded"))
                    .isInstanceOf(behaviour.deviations().isEmpty()
                            ? LifecycleEventAlreadyCompletedException.class
                            : UnsupportedActionForDeploymentTypeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Skipped", "Pending", "InProgress", "Unknown", "succeeded", "FAILED", ""})
    void only_succeeded_and_failed_are_reports(String status) {
        World world = new World();
        List<World.Call> open = new ArrayList<>();
        world.function("after-test", open::add);
        world.deploy(APP_SPEC);
        world.settle();

        assertThatThrownBy(() -> open.get(0).report(status))
                .isInstanceOf(InvalidLifecycleEventHookExecutionStatusException.class)
                .hasMessageContaining("'" + status + "'");
    }

    @Test
    void a_report_needs_a_known_deployment_and_its_own_execution() {
        World world = new World();
        String id = world.deploy(APP_SPEC);

        assertThatThrownBy(() -> report(world, null, "x")).isInstanceOf(DeploymentIdRequiredException.class);
        assertThatThrownBy(() -> report(world, "nonsense", "x")).isInstanceOf(InvalidDeploymentIdException.class);
        assertThatThrownBy(() -> report(world, "d-ABCDEFGHI", "x")).isInstanceOf(DeploymentDoesNotExistException.class);
        assertThatThrownBy(() -> report(world, id, "x"))
                .isInstanceOf(InvalidLifecycleEventHookExecutionIdException.class);
    }

    private static void report(World world, @Nullable String deployment, String execution) {
        world.codeDeploy.putLifecycleEventHookExecutionStatus(request -> request.deploymentId(deployment)
                .lifecycleEventHookExecutionId(execution).status("Succeeded"));
    }
}
