package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.Course;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Site;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.ValidationHook.Answered;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Faults;
import io.greenlane.release.Ledger.Change;
import io.greenlane.release.Outcome;
import io.greenlane.release.Quarantined;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidationHookTest {
    private static final HookEvent FIRST = HookEvent.AFTER_ALLOW_TEST_TRAFFIC;
    private static final HookEvent LAST = HookEvent.BEFORE_ALLOW_TRAFFIC;

    /** What CodeDeploy heard. */
    private record Report(String executionId, boolean passed) {}

    private final List<Report> reports = new ArrayList<>();
    private final List<String> validating = new ArrayList<>();
    private final List<Instant> deadlines = new ArrayList<>();
    private Site site = new Site();
    private String greenRuns = Site.REVISION;
    private String image = "registry/shop/api@" + World.digest('a');
    private @Nullable Instant began;

    private String deployed() {
        return Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    }

    private Answered answer(HookEvent event, String deploymentId) {
        return answer(event, deploymentId, event + "-execution");
    }

    private Answered answer(HookEvent event, String deploymentId, String executionId) {
        World world = site.world;
        return new ValidationHook(event, site.deployments(),
                world.watched(LifecycleEvents.class, (id, it) -> began), world.releases(), world.quarantine(),
                site.verdicts(), site.fence(), world.watched(Greens.class,
                        (application, group, id) -> new Greens.Green(greenRuns, List.of("proxy:1", image))),
                world.watched(Deadlines.class, (hook, overdueAt) -> deadlines.add(overdueAt)),
                world.watched(Validations.class, hook -> {
                    validating.add(hook.name());
                    return world.now;
                }), desk((call, passed) -> {
                    boolean first = reports.stream().noneMatch(it -> it.executionId().equals(call.executionId()));
                    reports.add(new Report(call.executionId(), passed));
                    return first;
                }), world.clock).answer(new HookCall(deploymentId, executionId));
    }

    private VerdictDesk desk(Reports reporting) {
        return new VerdictDesk(site.deployments(), site.verdicts(), site.world.watched(Reports.class, reporting),
                site.meeting());
    }

    private void passed(String deploymentId, HookEvent event, char digest) {
        site.verdicts().write(deploymentId, event,
                new Verdict(Result.PASS, "Fine.", World.digest(digest), null, site.world.now));
    }

    private void assertReported(boolean... passed) {
        List<Boolean> wanted = new ArrayList<>();
        for (boolean one : passed) {
            wanted.add(one);
        }
        assertThat(reports).extracting(Report::passed).containsExactlyElementsOf(wanted);
    }

    private static String sentence(Answered answered) {
        return ((Answered.Settled) answered).verdict().sentence();
    }

    @Test
    void green_of_a_release_is_handed_over_at_every_hook_with_a_deadline_beside_it() {
        String id = deployed();
        answer(FIRST, id);
        passed(id, FIRST, 'a');
        answer(LAST, id);
        answer(HookEvent.AFTER_ALLOW_TRAFFIC, id);
        assertReported();
        assertThat(validating).containsExactly(id + "-AfterAllowTestTraffic", id + "-BeforeAllowTraffic",
                id + "-AfterAllowTraffic");
        assertThat(deadlines).hasSize(3).containsOnly(site.world.now.plus(Duration.ofMinutes(55)));
    }

    @Test
    void the_deadline_counts_from_the_begin_of_the_lifecycle_event() {
        String id = deployed();
        began = site.world.now.minus(Duration.ofMinutes(7));
        answer(FIRST, id);
        assertThat(deadlines).containsExactly(site.world.now.plus(Duration.ofMinutes(48)));
    }

    @Test
    void whatever_breaks_failed_is_reported_unless_the_hook_is_handed_over() {
        AtomicInteger faultsSeen = new AtomicInteger();
        for (HookEvent event : HookEvent.values()) {
            Faults.atEachCall(faults -> {
                site = new Site();
                String id = deployed();
                passed(id, FIRST, 'a');
                if (event == FIRST) {
                    site = new Site();
                    id = deployed();
                }
                reports.clear();
                site.breaking(faults);
                Answered answered = answer(event, id);
                if (answered instanceof Answered.HandedOver) {
                    assertReported();
                    assertThat(faults.happened()).isFalse();
                } else {
                    assertThat(reports).extracting(Report::passed).containsOnly(false);
                    assertThat(sentence(answered)).contains("injected");
                }
                faultsSeen.addAndGet(faults.happened() ? 1 : 0);
            });
        }
        assertThat(faultsSeen.get()).isGreaterThan(40);
    }

    @Test
    void an_error_of_the_machine_is_reported_too() {
        String id = deployed();
        new ValidationHook(FIRST, site.deployments(), (deployment, event) -> null, site.world.releases(),
                site.world.quarantine(), site.verdicts(), site.fence(), (application, group, deployment) -> {
                    throw new NoClassDefFoundError("something/Missing");
                }, (hook, overdueAt) -> deadlines.add(overdueAt), hook -> {
                    throw new AssertionError("handed over");
                }, new VerdictDesk(site.deployments(), site.verdicts(),
                        (call, passed) -> reports.add(new Report("x", passed)), site.meeting()),
                site.world.clock)
                .answer(new HookCall(id, "x"));
        assertReported(false);
    }

    @Test
    void a_verdict_that_stands_is_said_again_without_a_second_validation() {
        String id = deployed();
        passed(id, FIRST, 'a');
        answer(FIRST, id);
        assertThat(((Answered.Settled) answer(FIRST, id)).counted()).isFalse();
        assertReported(true, true);
        assertThat(validating).isEmpty();
    }

    @Test
    void the_last_hook_does_not_pass_without_the_recorded_pass_of_the_first() {
        assertThat(sentence(answer(LAST, deployed()))).contains("no verdict of AfterAllowTestTraffic",
                "no test listener");
        assertReported(false);
    }

    @Test
    void the_last_hook_does_not_pass_when_the_first_passed_another_digest_or_was_inconclusive() {
        String id = deployed();
        passed(id, FIRST, 'b');
        answer(LAST, id);
        site = new Site();
        String other = deployed();
        site.verdicts().write(other, FIRST,
                new Verdict(Result.INCONCLUSIVE, "Too few.", World.digest('a'), null, site.world.now));
        assertThat(sentence(answer(LAST, other, "another"))).endsWith("was no pass for " + World.digest('a')
                + ": Too few.");
        assertReported(false, false);
    }

    @Test
    void a_rollback_is_never_held_up_not_even_by_a_ledger_that_takes_nothing() {
        String id = deployed();
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.FAILED, "TIMEOUT", "late");
        answer(FIRST, rollback);
        answer(LAST, rollback);
        assertReported(true, true);
        for (int call = 0; call < 5; call++) {
            reports.clear();
            site.breaking(Faults.at(call, false));
            answer(HookEvent.AFTER_ALLOW_TRAFFIC, rollback);
            assertThat(reports).extracting(Report::passed).containsOnly(true);
        }
        assertThat(validating).isEmpty();
    }

    @Test
    void a_deployment_made_by_hand_is_validated_without_a_release() {
        greenRuns = "arn:anything:1";
        assertThat(answer(LAST, site.codeDeploy.byHand())).isEqualTo(new Answered.HandedOver(null));
    }

    @Test
    void an_unknown_deployment_and_one_that_imitates_a_release_fail() {
        answer(FIRST, "d-NOTHING", "one");
        String imitation = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop",
                "shop-api", "Greenlane release r-" + "0".repeat(32), new AppSpecContent("x")))).deploymentId();
        answer(FIRST, imitation, "two");
        assertReported(false, false);
        assertThat(validating).isEmpty();
    }

    @Test
    void the_second_deployment_of_a_release_is_refused_before_production_moves() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.STOPPED);
        String second = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop", "shop-api",
                "Greenlane release " + site.release, new AppSpecContent("{\"spec\":1}")))).deploymentId();
        assertThat(sentence(answer(FIRST, second))).contains("brought by deployment " + id);
        assertReported(false);
    }

    @Test
    void the_first_hook_claims_a_deployment_whose_id_nobody_wrote_down() {
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        String id = site.codeDeploy.ours().get(0).id();
        answer(FIRST, id);
        assertThat(validating).hasSize(1);
        assertThat(Objects.requireNonNull(site.world.releases().find(site.release)).launch().deploymentId())
                .isEqualTo(id);
    }

    @Test
    void a_release_that_has_ended_does_not_reach_production() {
        String id = deployed();
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null, Aftermath.NONE,
                it -> null);
        assertThat(sentence(answer(FIRST, id))).contains("has ended as ABORTED: Stopped by hand.");
        assertReported(false);
    }

    @Test
    void a_green_that_runs_another_revision_fails() {
        String id = deployed();
        greenRuns = "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:8";
        assertThat(sentence(answer(FIRST, id))).isEqualTo("Green runs " + greenRuns + ", but release " + site.release
                + " registered " + Site.REVISION + ".");
        assertReported(false);
    }

    @Test
    void a_release_whose_image_came_into_quarantine_meanwhile_does_not_reach_production() {
        String id = deployed();
        site.world.quarantine().put(World.SHOP, new Quarantined(World.digest('a'), site.world.now, "Ada",
                "Carts are empty.", null, null));
        assertThat(sentence(answer(FIRST, id))).contains("in quarantine for shop/shop-api",
                "Ada rolled it back: Carts");
        assertReported(false);
        assertThat(validating).isEmpty();
    }

    @Test
    void a_green_that_runs_another_image_fails() {
        String id = deployed();
        image = "registry/shop/api@" + World.digest('b');
        assertThat(sentence(answer(FIRST, id))).contains("Green runs proxy:1, registry/shop/api@",
                "brings shop/api@" + World.digest('a'));
        assertReported(false);
    }

    @Test
    void an_overtaken_release_passes_no_hook_before_production_and_ends_as_superseded() {
        String id = deployed();
        site.overtake(Policy.NEWEST_WINS);
        assertThat(sentence(answer(FIRST, id))).contains("A newer push took its place");
        passed(id, FIRST, 'a');
        answer(LAST, id);
        assertReported(false, false);
        site.codeDeploy.becomes(site.codeDeploy.fails(id, DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", "hook"),
                DeploymentStatus.SUCCEEDED);
        assertThat(site.look(1, "token-1").course()).isInstanceOfSatisfying(Course.Ended.class,
                it -> assertThat(it.outcome()).isEqualTo(Outcome.SUPERSEDED));
    }

    @ParameterizedTest
    @EnumSource(names = "NEWEST_WINS", mode = EnumSource.Mode.EXCLUDE)
    void where_pushes_do_not_overtake_the_hooks_go_on(Policy policy) {
        String id = deployed();
        site.overtake(policy);
        answer(FIRST, id);
        assertThat(validating).hasSize(1);
    }

    @Test
    void a_held_service_lets_no_release_near_production_but_those_that_are_there_already() {
        String id = deployed();
        passed(id, FIRST, 'a');
        hold("frozen until Monday");
        assertThat(sentence(answer(LAST, id))).isEqualTo("The service is held: frozen until Monday");
        answer(HookEvent.AFTER_ALLOW_TRAFFIC, id);
        assertThat(validating).containsExactly(id + "-AfterAllowTraffic");
    }

    @Test
    void a_pass_that_would_move_production_is_none_once_a_newer_push_came() {
        String id = deployed();
        CodeDeployHook last = new CodeDeployHook(LAST, new HookCall(id, "x"));
        Verdict fine = new Verdict(Result.PASS, "Fine.", World.digest('a'), "d/report.html", site.world.now);
        assertThat(site.fence().judge(new CodeDeployHook(FIRST, new HookCall(id, "y")), fine)).isEqualTo(fine);
        site.overtake(Policy.NEWEST_WINS);
        assertThat(site.fence().judge(last, fine)).satisfies(verdict -> {
            assertThat(verdict.result()).isEqualTo(Result.FAIL);
            assertThat(verdict.sentence()).contains("A newer push took its place");
            assertThat(verdict.report()).isEqualTo("d/report.html");
        });
    }

    @Test
    void once_production_may_move_a_newer_push_waits_and_a_hold_is_too_late() {
        String id = deployed();
        CodeDeployHook last = new CodeDeployHook(LAST, new HookCall(id, "x"));
        Verdict fine = new Verdict(Result.PASS, "Fine.", World.digest('a'), null, site.world.now);
        assertThat(site.fence().judge(last, fine)).isEqualTo(fine);
        assertThat(site.overtake(Policy.NEWEST_WINS).reason()).contains("has not ended");
        hold("frozen until Monday");
        assertThat(site.fence().judge(last, fine)).isEqualTo(fine);
    }

    @Test
    void a_deployment_that_nobody_sees_does_not_pass_the_fence_and_its_image_is_not_blamed() {
        Verdict fine = new Verdict(Result.PASS, "Fine.", World.digest('a'), "d/report.html", site.world.now);

        assertThat(site.fence().judge(new CodeDeployHook(LAST, new HookCall("d-UNSEEN123", "x")), fine))
                .satisfies(verdict -> {
                    assertThat(verdict.passed()).isFalse();
                    assertThat(verdict.sentence()).contains("CodeDeploy does not show deployment d-UNSEEN123");
                    assertThat(verdict.speaksAgainstImage()).isFalse();
                });
    }

    @Test
    void the_fence_lets_rollbacks_and_deployments_of_others_pass() {
        String id = deployed();
        Verdict fine = new Verdict(Result.PASS, "Fine.", null, null, site.world.now);
        site.overtake(Policy.NEWEST_WINS);
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.STOPPED, "MANUAL_STOP", "stopped");
        assertThat(site.fence().judge(new CodeDeployHook(LAST, new HookCall(rollback, "x")), fine)).isEqualTo(fine);
        assertThat(site.fence().judge(new CodeDeployHook(LAST, new HookCall(site.codeDeploy.byHand(), "x")), fine))
                .isEqualTo(fine);
    }

    @Test
    void a_release_that_the_ledger_does_not_know_does_not_pass_the_fence() {
        String unknown = "r-" + "0".repeat(32);
        String id = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop", "shop-api",
                "Greenlane release " + unknown, new AppSpecContent("x")))).deploymentId();
        Verdict fine = new Verdict(Result.PASS, "Fine.", null, null, site.world.now);
        assertThat(site.fence().judge(new CodeDeployHook(LAST, new HookCall(id, "x")), fine)).satisfies(verdict -> {
            assertThat(verdict.result()).isEqualTo(Result.FAIL);
            assertThat(verdict.sentence()).isEqualTo("The ledger knows no release " + unknown + ".");
        });
    }

    private void hold(String why) {
        site.world.ledger().change("service#" + World.SHOP.key(), entry -> {
            Map<String, Object> members = new HashMap<>(Objects.requireNonNull(entry).members());
            members.put("hold", why);
            return Change.write(members, why);
        });
    }
}
