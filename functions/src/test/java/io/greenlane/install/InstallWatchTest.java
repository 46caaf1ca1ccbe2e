package io.greenlane.install;

import static io.greenlane.release.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.Site;
import io.greenlane.install.GreenTasks.Green;
import io.greenlane.install.InstallWatch.Look;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InstallWatchTest {
    private final Site site = new Site();
    private final List<Green> replacements = new ArrayList<>();
    private final List<StoppedTask> listed = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private final List<String> described = new ArrayList<>();
    private boolean installing = true;
    private boolean stopIsRefused;
    private boolean stopBreaks;
    private final String deployment = deployed();
    private final Causes causes = new Causes(site.world.ledger(), site.world.clock);
    private final InstallWatch watch = new InstallWatch(site.world.releases(), site.world.queue(), site.deployments(),
            (deploymentId, cluster, service) -> {
                assertThat(cluster + "/" + service).isEqualTo("shop/api");
                return installing;
            }, new Interventions() {
                @Override
                public boolean stop(String deploymentId) {
                    if (stopBreaks) {
                        throw new IllegalStateException("Rate exceeded");
                    }
                    stops.add(deploymentId);
                    return !stopIsRefused;
                }

                @Override
                public boolean endTerminationWait(String deploymentId) {
                    throw new UnsupportedOperationException();
                }
            }, new GreenTasks() {
                @Override
                public List<Green> replacements(String cluster, String service) {
                    return cluster.equals("shop") && service.equals("api") ? replacements : List.of();
                }

                @Override
                public List<StoppedTask> stopped(Green green, Collection<String> known) {
                    described.addAll(known);
                    return listed;
                }
            }, causes);

    private String deployed() {
        String id = Objects.requireNonNull(site.look(0, site.world.asleep("token-0")).deploymentId());
        replacements.add(new Green("shop", "api", "ecs-svc/2", id, 1));
        return id;
    }

    private static StoppedTask crashed(int number) {
        Instant begin = World.START.plusSeconds(30L * number);
        return new StoppedTask("arn:task/" + number, "EssentialContainerExited", "Essential container in task exited",
                List.of(new StoppedTask.Container("api", 1, null)), begin, begin.plusSeconds(10));
    }

    private static TaskNews news(String startedBy) {
        return new TaskNews("shop", "api", startedBy, crashed(2));
    }

    private void crashLoop() {
        for (int number = 0; number < 3; number++) {
            listed.add(crashed(number));
        }
    }

    @Test
    void a_crash_loop_ends_the_deployment_with_its_cause_written_first() {
        crashLoop();
        Look look = watch.taskStopped(news("ecs-svc/2"));
        assertThat(stops).containsExactly(deployment);
        assertThat(look.stopped()).isTrue();
        assertThat(look.sentence()).isEqualTo("Deployment " + deployment
                + " was stopped: 3 tasks of green failed within 70 s: container api exited with code 1.");
        assertThat(Objects.requireNonNull(look.release()).id()).isEqualTo(site.release);
        assertThat(causes.whyRefused(deployment))
                .isEqualTo(new Objection(Outcome.ROLLED_BACK,
                        "Install: 3 tasks of green failed within 70 s: container api exited with code 1."));
        assertThat(described).containsExactly("arn:task/2");
    }

    @Test
    void a_call_that_breaks_is_made_again_by_the_next_look_with_the_same_cause() {
        crashLoop();
        stopBreaks = true;
        assertThatThrownBy(() -> watch.taskStopped(news("ecs-svc/2"))).hasMessage("Rate exceeded");
        Objection cause = causes.whyRefused(deployment);
        assertThat(cause).isNotNull();
        stopBreaks = false;
        listed.clear();
        assertThat(Objects.requireNonNull(watch.running(SHOP)).stopped()).isTrue();
        assertThat(causes.whyRefused(deployment)).isEqualTo(cause);
        assertThat(stops).containsExactly(deployment);
    }

    @Test
    void the_sweep_looks_at_what_the_running_release_installs() {
        crashLoop();
        assertThat(Objects.requireNonNull(watch.running(SHOP)).stopped()).isTrue();
        assertThat(stops).containsExactly(deployment);
        assertThat(described).isEmpty();
    }

    @Test
    void the_sweep_looks_at_nothing_when_nothing_runs() {
        crashLoop();
        replacements.clear();
        assertThat(watch.running(SHOP)).isNull();
        site.world.queue().leave(SHOP, site.release);
        assertThat(watch.running(SHOP)).isNull();
    }

    @Test
    void the_sweep_looks_at_no_deployment_but_that_of_the_running_release() {
        crashLoop();
        replacements.set(0, new Green("shop", "api", "ecs-svc/2", "d-OTHER", 1));
        assertThat(watch.running(SHOP)).isNull();
        replacements.set(0, new Green("shop", "api", "ecs-svc/2", deployment, 1));
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null, Aftermath.NONE,
                it -> null);
        assertThat(watch.running(SHOP)).isNull();
        assertThat(watch.taskStopped(news("ecs-svc/2"))).isEqualTo(new Look(null, deployment, false,
                "Deployment " + deployment + " brings no open release of ours."));
        assertThat(stops).isEmpty();
    }

    @Test
    void a_cause_says_whether_the_image_ran() {
        causes.write("d-1", "It crashed.", true);
        causes.write("d-2", "There is no image.", false);
        assertThat(causes.speaksAgainstImage("d-1")).isTrue();
        assertThat(causes.speaksAgainstImage("d-2")).isFalse();
        assertThat(causes.speaksAgainstImage("d-3")).isFalse();
    }

    @Test
    void one_crash_is_no_loop() {
        listed.add(crashed(2));
        assertThat(watch.taskStopped(news("ecs-svc/2")).sentence()).startsWith("So far: 1 task of green failed");
        assertThat(stops).isEmpty();
        assertThat(causes.whyRefused(deployment)).isNull();
    }

    @Test
    void tasks_of_blue_or_of_no_service_are_left_alone() {
        crashLoop();
        assertThat(watch.taskStopped(news("ecs-svc/1"))).isEqualTo(new Look(null, null, false,
                "The task is of no task set that is to take over."));
        assertThat(watch.taskStopped(new TaskNews("shop", null, "ecs-svc/2", crashed(2)))).isEqualTo(
                new Look(null, null, false, "The end of the task says nothing about a revision."));
        watch.taskStopped(new TaskNews("other", "api", "ecs-svc/2", crashed(2)));
        assertThat(stops).isEmpty();
    }

    @Test
    void a_green_that_has_been_installed_is_left_to_the_hooks() {
        crashLoop();
        installing = false;
        assertThat(watch.taskStopped(news("ecs-svc/2")).sentence())
                .isEqualTo("Deployment " + deployment + " is not in Install.");
        watch.running(SHOP);
        assertThat(stops).isEmpty();
        assertThat(causes.whyRefused(deployment)).isNull();
    }

    @Test
    void a_deployment_by_hand_a_rollback_and_one_that_ended_are_left_alone() {
        crashLoop();
        String rollback = site.codeDeploy.fails(deployment, DeploymentStatus.FAILED, "TIMEOUT", "It took too long.");
        String byHand = site.codeDeploy.byHand();
        for (String other : List.of(deployment, rollback, byHand, "d-UNKNOWN")) {
            replacements.set(0, new Green("shop", "api", "ecs-svc/2", other, 1));
            assertThat(watch.taskStopped(news("ecs-svc/2"))).satisfies(look -> {
                assertThat(look.stopped()).isFalse();
                assertThat(look.sentence()).startsWith("Deployment " + other);
            });
            assertThat(causes.whyRefused(other)).isNull();
        }
        assertThat(stops).isEmpty();
    }

    @Test
    void a_deployment_that_ends_in_the_same_moment_is_fine() {
        crashLoop();
        stopIsRefused = true;
        Look look = watch.taskStopped(news("ecs-svc/2"));
        assertThat(look.stopped()).isFalse();
        assertThat(look.sentence()).contains("had ended before");
    }

    @Test
    void an_event_is_read_with_all_that_it_tells() {
        Map<String, Object> detail = new HashMap<>(
                Map.of("clusterArn", "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
                        "taskArn", "arn:task/2", "group", "service:api", "startedBy", "ecs-svc/2", "stopCode",
                        "EssentialContainerExited", "stoppedReason", "Essential container in task exited", "createdAt",
                        "2026-03-04T05:07:07Z", "stoppedAt", "2026-03-04T05:07:17Z", "containers",
                        List.of(Map.of("name", "api", "exitCode", 1L))));
        assertThat(TaskNews.from(JsonObject.of("event.detail", detail))).isEqualTo(news("ecs-svc/2"));
        detail.put("group", "family:batch");
        detail.keySet().removeAll(List.of("startedBy", "stopCode", "stoppedReason", "createdAt", "stoppedAt",
                "containers"));
        assertThat(TaskNews.from(JsonObject.of("event.detail", detail))).isEqualTo(new TaskNews("shop", null, null,
                new StoppedTask("arn:task/2", "", "", List.of(), null, null)));
    }
}
