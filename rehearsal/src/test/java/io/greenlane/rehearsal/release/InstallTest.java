package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.CRASHING;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.NEVER_HEALTHY;
import static io.greenlane.rehearsal.release.SampleSite.SLOW;
import static io.greenlane.rehearsal.release.SampleSite.UNPULLABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.Deliveries;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.SampleSite.Version;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Install that cannot succeed ends within minutes and says why; Install that can is left alone. */
class InstallTest {
    static Stream<Arguments> hopeless() {
        return Stream.of(
                Arguments.of("crashes", CRASHING,
                        "Install: 3 tasks of green failed within \\d+ s: container sample-website exited with code 1\\."),
                Arguments.of("has no image", UNPULLABLE,
                        "Install: 2 tasks of green failed within \\d+ s: CannotPullContainerError: .*: not found\\."),
                Arguments.of("is never healthy", NEVER_HEALTHY, "Install: 2 tasks of green failed within 2 min:"
                        + " Task failed ELB health checks in \\(target-group greenlane-Sample-TargetGroup2\\)\\."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hopeless")
    void green_that_cannot_become_healthy_is_given_up_in_minutes(String what, Version version, String cause) {
        SampleSite site = new SampleSite();
        site.push("v2", version);
        site.settle();
        assertGivenUp(site, cause);
        assertThat(took(site)).isLessThan(Duration.ofMinutes(4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hopeless")
    void when_no_event_tells_the_sweep_gives_green_up(String what, Version version, String cause) {
        SampleSite site = new SampleSite();
        site.disableRule("TaskStoppedStateChange");
        site.push("v2", version);
        site.settle();
        assertGivenUp(site, cause.replaceAll("Install: \\d+", "Install: \\\\d+").replaceAll("within .*?:",
                "within \\\\d+ (s|min):"));
        assertThat(took(site)).isLessThan(Duration.ofMinutes(8));
    }

    @ParameterizedTest
    @EnumSource(names = {"TWICE", "REORDERED"})
    void however_events_arrive_the_deployment_is_given_up_once(Deliveries deliveries) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT,
                new EventSwitches(deliveries, ExecutionNames.EVENT_ID), Map.of());
        site.push("v2", CRASHING);
        site.settle();
        assertThat(site.recorded().stream().filter(release -> release.outcome().equals("ROLLED_BACK")))
                .singleElement().satisfies(release -> assertThat(release.reason()).startsWith("Install: "));
        assertThat(site.deployments()).hasSize(2);
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_slow_start_within_the_grace_period_is_waited_for() {
        SampleSite site = new SampleSite();
        String digest = site.push("v2", SLOW);
        site.settle();
        assertThat(site.recorded()).singleElement()
                .satisfies(release -> assertThat(release.outcome()).isEqualTo("DEPLOYED"));
        site.assertAtRest(digest);
    }

    @Test
    void green_that_recovers_after_two_crashes_is_deployed() {
        SampleSite site = new SampleSite();
        String digest = site.push("v2", CRASHING);
        site.cloud.timeline.runUntil(() -> stoppedTasks(site) == 2, Duration.ofMinutes(5));
        site.becomes(digest, GOOD);
        site.settle();
        assertThat(site.recorded()).singleElement()
                .satisfies(release -> assertThat(release.outcome()).isEqualTo("DEPLOYED"));
        site.assertAtRest(digest);
    }

    @Test
    void a_crash_loop_of_a_deployment_by_hand_is_not_our_business() {
        SampleSite site = new SampleSite();
        String digest = site.push("other", CRASHING);
        site.settle();
        String deployment = site.deployByHand(site.register(containers -> containers.stream().map(
                container -> container.toBuilder().image(container.image().replaceAll("[@:][^/]*$", "@" + digest))
                        .build())
                .toList()));
        site.cloud.timeline.advance(Duration.ofMinutes(30));
        assertThat(site.deployments()).filteredOn(it -> it.deploymentId().equals(deployment))
                .extracting(DeploymentInfo::status).containsExactly(DeploymentStatus.IN_PROGRESS);
    }

    @Test
    void tasks_that_an_operator_stops_do_not_end_the_deployment() {
        SampleSite site = new SampleSite();
        String digest = site.push("v2", SLOW);
        for (int stop = 1; stop <= 5; stop++) {
            int before = stop - 1;
            site.cloud.timeline.runUntil(() -> stoppedTasks(site) == before && site.service().taskSets().stream()
                    .anyMatch(it -> it.status().equals("ACTIVE") && it.runningCount() == 1), Duration.ofMinutes(5));
            String green = site.service().taskSets().stream().filter(it -> it.status().equals("ACTIVE")).findFirst()
                    .orElseThrow().id();
            String cluster = site.service().clusterArn();
            String task = site.cloud.ecs.listTasks(it -> it.cluster(cluster).startedBy(green)).taskArns().getFirst();
            site.cloud.ecs.stopTask(it -> it.cluster(cluster).task(task));
        }
        site.settle();
        assertThat(site.recorded()).singleElement()
                .satisfies(release -> assertThat(release.outcome()).isEqualTo("DEPLOYED"));
        site.assertAtRest(digest);
    }

    private static int stoppedTasks(SampleSite site) {
        return site.cloud.ecs.listTasks(it -> it.cluster(site.service().clusterArn())
                .serviceName("sample-website").desiredStatus(DesiredStatus.STOPPED)).taskArns().size();
    }

    private static Duration took(SampleSite site) {
        DeploymentInfo deployment = site.deployments().getFirst();
        return Duration.between(deployment.createTime(), deployment.completeTime());
    }

    private static void assertGivenUp(SampleSite site, String cause) {
        assertThat(site.deployments().getFirst().status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(site.recorded()).singleElement().satisfies(release -> {
            assertThat(release.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(release.reason())
                    .matches(cause + " Rollback d-\\w+ succeeded: the revision before serves production\\.");
        });
        String reason = site.recorded().getFirst().reason();
        assertThat(site.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(execution.cause()).isEqualTo("ROLLED_BACK: " + reason);
        });
        assertThat(site.messages()).singleElement()
                .satisfies(message -> assertThat(message.get("reason").asText()).isEqualTo(reason));
        site.assertAtRest(site.firstDigest);
        site.assertTestListenerFollows();
    }
}
