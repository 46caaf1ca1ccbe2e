package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** What happens when a release has to make way, and whoever sees to it fails or dies. */
@Execution(ExecutionMode.CONCURRENT)
class MakingWayTest {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = site();

    private SampleSite site(String... parameters) {
        Map<String, String> changed = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            changed.put(parameters[i], parameters[i + 1]);
        }
        SampleSite site = new SampleSite(changed, functions);
        site.validateBy(OverlapTest.RULES);
        return site;
    }

    private List<String> outcomes() {
        return site.recorded().stream().map(Recorded::outcome).toList();
    }

    private DeploymentInfo newest() {
        return site.deployments().getLast();
    }

    @Test
    void the_newer_push_is_deployed_as_soon_as_the_rollback_of_the_older_one_has_ended() {
        site.push("v2", GOOD);
        site.until("AfterAllowTestTraffic");
        Instant pushed = site.cloud.timeline.now();
        String last = site.push("v3", GOOD);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 3, LONGEST);
        assertThat(Duration.between(pushed, newest().createTime())).isLessThan(Duration.ofSeconds(15));
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("SUPERSEDED", "DEPLOYED");
        assertThat(site.messages()).extracting(it -> it.get("outcome").asText())
                .containsExactly("SUPERSEDED", "DEPLOYED");
        site.assertAtRest(last);
        site.assertTestListenerFollows();
    }

    @Test
    void who_admits_the_newer_push_dies_at_any_of_its_calls() {
        int calls = overtakenWhileDying("AdmitRelease", Integer.MAX_VALUE, false);
        assertThat(calls).isGreaterThan(10);
        for (int call = 1; call <= calls; call++) {
            overtakenWhileDying("AdmitRelease", call, call % 2 == 0);
        }
    }

    private int overtakenWhileDying(String function, int call, boolean afterwards) {
        site = site("TerminationWaitMinutes", "0");
        site.push("v2", GOOD);
        site.until("AfterAllowTestTraffic");
        FunctionLife life = site.cloud.functions.of(site.resource(function));
        life.diesAt(call, afterwards);
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(outcomes()).as("death at call %d", call).containsExactlyInAnyOrder("SUPERSEDED", "DEPLOYED");
        assertThat(site.messages()).hasSize(2);
        site.assertAtRest(last);
        return life.calls();
    }

    @Test
    void a_deployment_that_cannot_be_stopped_is_refused_by_its_next_hook() {
        site.push("v2", GOOD);
        site.until("AfterAllowTestTraffic");
        site.cloud.refuse("StopDeployment");
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("SUPERSEDED", "DEPLOYED");
        DeploymentInfo first = site.deployments().getFirst();
        assertThat(first.statusAsString()).isEqualTo("Failed");
        assertThat(site.verdicts(first.deploymentId()).get("BeforeAllowTraffic"))
                .contains("A newer push took its place");
        site.assertAtRest(last);
    }

    @Test
    void a_push_during_the_last_validation_is_in_time_and_its_report_is_not_believed() {
        site.push("v2", GOOD);
        site.until("BeforeAllowTraffic");
        site.cloud.refuse("StopDeployment");
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("SUPERSEDED", "DEPLOYED");
        assertThat(site.verdicts(site.deployments().getFirst().deploymentId()).get("BeforeAllowTraffic"))
                .startsWith("FAIL: A newer push took its place");
        site.assertAtRest(last);
    }

    @Test
    void the_sweep_stops_what_who_admitted_could_not() {
        site.push("v2", SampleSite.NEVER_HEALTHY);
        site.until("Install");
        int[] refused = {0};
        site.cloud.beforeNext.put("StopDeployment", () -> {
            refused[0]++;
            site.cloud.beforeNext.put("StopDeployment", () -> {
                refused[0]++;
                throw new IllegalStateException("refused again");
            });
            throw new IllegalStateException("refused");
        });
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(refused[0]).isEqualTo(2);
        assertThat(outcomes()).containsExactlyInAnyOrder("SUPERSEDED", "DEPLOYED");
        site.assertAtRest(last);
    }

    @Test
    void while_production_moves_step_by_step_the_older_release_is_left_to_end() {
        site = site("DeploymentConfigName", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes");
        String first = site.push("v2", GOOD);
        site.until("AllowTraffic");
        site.cloud.timeline.advance(Duration.ofMinutes(3));
        String last = site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        String ignored = site.push("v4", GOOD);
        site.settle();

        assertThat(site.recorded()).extracting(Recorded::outcome)
                .containsExactlyInAnyOrder("DEPLOYED", "SUPERSEDED", "DEPLOYED");
        assertThat(site.deployments()).extracting(one -> Objects.requireNonNullElse(one.description(), ""))
                .noneMatch(text -> text.contains(last)).anyMatch(text -> text.contains(first));
        site.assertAtRest(ignored);
    }

    @Test
    void a_rollback_is_never_stopped_for_a_newer_push() {
        site.push("v2", BAD_PAGE);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 2, LONGEST);
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("ROLLED_BACK", "DEPLOYED");
        site.assertAtRest(last);
    }

    @Test
    void a_push_during_the_wait_for_blue_ends_it_where_that_is_wanted() {
        site = site("TerminationWaitMinutes", "60", "EndTerminationWait", "true");
        site.push("v2", GOOD);
        site.untilBlueIsKept();
        Instant pushed = site.cloud.timeline.now();
        String last = site.push("v3", GOOD);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 2, LONGEST);
        assertThat(Duration.between(pushed, newest().createTime())).isLessThan(Duration.ofSeconds(15));
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED", "DEPLOYED");
        site.assertAtRest(last);
    }

    @Test
    void a_push_before_the_wait_for_blue_has_the_sweep_end_it_whatever_call_the_sweep_dies_at() {
        int calls = endedBySweep(Integer.MAX_VALUE, false);
        assertThat(calls).isGreaterThan(5);
        for (int call = 1; call <= calls; call++) {
            endedBySweep(call, call % 2 == 0);
        }
    }

    private int endedBySweep(int call, boolean afterwards) {
        site = site("TerminationWaitMinutes", "20", "EndTerminationWait", "true", "Overlap", "queue");
        site.push("v2", GOOD);
        site.until("AfterAllowTestTraffic");
        String last = site.push("v3", GOOD);
        site.untilBlueIsKept();
        FunctionLife life = site.cloud.functions.of(site.resource("Sweep"));
        life.diesAt(call, afterwards);
        Instant moved = site.cloud.timeline.now();
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 2, LONGEST);
        int calls = life.calls();
        assertThat(Duration.between(moved, newest().createTime())).isLessThan(Duration.ofMinutes(11));
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED", "DEPLOYED");
        site.assertAtRest(last);
        return calls;
    }

    @Test
    void the_wait_for_blue_is_kept_where_nothing_else_is_said() {
        site = site("TerminationWaitMinutes", "60");
        site.push("v2", GOOD);
        site.untilBlueIsKept();
        Instant moved = site.cloud.timeline.now();
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(Duration.between(moved, newest().createTime())).isGreaterThanOrEqualTo(Duration.ofHours(1));
        site.assertAtRest(last);
    }

    @Test
    void a_person_who_stops_the_older_release_aborts_it_and_the_newer_one_follows() {
        site.push("v2", GOOD);
        site.untilBlueIsKept();
        String last = site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(30));
        String stopped = newest().deploymentId();
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(stopped).autoRollbackEnabled(true));
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("ABORTED", "DEPLOYED");
        site.assertAtRest(last);
    }

    @Test
    void an_image_pushed_again_while_its_release_makes_way_is_deployed_in_the_end() {
        String first = site.push("v2", GOOD);
        site.until("AfterAllowTestTraffic");
        site.cloud.refuse("StopDeployment");
        site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(5));
        site.push(SampleSite.REPOSITORY, "v4", "v2", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("SUPERSEDED", "SUPERSEDED", "DEPLOYED");
        site.assertAtRest(first);
    }
}
