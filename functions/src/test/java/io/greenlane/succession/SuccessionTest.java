package io.greenlane.succession;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Course;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.Site;
import io.greenlane.group.GroupSite;
import io.greenlane.hook.Verdict;
import io.greenlane.release.Faults;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuccessionTest {
    private Site site = new Site();

    private String deployed() {
        return Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    }

    private Succession.@Nullable Advance advance(boolean endTerminationWait) {
        return new Succession(site.world.releases(), site.world.groups(), site.world.queue(), site.deployments(),
                site.withdrawals().or(site.verdicts()), site.verdicts(), site.withdrawals(),
                site.world.watched(Interventions.class, site.codeDeploy)).advance(SHOP, endTerminationWait).stream()
                .findFirst().orElse(null);
    }

    private void verdict(String deployment, HookEvent event, Result result) {
        site.verdicts().write(deployment, event, new Verdict(result, "Seen.", digest('a'), null, site.world.now));
    }

    private Course course() {
        return site.look(1, "token-1").course();
    }

    private void rollbackSucceeds(String deployment) {
        site.codeDeploy.becomes(Objects.requireNonNull(
                Objects.requireNonNull(site.codeDeploy.find(deployment)).rollbackDeploymentId()),
                DeploymentStatus.SUCCEEDED);
    }

    @Test
    void an_overtaken_deployment_is_stopped_once_and_its_release_is_superseded_when_the_rollback_has_ended() {
        String id = deployed();
        site.overtake(Policy.NEWEST_WINS);
        assertThat(Objects.requireNonNull(advance(false)).sentence()).contains(id + " was stopped: A newer push");
        assertThat(course()).isInstanceOf(Course.Running.class);
        assertThat(advance(false)).isNull();
        rollbackSucceeds(id);
        assertThat(course()).isInstanceOfSatisfying(Course.Ended.class, ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.SUPERSEDED);
            assertThat(ended.reason()).startsWith("A newer push took its place").contains("the revision before serves");
        });
        assertThat(site.codeDeploy.stopped).containsExactly(id);
    }

    @Test
    void whatever_breaks_on_the_way_the_next_try_stops_it_and_the_reason_is_known() {
        AtomicInteger faultsSeen = new AtomicInteger();
        Faults.atEachCall(faults -> {
            site = new Site();
            String id = deployed();
            site.overtake(Policy.NEWEST_WINS);
            site.breaking(faults);
            try {
                advance(false);
            } catch (Faults.Injected e) {
                faultsSeen.incrementAndGet();
            }
            site.breaking(Faults.none());
            advance(false);
            assertThat(site.codeDeploy.stopped).containsExactly(id);
            rollbackSucceeds(id);
            assertThat(course()).isInstanceOfSatisfying(Course.Ended.class,
                    ended -> assertThat(ended.outcome()).isEqualTo(Outcome.SUPERSEDED));
        });
        assertThat(faultsSeen.get()).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(names = "NEWEST_WINS", mode = EnumSource.Mode.EXCLUDE)
    void where_pushes_do_not_overtake_nothing_is_stopped(Policy policy) {
        deployed();
        site.overtake(policy);
        assertThat(advance(true)).isNull();
        assertThat(site.codeDeploy.stopped).isEmpty();
    }

    @Test
    void what_production_may_move_to_is_not_stopped() {
        deployed();
        site.world.queue().clear(SHOP, site.release);
        site.overtake(Policy.NEWEST_WINS);
        assertThat(advance(false)).isNull();
        assertThat(site.codeDeploy.stopped).isEmpty();
    }

    @Test
    void a_deployment_that_passed_its_last_hook_under_the_version_before_is_not_stopped() {
        String id = deployed();
        site.overtake(Policy.NEWEST_WINS);
        verdict(id, HookEvent.BEFORE_ALLOW_TRAFFIC, Result.PASS);
        assertThat(advance(false)).isNull();
        assertThat(site.codeDeploy.stopped).isEmpty();
    }

    @Test
    void a_deployment_without_a_known_id_is_left_to_its_hook() {
        site.overtake(Policy.NEWEST_WINS);
        assertThat(advance(false)).isNull();
        assertThat(site.look(0, "token-0").course()).isInstanceOfSatisfying(Course.Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(Outcome.SUPERSEDED));
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void what_a_person_stopped_stays_aborted_and_its_rollback_goes_on() {
        String id = deployed();
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.STOPPED, "MANUAL_STOP", "stopped by a user");
        site.overtake(Policy.NEWEST_WINS);
        assertThat(advance(true)).isNull();
        assertThat(site.codeDeploy.stopped).isEmpty();
        site.codeDeploy.becomes(rollback, DeploymentStatus.SUCCEEDED);
        assertThat(course()).isInstanceOfSatisfying(Course.Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(Outcome.ABORTED));
    }

    @Test
    void what_failed_its_validation_before_it_was_overtaken_was_rolled_back() {
        String id = deployed();
        verdict(id, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.FAIL);
        site.overtake(Policy.NEWEST_WINS);
        advance(false);
        assertThat(site.withdrawals().whyRefused(id)).isNull();
        rollbackSucceeds(id);
        assertThat(course()).isInstanceOfSatisfying(Course.Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(Outcome.ROLLED_BACK));
    }

    @Test
    void the_first_reason_of_a_withdrawal_stands() {
        Objection first = new Objection(Outcome.HELD, "Frozen.");
        site.withdrawals().write("d-1", first);
        site.withdrawals().write("d-1", new Objection(Outcome.SUPERSEDED, "Overtaken."));
        assertThat(site.withdrawals().whyRefused("d-1")).isEqualTo(first);
    }

    @Test
    void the_wait_for_blue_ends_when_that_is_wanted_and_all_hooks_have_passed_and_another_waits() {
        String id = deployed();
        site.world.queue().clear(SHOP, site.release);
        verdict(id, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.PASS);
        verdict(id, HookEvent.BEFORE_ALLOW_TRAFFIC, Result.WARN);
        assertThat(advance(true)).isNull();
        site.overtake(Policy.QUEUE);
        assertThat(advance(true)).isNull();
        site.codeDeploy.shifts(id);
        assertThat(advance(true)).isNull();
        verdict(id, HookEvent.AFTER_ALLOW_TRAFFIC, Result.PASS);
        assertThat(advance(false)).isNull();
        assertThat(Objects.requireNonNull(advance(true)).sentence()).contains(id + " keeps blue no longer");
        assertThat(course()).isInstanceOfSatisfying(Course.Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(Outcome.DEPLOYED));
        assertThat(advance(true)).isNull();
    }

    @Test
    void the_wait_for_blue_does_not_end_after_a_hook_that_failed() {
        String id = deployed();
        site.world.queue().clear(SHOP, site.release);
        verdict(id, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.PASS);
        verdict(id, HookEvent.BEFORE_ALLOW_TRAFFIC, Result.PASS);
        verdict(id, HookEvent.AFTER_ALLOW_TRAFFIC, Result.FAIL);
        site.codeDeploy.shifts(id);
        site.overtake(Policy.NEWEST_WINS);
        assertThat(advance(true)).isNull();
    }

    private static List<String> advance(GroupSite group, boolean endTerminationWait) {
        Site of = group.site;
        return new Succession(of.world.releases(), of.world.groups(), of.world.queue(), of.deployments(),
                of.withdrawals().or(of.verdicts()), of.verdicts(), of.withdrawals(), of.codeDeploy)
                .advance(group.service(0), endTerminationWait).stream().map(Succession.Advance::deploymentId).toList();
    }

    private static void newer(GroupSite group) {
        group.ask(World.push('c', "event-c", World.START.plusSeconds(1)), World.execution("c"), 0, Policy.NEWEST_WINS,
                null);
    }

    @Test
    void a_group_that_is_overtaken_is_stopped_at_all_of_its_services() {
        GroupSite group = new GroupSite(1, 1).deploying();
        assertThat(advance(group, true)).isEmpty();
        newer(group);
        assertThat(advance(group, false)).containsExactly(group.deployment(0), group.deployment(1));
        assertThat(group.site.codeDeploy.stopped).hasSize(2);
    }

    @Test
    void no_service_of_a_group_loses_blue_before_all_of_them_have_moved() {
        GroupSite group = new GroupSite(1, 1).passed();
        newer(group);
        for (int member = 0; member < 2; member++) {
            group.site.codeDeploy.shifts(group.deployment(member));
            for (HookEvent event : HookEvent.values()) {
                group.site.verdicts().write(group.deployment(member), event, group.verdict(Result.PASS));
            }
        }
        group.site.meeting().moved(group.id(), group.member(0).releaseId());
        assertThat(advance(group, true)).isEmpty();
        group.site.meeting().moved(group.id(), group.member(1).releaseId());
        assertThat(advance(group, false)).isEmpty();
        assertThat(advance(group, true)).containsExactly(group.deployment(0), group.deployment(1));
    }
}
