package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Course.Ended;
import io.greenlane.deployment.PrimaryTaskSets.Primary;
import io.greenlane.hook.Verdict;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the end of a deployment says about its image. */
class DeploymentWatchTest {
    private static final HookEvent TEST = HookEvent.AFTER_ALLOW_TEST_TRAFFIC;
    private static final String OTHER = Site.REVISION.replace(":7", ":6");

    private final Site site = new Site();
    private String id = "";

    @BeforeEach
    void it_is_deployed() {
        id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    }

    private void verdict(HookEvent event, Result result, @Nullable String report) {
        site.verdicts().write(id, event,
                new Verdict(result, "Told so.", World.digest('a'), report, site.world.now));
    }

    private Aftermath endsWith(DeploymentStatus status, String code, DeploymentStatus rollback) {
        site.codeDeploy.becomes(site.codeDeploy.fails(id, status, code, "It broke."), rollback);
        Deployment deployment = Objects.requireNonNull(site.codeDeploy.find(id));
        return ((Ended) course(deployment)).aftermath();
    }

    private Course course(Deployment deployment) {
        return site.watch().course(Objects.requireNonNull(site.world.releases().find(site.release)), deployment);
    }

    private Aftermath fails(String code) {
        return endsWith(DeploymentStatus.FAILED, code, DeploymentStatus.SUCCEEDED);
    }

    @Test
    void a_validation_that_failed_speaks_against_the_image() {
        verdict(TEST, Result.FAIL, id + "/report.html");
        assertThat(fails("HOOK_EXECUTION_FAILURE")).isEqualTo(new Aftermath(true, false));
    }

    @Test
    void an_inconclusive_validation_does_not() {
        verdict(TEST, Result.INCONCLUSIVE, id + "/report.html");
        assertThat(fails("HOOK_EXECUTION_FAILURE")).isEqualTo(Aftermath.NONE);
    }

    @Test
    void refusals_and_faults_of_our_own_do_not() {
        verdict(TEST, Result.FAIL, null);
        assertThat(fails("HOOK_EXECUTION_FAILURE")).isEqualTo(Aftermath.NONE);
    }

    @Test
    void what_codedeploy_could_not_do_does_not() {
        assertThat(fails("TIMEOUT")).isEqualTo(Aftermath.NONE);
    }

    @Test
    void an_alarm_speaks_against_the_image_once_production_may_have_moved_to_it() {
        verdict(TEST, Result.PASS, id + "/report.html");
        verdict(HookEvent.BEFORE_ALLOW_TRAFFIC, Result.PASS, id + "/report.html");
        assertThat(endsWith(DeploymentStatus.STOPPED, "ALARM_ACTIVE", DeploymentStatus.SUCCEEDED))
                .isEqualTo(new Aftermath(true, false));
    }

    @Test
    void an_alarm_before_that_is_about_blue() {
        verdict(TEST, Result.PASS, id + "/report.html");
        assertThat(endsWith(DeploymentStatus.STOPPED, "ALARM_ACTIVE", DeploymentStatus.SUCCEEDED))
                .isEqualTo(Aftermath.NONE);
    }

    @Test
    void a_stop_by_a_person_does_not() {
        verdict(TEST, Result.PASS, id + "/report.html");
        verdict(HookEvent.BEFORE_ALLOW_TRAFFIC, Result.PASS, id + "/report.html");
        assertThat(endsWith(DeploymentStatus.STOPPED, "MANUAL_STOP", DeploymentStatus.SUCCEEDED))
                .isEqualTo(Aftermath.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "STOPPED"})
    void a_rollback_that_fails_is_said_and_the_image_stays_at_fault(DeploymentStatus rollback) {
        verdict(TEST, Result.FAIL, id + "/report.html");
        assertThat(endsWith(DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", rollback))
                .isEqualTo(new Aftermath(true, true));
    }

    @Test
    void what_a_newer_push_overtook_is_not_to_blame_even_if_its_rollback_fails() {
        new Withdrawals(site.world.ledger(), site.world.clock).write(id,
                new Objection(Outcome.SUPERSEDED, "A newer push took its place."));
        verdict(HookEvent.BEFORE_ALLOW_TRAFFIC, Result.FAIL, id + "/report.html");
        assertThat(endsWith(DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", DeploymentStatus.FAILED))
                .isEqualTo(new Aftermath(false, true));
    }

    private Ended ends() {
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        Deployment deployment = Objects.requireNonNull(site.codeDeploy.find(id));
        Course first = course(deployment);
        if (first instanceof Ended ended) {
            return ended;
        }
        assertThat(first.toString()).contains("it is asked again");
        site.world.pass(Duration.ofSeconds(59));
        assertThat(course(deployment)).isInstanceOf(Course.Running.class);
        site.world.pass(Duration.ofSeconds(1));
        return (Ended) course(deployment);
    }

    @Test
    void a_deployment_that_succeeded_while_production_runs_something_else_has_diverged() {
        site.primary = new Primary(OTHER, 2);
        Ended ended = ends();
        assertThat(ended.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(ended.reason()).contains(id, OTHER, Site.REVISION, "Nothing is undone");
        assertThat(ended.aftermath().imageAtFault()).isFalse();
        assertThat(ended.aftermath().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.REVISION);
            assertThat(difference.found()).isEqualTo(OTHER);
        });
    }

    @Test
    void a_service_that_is_gone_has_diverged_too() {
        site.primary = null;
        assertThat(ends().reason()).contains("production runs nothing");
    }

    @Test
    void an_answer_of_the_past_is_not_believed() {
        site.primary = new Primary(OTHER, 2);
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        assertThat(course(Objects.requireNonNull(site.codeDeploy.find(id)))).isInstanceOf(Course.Running.class);
        site.world.pass(Duration.ofMinutes(2));
        site.primary = new Primary(Site.REVISION, 2);
        assertThat(ends().outcome()).isEqualTo(Outcome.DEPLOYED);
    }

    @Test
    void what_scaled_the_service_meanwhile_is_told_with_the_outcome() {
        site.primary = new Primary(Site.REVISION, 4);
        Ended ended = ends();
        assertThat(ended.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(ended.reason()).contains("from 2 to 4 tasks");
        assertThat(ended.aftermath().differences()).extracting(Difference::kind).containsExactly(Kind.DESIRED_COUNT);
    }

    @Test
    void scaling_is_named_as_the_cause_of_a_deployment_that_failed_and_the_image_is_not() {
        site.primary = new Primary(OTHER, 4);
        site.codeDeploy.becomes(site.codeDeploy.fails(id, DeploymentStatus.FAILED, "ECS_UPDATE_ERROR",
                "The service is not steady."), DeploymentStatus.SUCCEEDED);
        Ended ended = (Ended) course(Objects.requireNonNull(site.codeDeploy.find(id)));
        assertThat(ended.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ended.reason()).contains("The service is not steady.", "from 2 to 4 tasks", "5 minutes");
        assertThat(ended.aftermath().imageAtFault()).isFalse();
    }

    @Test
    void what_follows_travels_with_the_callback() {
        assertThat(DeploymentNews.output(new Ended(Outcome.ROLLED_BACK, "Bad.",
                new Aftermath(true, false)), id)).containsEntry("imageAtFault", true)
                .doesNotContainKey("rollbackFailed");
    }
}
