package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Course.Ended;
import io.greenlane.deployment.Course.Running;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CourseTest {
    private static final Instant NOW = World.START;

    private static Deployment deployment(DeploymentStatus status, @Nullable String code, @Nullable String rollbackId,
            Instant completedAt) {
        return new Deployment("d-NEW", "shop", "shop-api", status, "user", "", null, code, "It broke.", rollbackId,
                null, NOW, completedAt, false);
    }

    private static Deployment rollback(DeploymentStatus status) {
        return new Deployment("d-BACK", "shop", "shop-api", status, "codeDeployRollback", "", null, null, null, null,
                "d-NEW", NOW, NOW, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "STOPPED"}, mode = EnumSource.Mode.EXCLUDE)
    void what_is_not_final_has_not_ended(DeploymentStatus status) {
        assertThat(Course.of(deployment(status, null, null, NOW), null, null, NOW)).isInstanceOf(Running.class);
    }

    @Test
    void success_is_deployed() {
        assertThat(Course.of(deployment(DeploymentStatus.SUCCEEDED, null, null, NOW), null, null, NOW))
                .isInstanceOfSatisfying(Ended.class, it -> assertThat(it.outcome()).isEqualTo(Outcome.DEPLOYED));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "FAILED,  HOOK_EXECUTION_FAILURE, SUCCEEDED,   ROLLED_BACK",
            "STOPPED, ALARM_ACTIVE,           SUCCEEDED,   ROLLED_BACK",
            "STOPPED, MANUAL_STOP,            SUCCEEDED,   ABORTED",
            "FAILED,  TIMEOUT,                FAILED,      FAILED",
            "STOPPED, MANUAL_STOP,            STOPPED,     FAILED",
            "FAILED,  TIMEOUT,                IN_PROGRESS, -",
            "STOPPED, MANUAL_STOP,            CREATED,     -"})
    void a_deployment_that_failed_has_ended_when_its_rollback_has(DeploymentStatus status, String code,
            DeploymentStatus rollback, @Nullable Outcome outcome) {
        Course course = Course.of(deployment(status, code, "d-BACK", NOW), rollback(rollback), null, NOW);
        if (outcome == null) {
            assertThat(course).isInstanceOf(Running.class);
        } else {
            assertThat(course).isInstanceOfSatisfying(Ended.class, it -> {
                assertThat(it.outcome()).isEqualTo(outcome);
                assertThat(it.reason()).contains("It broke.", "d-BACK");
            });
        }
    }

    @Test
    void without_a_rollback_it_waits_a_minute_for_one_and_then_says_that_there_is_none() {
        Deployment failed = deployment(DeploymentStatus.FAILED, "TIMEOUT", null, NOW);
        assertThat(Course.of(failed, null, null, NOW.plusSeconds(59))).isInstanceOf(Running.class);
        assertThat(Course.of(failed, null, null, NOW.plus(Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(Ended.class, it -> {
                    assertThat(it.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(it.reason()).contains("no rollback");
                });
    }

    @Test
    void a_rollback_that_is_named_but_not_to_be_seen_yet_is_waited_for_however_long() {
        assertThat(Course.of(deployment(DeploymentStatus.FAILED, "TIMEOUT", "d-BACK", NOW), null, null,
                NOW.plus(Duration.ofDays(1)))).isEqualTo(new Running("Rollback d-BACK is not to be seen yet."));
    }

    @Test
    void a_person_who_stopped_it_without_a_rollback_is_told_to_look_and_an_alarm_is_no_person() {
        Instant later = NOW.plus(Duration.ofMinutes(1));
        assertThat(Course.of(deployment(DeploymentStatus.STOPPED, "MANUAL_STOP", null, NOW), null, null, later))
                .isEqualTo(new Ended(Outcome.ABORTED, "Deployment d-NEW ended as STOPPED (MANUAL_STOP): It broke."
                        + " CodeDeploy began no rollback: look at what production runs."));
        assertThat(Course.of(deployment(DeploymentStatus.STOPPED, "ALARM_ACTIVE", null, NOW), null, null, later))
                .isInstanceOfSatisfying(Ended.class, it -> assertThat(it.outcome()).isEqualTo(Outcome.FAILED));
        assertThat(Course.of(deployment(DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", null, NOW), null,
                new Objection(Outcome.ROLLED_BACK, "Bad."), later)).isEqualTo(new Ended(Outcome.FAILED,
                        "Bad. CodeDeploy began no rollback: look at what production runs."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "TIMEOUT | The deployment timed out: tasks did not become healthy | Green never became healthy. Deployment",
            "TIMEOUT | The deployment timed out                               | Deployment",
            "TIMEOUT | -                                                      | Deployment",
            "ERROR   | Tasks did not become healthy                           | Deployment"})
    void a_limit_on_install_is_told_as_what_it_means(String code, @Nullable String message, String begin) {
        Deployment failed = new Deployment("d-NEW", "shop", "shop-api", DeploymentStatus.FAILED, "user", "", null,
                code, message, "d-BACK", null, NOW, NOW, false);
        assertThat(Course.of(failed, rollback(DeploymentStatus.SUCCEEDED), null, NOW)).isInstanceOfSatisfying(
                Ended.class, it -> assertThat(it.reason()).startsWith(begin + " d-NEW ended as FAILED (" + code + ")"));
    }

    @Test
    void what_codedeploy_does_not_say_is_left_out() {
        for (String message : new String[]{null, " "}) {
            Deployment failed = new Deployment("d-NEW", "shop", "shop-api", DeploymentStatus.FAILED, "user", "", null,
                    null, message, "d-BACK", null, NOW, null, false);
            assertThat(Course.of(failed, rollback(DeploymentStatus.SUCCEEDED), null, NOW)).isEqualTo(
                    new Ended(Outcome.ROLLED_BACK, "Deployment d-NEW ended as FAILED. Rollback d-BACK succeeded: the"
                            + " revision before serves production."));
        }
    }

    @Test
    void while_blue_is_kept_it_says_that_production_has_moved() {
        Deployment shifted = new Deployment("d-NEW", "shop", "shop-api", DeploymentStatus.IN_PROGRESS, "user", "",
                null, null, null, null, null, NOW, null, true);
        assertThat(Course.of(shifted, null, null, NOW)).isEqualTo(new Running(
                "Deployment d-NEW has moved production to green and waits before it ends blue."));
    }

    @Test
    void what_our_own_validation_found_says_more_than_the_error_of_codedeploy() {
        assertThat(Course.of(deployment(DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", "d-BACK", NOW),
                rollback(DeploymentStatus.SUCCEEDED), new Objection(Outcome.ROLLED_BACK,
                        "AfterAllowTestTraffic: GET / answered 500"),
                NOW))
                .isInstanceOfSatisfying(Ended.class, it -> assertThat(it.reason())
                        .startsWith("AfterAllowTestTraffic: GET / answered 500.").doesNotContain("It broke."));
    }

    @Test
    void a_deployment_that_we_stopped_ourselves_was_rolled_back_not_aborted() {
        assertThat(Course.of(deployment(DeploymentStatus.STOPPED, "MANUAL_STOP", "d-BACK", NOW),
                rollback(DeploymentStatus.SUCCEEDED), new Objection(Outcome.ROLLED_BACK,
                        "Install: 3 tasks of green failed."),
                NOW))
                .isEqualTo(new Ended(Outcome.ROLLED_BACK, "Install: 3 tasks of green failed. Rollback d-BACK succeeded:"
                        + " the revision before serves production."));
    }

    @Test
    void a_deployment_that_made_way_ends_as_that_with_a_rollback_or_without_one() {
        Objection overtaken = new Objection(Outcome.SUPERSEDED, "A newer push took its place.");
        assertThat(Course.of(deployment(DeploymentStatus.STOPPED, "MANUAL_STOP", "d-BACK", NOW),
                rollback(DeploymentStatus.SUCCEEDED), overtaken, NOW)).isInstanceOfSatisfying(Ended.class,
                        it -> assertThat(it.outcome()).isEqualTo(Outcome.SUPERSEDED));
        Deployment early = deployment(DeploymentStatus.STOPPED, "MANUAL_STOP", null, NOW);
        assertThat(Course.of(early, null, overtaken, NOW.plusSeconds(59))).isInstanceOf(Running.class);
        assertThat(Course.of(early, null, overtaken, NOW.plusSeconds(60))).isEqualTo(new Ended(Outcome.SUPERSEDED,
                "A newer push took its place. CodeDeploy began no rollback; production had not moved."));
        assertThat(Course.of(deployment(DeploymentStatus.STOPPED, "MANUAL_STOP", "d-BACK", NOW),
                rollback(DeploymentStatus.FAILED), overtaken, NOW)).isInstanceOfSatisfying(Ended.class,
                        it -> assertThat(it.outcome()).isEqualTo(Outcome.FAILED));
        assertThat(Course.of(deployment(DeploymentStatus.SUCCEEDED, null, null, NOW), null, overtaken, NOW))
                .isInstanceOfSatisfying(Ended.class, it -> assertThat(it.outcome()).isEqualTo(Outcome.DEPLOYED));
    }
}
