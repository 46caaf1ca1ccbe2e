package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.Course.Ended;
import io.greenlane.deployment.Course.Running;
import io.greenlane.deployment.Deployments.Created;
import io.greenlane.deployment.Launcher.Launched;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Faults;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import io.greenlane.release.Releases.Step;
import io.greenlane.service.Overlap.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static String sentence(Launched launched) {
        return launched.course() instanceof Running(String sentence) ? sentence : launched.course().toString();
    }

    private static Release release(Site site) {
        return Objects.requireNonNull(site.world.releases().find(site.release));
    }

    /** Looks until a deployment is known, as the heartbeat makes the workflow do. */
    private static Launched untilKnown(Site site, int firstLook) {
        for (int look = firstLook; look < firstLook + 20; look++) {
            Launched launched = site.look(look, "token-" + look);
            if (launched.deploymentId() != null) {
                return launched;
            }
            site.world.pass(Duration.ofMinutes(2));
        }
        throw new AssertionError("no deployment after 20 looks");
    }

    @Test
    void the_first_look_creates_and_every_later_one_adopts() {
        Site site = new Site();
        String id = site.look(0, "token-0").deploymentId();
        assertThat(id).isNotNull();
        assertThat(site.look(1, "token-1").deploymentId()).isEqualTo(id);
        assertThat(site.codeDeploy.ours()).hasSize(1);
        assertThat(release(site).launch().token()).isEqualTo("token-1");
    }

    @Test
    void the_description_names_the_release_and_fits() {
        Site site = new Site();
        site.look(0, "token-0");
        assertThat(site.codeDeploy.ours().get(0).description()).startsWith("Greenlane release " + site.release)
                .hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void after_a_crash_at_any_call_looking_again_never_makes_a_second_deployment() {
        List<Consumer<Site>> circumstances = List.of(site -> {
        }, site -> site.codeDeploy.listsLag = true,
                site -> site.codeDeploy.landsUnanswered = true, site -> {
                    site.codeDeploy.landsUnanswered = true;
                    site.codeDeploy.namesActive = false;
                });
        AtomicInteger crashes = new AtomicInteger();
        for (Consumer<Site> circumstance : circumstances) {
            Faults.atEachCall(faults -> {
                Site site = new Site();
                circumstance.accept(site);
                try {
                    site.breaking(faults).look(0, "token-0");
                } catch (Faults.Injected e) {
                    crashes.incrementAndGet();
                }
                site.breaking(Faults.none());
                site.look(0, "token-0-again");
                site.codeDeploy.listsLag = false;
                assertThat(untilKnown(site, 1).deploymentId()).isNotNull();
                assertThat(site.codeDeploy.ours()).hasSize(1);
            });
        }
        assertThat(crashes.get()).isGreaterThan(60);
    }

    @Test
    void a_deployment_that_ended_at_once_is_still_found_and_not_made_again() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        assertThat(site.look(0, "token-0").deploymentId()).isNull();
        site.codeDeploy.becomes(site.codeDeploy.ours().get(0).id(), DeploymentStatus.SUCCEEDED);
        assertThat(sentence(site.look(1, "token-1"))).contains("may still appear");
        site.world.pass(Duration.ofMinutes(2));
        assertThat(sentence(site.look(2, "token-2"))).contains("has used the AppSpec");
        site.codeDeploy.listsLag = false;
        assertThat(site.look(3, "token-3").course()).isInstanceOfSatisfying(Ended.class,
                it -> assertThat(it.outcome()).isEqualTo(Outcome.DEPLOYED));
        assertThat(site.codeDeploy.ours()).hasSize(1);
    }

    @Test
    void a_deployment_that_no_list_shows_is_found_by_its_task_set() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        String id = site.codeDeploy.ours().get(0).id();
        site.taskSets.add(new TaskSets.Deployed(id, Site.REVISION, "green", 2));
        assertThat(site.look(1, "token-1").deploymentId()).isEqualTo(id);
    }

    @Test
    void while_the_task_sets_of_earlier_deployments_leave_no_room_it_waits_and_does_not_settle() {
        Site site = new Site();
        for (int i = 0; i < 4; i++) {
            site.taskSets.add(new TaskSets.Deployed("d-EARLIER0" + i, "arn:earlier:" + i, "green", 0));
        }
        Launched full = site.look(0, "token-0");
        assertThat(full.deploymentId()).isNull();
        assertThat(sentence(full)).contains("no room for another task set");
        assertThat(site.codeDeploy.ours()).isEmpty();
        site.taskSets.removeLast();
        assertThat(site.look(1, "token-1").deploymentId()).isNotNull();
    }

    @Test
    void its_own_deployment_is_adopted_although_there_is_no_room_any_more() {
        Site site = new Site();
        String id = site.look(0, "token-0").deploymentId();
        for (int i = 0; i < 5; i++) {
            site.taskSets.add(new TaskSets.Deployed("d-EARLIER0" + i, "arn:earlier:" + i, "green", 0));
        }
        assertThat(site.look(1, "token-1").deploymentId()).isEqualTo(id);
    }

    @Test
    void a_call_that_had_no_effect_is_repeated_only_after_it_settled() {
        Site site = new Site();
        site.codeDeploy.nextAnswers.add(new Created.Unknown("timed out"));
        assertThat(sentence(site.look(0, "token-0"))).contains("gave no answer");
        site.world.pass(Duration.ofSeconds(59));
        assertThat(sentence(site.look(1, "token-1"))).contains("may still appear");
        site.world.pass(Duration.ofSeconds(1));
        assertThat(site.look(2, "token-2").deploymentId()).isNotNull();
    }

    @Test
    void behind_a_deployment_made_by_hand_it_waits_and_does_not_settle() {
        Site site = new Site();
        String byHand = site.codeDeploy.byHand();
        Launched busy = site.look(0, "token-0");
        assertThat(busy.deploymentId()).isNull();
        assertThat(sentence(busy)).contains("busy");
        site.codeDeploy.becomes(byHand, DeploymentStatus.SUCCEEDED);
        assertThat(site.look(1, "token-1").deploymentId()).isNotNull();
    }

    @Test
    void a_text_that_imitates_the_mark_is_not_adopted() {
        Site site = new Site();
        site.codeDeploy.create(new Deployments.Order("shop", "shop-api",
                "Greenlane release " + site.release + " by someone", new AppSpecContent("something else")));
        assertThat(site.look(0, "token-0").deploymentId()).isNull();
    }

    @Test
    void a_refused_call_ends_the_release() {
        Site site = new Site();
        site.codeDeploy.nextAnswers.add(new Created.Refused("AccessDeniedException: codedeploy:CreateDeployment"));
        assertThat(site.look(0, "token-0").course()).isEqualTo(new Ended(Outcome.FAILED,
                "CodeDeploy refused the deployment: AccessDeniedException: codedeploy:CreateDeployment"));
    }

    @Test
    void a_refused_call_leaves_no_doubt_behind() {
        Site site = new Site();
        site.codeDeploy.nextAnswers.add(new Created.Refused("AccessDeniedException"));
        site.look(0, "token-0");
        assertThat(release(site).launch().sentAt()).isNull();
        assertThat(site.look(1, "token-1").deploymentId()).isNotNull();
    }

    @Test
    void on_ground_that_somebody_else_has_taken_nothing_is_deployed() {
        Site site = new Site();
        Launched launched = site.launcher().look(site.release, 0, "token-0", Site.REVISION,
                () -> new Ground.Lost(new Objection(Outcome.HELD, "Somebody else deployed.")));
        assertThat(launched).isEqualTo(new Launched(null, new Ended(Outcome.HELD, "Somebody else deployed.")));
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void an_overtaken_release_is_not_deployed() {
        Site site = new Site();
        site.overtake(Policy.NEWEST_WINS);
        assertThat(site.look(0, "token-0").course()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(Outcome.SUPERSEDED));
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void a_release_that_has_ended_is_not_deployed_and_needs_no_ground() {
        Site site = new Site();
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null, Aftermath.NONE,
                it -> null);
        assertThat(site.launcher().look(site.release, 0, "token-0", Site.REVISION, () -> {
            throw new AssertionError("asked");
        })).isEqualTo(new Launched(null, new Ended(Outcome.ABORTED, "Stopped by hand.")));
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void a_release_that_ends_while_it_is_looked_at_is_not_deployed() {
        Site site = new Site();
        Launched launched = new Launcher(site.world.releases(), site.world.standing(), site.codeDeploy,
                (cluster, service) -> {
                    site.world.releases().close(site.release, Outcome.ABORTED, "Stopped by hand.", null,
                            Aftermath.NONE, it -> null);
                    return List.of();
                }, site.watch(), site.world.clock, Duration.ofMinutes(1)).look(site.release, 0, "token-0",
                        Site.REVISION, Site::firm);
        assertThat(launched.deploymentId()).isNull();
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void a_deployment_that_codedeploy_does_not_show_is_not_made_again() {
        Site site = new Site();
        site.world.releases().change(site.release, release -> Step.to(
                release.with(release.launch().known("d-GONE")), release));
        assertThat(sentence(site.look(0, "token-0"))).isEqualTo("CodeDeploy does not show deployment d-GONE.");
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void that_codedeploy_has_used_the_appspec_keeps_it_searching_for_ten_minutes() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        site.codeDeploy.becomes(site.codeDeploy.ours().get(0).id(), DeploymentStatus.STOPPED);
        site.world.pass(Duration.ofSeconds(599));
        assertThat(sentence(site.look(1, "token-1"))).contains("has used the AppSpec");
        site.world.pass(Duration.ofSeconds(1));
        assertThat(site.look(2, "token-2").deploymentId()).isEqualTo("d-000000002");
    }

    @Test
    void a_group_that_is_busy_with_our_own_deployment_shows_it() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        site.codeDeploy.shifts(site.codeDeploy.ours().get(0).id());
        site.world.pass(Duration.ofMinutes(10));
        assertThat(site.look(1, "token-1").deploymentId()).isEqualTo("d-000000001");
        assertThat(release(site).launch().shiftedAt()).isEqualTo(site.world.now);
        assertThat(site.codeDeploy.ours()).hasSize(1);
    }

    /** A launcher that has its list of deployments read by something that happens before it reads the task sets. */
    private static Launched lookWhile(Site site, Runnable something, TaskSets.Deployed... taskSets) {
        return new Launcher(site.world.releases(), site.world.standing(), site.codeDeploy, (cluster, service) -> {
            something.run();
            return List.of(taskSets);
        }, site.watch(), site.world.clock, Duration.ofMinutes(1)).look(site.release, 1, "token-1", Site.REVISION,
                Site::firm);
    }

    @Test
    void a_group_that_is_busy_with_nobody_knows_what_is_looked_through_once_more() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.codeDeploy.namesActive = false;
        site.look(0, "token-0");
        site.world.pass(Duration.ofMinutes(10));
        assertThat(lookWhile(site, () -> site.codeDeploy.listsLag = false).deploymentId()).isEqualTo("d-000000001");
        assertThat(site.codeDeploy.ours()).hasSize(1);
    }

    @Test
    void a_deployment_that_somebody_else_wrote_down_meanwhile_is_the_one() {
        Site site = new Site();
        site.codeDeploy.landsUnanswered = true;
        site.codeDeploy.listsLag = true;
        site.look(0, "token-0");
        String id = site.codeDeploy.ours().get(0).id();
        assertThat(lookWhile(site, () -> site.world.releases().change(site.release, release -> Step.to(
                release.with(release.launch().known("d-GONE")), release)),
                new TaskSets.Deployed(id, Site.REVISION, "green", 2))).isEqualTo(new Launched("d-GONE",
                        new Running("CodeDeploy does not show deployment d-GONE.")));
    }

    @Test
    void the_maker_of_a_task_set_is_not_adopted_when_it_is_not_of_the_release() {
        Site site = new Site();
        String byHand = site.codeDeploy.byHand();
        site.codeDeploy.becomes(byHand, DeploymentStatus.SUCCEEDED);
        site.taskSets.add(new TaskSets.Deployed(byHand, Site.REVISION, "green", 2));
        assertThat(site.look(0, "token-0").deploymentId()).isEqualTo("d-000000002");
    }

    @Test
    void the_token_of_an_older_look_does_not_replace_a_newer_one() {
        Site site = new Site();
        site.look(2, "token-2");
        assertThat(sentence(site.look(1, "token-1"))).contains("newer look");
        assertThat(release(site).launch().token()).isEqualTo("token-2");
    }

    @Test
    void an_older_attempt_may_not_create_once_a_newer_one_has_begun() {
        Site site = new Site();
        Site[] newer = {site};
        Launcher zombie = new Launcher(site.world.releases(), site.world.standing(), site.codeDeploy,
                (cluster, service) -> {
                    Site once = newer[0];
                    if (once != null) {
                        newer[0] = null;
                        once.look(1, "token-1");
                    }
                    return List.of();
                }, site.watch(), site.world.clock, Duration.ofMinutes(1));
        Launched launched = zombie.look(site.release, 0, "token-0", Site.REVISION, Site::firm);
        assertThat(sentence(launched)).contains("newer attempt");
        assertThat(site.codeDeploy.ours()).hasSize(1);
    }

    @Test
    void the_appspec_that_may_have_been_sent_stays_and_is_not_asked_for_again() {
        Site site = new Site();
        site.look(0, "token-0");
        site.launcher().look(site.release, 1, "token-1", Site.REVISION, () -> {
            throw new AssertionError("asked");
        });
        assertThat(release(site).launch().appSpec()).isEqualTo("{\"spec\":1}");
    }

    @Test
    void that_production_moved_is_written_down_once() {
        Site site = new Site();
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        site.codeDeploy.shifts(id);
        site.look(1, "token-1");
        site.world.pass(Duration.ofMinutes(5));
        site.look(2, "token-2");
        assertThat(release(site).launch().shiftedAt()).isEqualTo(site.world.now.minus(Duration.ofMinutes(5)));
    }

    @Test
    void an_unknown_release_is_an_error_that_names_it() {
        Site site = new Site();
        assertThatThrownBy(() -> site.launcher().look("r-unknown", 0, "token", Site.REVISION, Site::firm))
                .hasMessage("The ledger knows no release r-unknown");
    }
}
