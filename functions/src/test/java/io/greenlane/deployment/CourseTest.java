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
