package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Site;
import io.greenlane.hook.Probe.Answer;
import io.greenlane.hook.TestTraffic.Green;
import io.greenlane.hook.ValidationHook.Answered;
import io.greenlane.release.Faults;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.HookEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ValidationHookTest {
    private static final String GREEN = "arn:targetgroup/green/2";

    /** What CodeDeploy heard. */
    private record Report(String executionId, boolean passed) {}

    private final List<Report> reports = new ArrayList<>();
    private Site site = new Site();
    private String greenRuns = Site.REVISION;
    private int status = 200;

    private String deployed() {
        return Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    }

    private Answered answer(HookEvent event, String deploymentId) {
        return answer(event, deploymentId, event + "-execution");
    }

    private Answered answer(HookEvent event, String deploymentId, String executionId) {
        World world = site.world;
        TestTraffic traffic = world.watched(TestTraffic.class, new TestTraffic() {
            @Override
            public Green green(String application, String deploymentGroup, String id) {
                return new Green(URI.create("http://127.0.0.1:8080"), "listener", GREEN, greenRuns);
            }

            @Override
            public Map<String, Integer> weights(Green green) {
                return Map.of(GREEN, 1);
            }
        });
        Probe probe = world.watched(Probe.class, uri -> new Answer.Status(status));
        Reports heard = world.watched(Reports.class, (call, passed) -> {
            boolean first = reports.stream().noneMatch(it -> it.executionId().equals(call.executionId()));
            reports.add(new Report(call.executionId(), passed));
            return first;
        });
        GreenCheck check = new GreenCheck(traffic, probe, new VirtualPace(),
                Check.of("/", ExpectedStatus.parse("200-399"), Duration.ofMinutes(5)));
        return new ValidationHook(event, site.deployments(), world.releases(), site.verdicts(), traffic, () -> check,
                heard,
                world.clock).answer(new HookCall(deploymentId, executionId), Duration.ofMinutes(10));
    }

    private void assertReported(boolean... passed) {
        List<Boolean> wanted = new ArrayList<>();
        for (boolean one : passed) {
            wanted.add(one);
        }
        assertThat(reports).extracting(Report::passed).containsExactlyElementsOf(wanted);
    }

    @Test
    void a_green_that_works_passes_both_hooks() {
        String id = deployed();
        assertThat(answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id).verdict().digest()).isEqualTo(World.digest('a'));
        answer(HookEvent.BEFORE_ALLOW_TRAFFIC, id);
        assertReported(true, true);
    }

    @Test
    void a_green_that_answers_wrong_fails_and_leaves_its_sentence_in_the_ledger() {
        String id = deployed();
        status = 500;
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        assertReported(false);
        assertThat(site.verdicts().whyRefused(id)).startsWith("AfterAllowTestTraffic: GET http://127.0.0.1:8080/")
                .contains("answered 500", "3 times in a row");
    }

    @Test
    void whatever_breaks_failed_is_reported_unless_the_report_itself_broke() {
        int faultsSeen = 0;
        for (HookEvent event : HookEvent.values()) {
            for (boolean after : new boolean[]{false, true}) {
                Faults faults;
                int call = 0;
                do {
                    site = new Site();
                    String id = deployed();
                    if (event == HookEvent.BEFORE_ALLOW_TRAFFIC) {
                        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
                    }
                    reports.clear();
                    faults = Faults.at(call++, after);
                    site.breaking(faults);
                    try {
                        answer(event, id);
                        assertReported(!faults.happened());
                    } catch (Faults.Injected e) {
                        assertThat(e).hasMessageContaining("Reports.report");
                        site.breaking(Faults.none());
                        answer(event, id);
                        assertThat(reports).as("the repeated call says the same again").extracting(Report::passed)
                                .containsOnly(true);
                    }
                    faultsSeen += faults.happened() ? 1 : 0;
                } while (faults.happened());
            }
        }
        assertThat(faultsSeen).isGreaterThan(40);
    }

    @Test
    void an_error_of_the_machine_is_reported_too() {
        String id = deployed();
        TestTraffic broken = new TestTraffic() {
            @Override
            public Green green(String application, String deploymentGroup, String deploymentId) {
                throw new NoClassDefFoundError("something/Missing");
            }

            @Override
            public Map<String, Integer> weights(Green green) {
                return Map.of();
            }
        };
        GreenCheck check = new GreenCheck(broken, uri -> new Answer.Status(200), new VirtualPace(),
                Check.of("/", ExpectedStatus.parse("200"), Duration.ofMinutes(5)));
        new ValidationHook(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, site.deployments(), site.world.releases(),
                site.verdicts(), broken, () -> check, (call, passed) -> reports.add(new Report("x", passed)),
                site.world.clock).answer(new HookCall(id, "x"), Duration.ofMinutes(10));
        assertReported(false);
    }

    @Test
    void the_same_call_again_gets_the_first_verdict_without_a_second_test() {
        String id = deployed();
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        status = 500;
        Answered again = answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        assertThat(again.counted()).isFalse();
        assertReported(true, true);
    }

    @Test
    void the_last_hook_does_not_pass_without_the_recorded_pass_of_the_first() {
        String id = deployed();
        Answered answered = answer(HookEvent.BEFORE_ALLOW_TRAFFIC, id);
        assertReported(false);
        assertThat(answered.verdict().sentence()).contains("no verdict of AfterAllowTestTraffic", "no test listener");
    }

    @Test
    void the_last_hook_does_not_pass_when_the_first_passed_another_digest() {
        String id = deployed();
        site.verdicts().write(id, HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                new Verdict(true, "Fine.", World.digest('b'), site.world.now));
        answer(HookEvent.BEFORE_ALLOW_TRAFFIC, id);
        assertReported(false);
    }

    @Test
    void a_rollback_is_never_held_up() {
        String id = deployed();
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.FAILED, "TIMEOUT", "late");
        status = 500;
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, rollback);
        answer(HookEvent.BEFORE_ALLOW_TRAFFIC, rollback);
        assertReported(true, true);
    }

    @Test
    void a_deployment_made_by_hand_is_tested_honestly_without_a_release() {
        String byHand = site.codeDeploy.byHand();
        greenRuns = "arn:anything:1";
        assertThat(answer(HookEvent.BEFORE_ALLOW_TRAFFIC, byHand).release()).isNull();
        status = 500;
        site = new Site();
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, site.codeDeploy.byHand(), "another");
        assertReported(true, false);
    }

    @Test
    void an_unknown_deployment_and_one_that_imitates_a_release_fail() {
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, "d-NOTHING", "one");
        String imitation = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop",
                "shop-api", "Greenlane release r-" + "0".repeat(32), new AppSpecContent("x")))).deploymentId();
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, imitation, "two");
        assertReported(false, false);
    }

    @Test
    void the_second_deployment_of_a_release_is_refused_before_production_moves() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.STOPPED);
        String second = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop", "shop-api",
                "Greenlane release " + site.release, new AppSpecContent("{\"spec\":1}")))).deploymentId();
        Answered answered = answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, second);
        assertReported(false);
        assertThat(answered.verdict().sentence()).contains("brought by deployment " + id);
    }

    @Test
    void the_first_hook_claims_a_deployment_whose_id_nobody_wrote_down() {
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        String id = site.codeDeploy.ours().get(0).id();
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        assertReported(true);
        assertThat(Objects.requireNonNull(site.world.releases().find(site.release)).launch().deploymentId())
                .isEqualTo(id);
    }

    @Test
    void a_release_that_has_ended_does_not_reach_production() {
        String id = deployed();
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null);
        Answered answered = answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        assertReported(false);
        assertThat(answered.verdict().sentence()).contains("has ended as ABORTED: Stopped by hand.");
    }

    @Test
    void a_green_that_runs_another_revision_fails() {
        String id = deployed();
        greenRuns = "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:8";
        answer(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, id);
        assertReported(false);
    }
}
