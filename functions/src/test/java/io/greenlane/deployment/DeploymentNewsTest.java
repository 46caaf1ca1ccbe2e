package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.hook.Verdict;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Outcome;
import io.greenlane.release.World.Told;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeploymentNewsTest {
    private final Site site = new Site();

    private String deployed() {
        return Objects.requireNonNull(site.look(0, site.world.asleep("token-0")).deploymentId());
    }

    private void assertTold(Outcome outcome, String reason) {
        assertThat(site.world.told).singleElement().satisfies(told -> {
            assertThat(told.token()).isEqualTo("token-0");
            assertThat(told.output()).containsEntry("outcome", outcome.name()).containsKey("deploymentId");
            assertThat(String.valueOf(told.output().get("reason"))).contains(reason);
        });
    }

    @Test
    void success_wakes_the_workflow() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        site.news().about(id);
        assertTold(Outcome.DEPLOYED, "serves production");
    }

    @Test
    void the_same_news_twice_wakes_once() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        site.news().about(id);
        assertThat(site.news().about(id).sentence()).contains("Nobody waits");
        assertThat(site.world.told).extracting(Told::token).containsExactly("token-0");
    }

    @Test
    void the_success_of_a_rollback_is_told_as_rolled_back_with_what_validation_found() {
        String id = deployed();
        site.verdicts().write(id, HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                new Verdict(Result.FAIL, "GET / answered 500", null, null, site.world.now));
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", "A hook failed");
        assertThat(site.news().about(id).sentence()).contains("is IN_PROGRESS");
        assertThat(site.world.told).isEmpty();
        site.codeDeploy.becomes(rollback, DeploymentStatus.SUCCEEDED);
        assertThat(site.news().about(rollback).deploymentId()).isEqualTo(id);
        assertTold(Outcome.ROLLED_BACK, "AfterAllowTestTraffic: GET / answered 500");
    }

    @Test
    void news_that_come_before_the_id_is_written_down_still_wake() {
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        assertThat(site.look(0, site.world.asleep("token-0")).deploymentId()).isNull();
        String id = site.codeDeploy.ours().get(0).id();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        site.news().about(id);
        assertTold(Outcome.DEPLOYED, id);
    }

    @Test
    void deployments_of_others_are_left_alone() {
        String byHand = site.codeDeploy.byHand();
        site.codeDeploy.becomes(byHand, DeploymentStatus.SUCCEEDED);
        assertThat(site.news().about(byHand).sentence()).contains("not one of ours");
        assertThat(site.news().about("d-NOTHING").sentence()).contains("knows no deployment d-NOTHING");
        assertThat(site.world.told).isEmpty();
    }

    @Test
    void a_deployment_that_imitates_a_release_is_left_alone() {
        String imitation = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop",
                "shop-api", "Greenlane release r-" + "0".repeat(32), new AppSpecContent("x")))).deploymentId();
        assertThat(site.news().about(imitation)).satisfies(news -> {
            assertThat(news.release()).isNull();
            assertThat(news.sentence()).isEqualTo("Deployment " + imitation + " names release r-" + "0".repeat(32)
                    + ", which is not its own.");
        });
    }

    @Test
    void news_of_a_rollback_of_what_nobody_remembers_are_of_none_of_ours() {
        String rollback = site.codeDeploy.fails(deployed(), DeploymentStatus.FAILED, "TIMEOUT", "late");
        site.codeDeploy.forgets("d-000000001");
        assertThat(site.news().about(rollback).sentence()).contains("is not one of ours");
    }

    @Test
    void a_release_that_has_ended_hears_nothing_more() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null, Aftermath.NONE,
                it -> null);
        assertThat(site.news().about(id)).satisfies(news -> {
            assertThat(Objects.requireNonNull(news.release()).id()).isEqualTo(site.release);
            assertThat(news.sentence()).isEqualTo("The release has ended before as ABORTED.");
        });
        assertThat(site.world.told).isEmpty();
    }

    @Test
    void that_production_moved_is_written_down_and_wakes_nobody() {
        String id = deployed();
        site.codeDeploy.shifts(id);
        assertThat(site.news().about(id).sentence()).contains("has moved production to green");
        assertThat(Objects.requireNonNull(site.world.releases().find(site.release)).launch().shiftedAt())
                .isEqualTo(site.world.now);
        assertThat(site.world.told).isEmpty();
    }

    @Test
    void a_second_deployment_of_the_same_release_does_not_wake_for_the_first() {
        String id = deployed();
        site.codeDeploy.becomes(id, DeploymentStatus.STOPPED);
        String copy = ((Deployments.Created.Done) site.codeDeploy.create(new Deployments.Order("shop", "shop-api",
                Objects.requireNonNull(site.codeDeploy.find(id)).description(),
                new AppSpecContent("{\"spec\":1}")))).deploymentId();
        site.codeDeploy.becomes(copy, DeploymentStatus.SUCCEEDED);
        assertThat(site.news().about(copy).sentence()).contains("another deployment");
        assertThat(site.world.told).isEmpty();
    }
}
