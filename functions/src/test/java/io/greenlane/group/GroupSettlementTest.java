package io.greenlane.group;

import static io.greenlane.group.GroupSite.BEFORE;
import static io.greenlane.group.GroupSite.BROKE;
import static io.greenlane.group.GroupSite.EXECUTION;
import static io.greenlane.group.GroupSite.PUSH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Executions.State;
import io.greenlane.deployment.Site;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Tag;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Announcements.Announcement;
import io.greenlane.release.Ending;
import io.greenlane.release.Faults;
import io.greenlane.release.GroupRelease.WayBack;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import io.greenlane.release.World;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSettlementTest {
    private final GroupSite site = new GroupSite(1, 2);
    private final World world = site.site.world;

    private List<String> look() {
        return site.settlement().look(site.id());
    }

    private static List<Outcome> told(GroupSite site) {
        return site.site.world.announced.stream().map(Announcement::message).filter(it -> it.containsKey("group"))
                .map(it -> Outcome.valueOf(String.valueOf(it.get("outcome")))).toList();
    }

    private void write(int member, HookEvent event, Result result) {
        site.site.verdicts().write(site.deployment(member), event, site.verdict(result));
    }

    /** The release ended, and whoever recorded it died before anything followed. */
    private void endsUnnoticed(Release release, Outcome outcome, String reason) {
        world.releases().close(release.id(), outcome, reason, null, Aftermath.NONE, deployment -> null);
    }

    private Release goesBack() {
        return Objects.requireNonNull(world.releases().find(site.askBack(PUSH.digest()).releaseId()));
    }

    @Test
    void members_are_answered_wave_by_wave_and_the_group_ends_when_all_are_deployed() {
        site.passed();
        String first = site.deployment(0);
        String second = site.deployment(1);

        assertThat(look()).containsExactly("Answered: shop/member-0.");
        assertThat(site.answered).isEqualTo(Map.of(first, true));
        site.ends(0, Outcome.DEPLOYED, "It serves.");
        assertThat(look()).containsExactly("Answered: shop/member-1.");
        assertThat(site.answered).isEqualTo(Map.of(first, true, second, true));
        site.ends(1, Outcome.DEPLOYED, "It serves.");
        assertThat(look()).containsExactly("The group's release has ended.");

        assertThat(told(site)).containsExactly(Outcome.DEPLOYED);
        assertThat(world.announced).last().satisfies(it -> {
            assertThat(it.subject()).isEqualTo("DEPLOYED group shop: shop/api:vb");
            assertThat(it.message()).containsEntry("groupReleaseId", site.id()).doesNotContainKey("releaseId");
        });
        assertThat(look()).isEmpty();
        assertThat(told(site)).containsExactly(Outcome.DEPLOYED);
        assertThat(world.queue().head(site.service(0)).running()).isNull();
        assertThat(world.ledger().overdue(world.now.plus(Duration.ofDays(1)))).containsExactly(
                "release#" + site.site.release);
    }

    @Test
    void a_member_that_bears_its_traffic_lets_the_next_wave_go_although_the_group_did_not_hear_of_it() {
        site.passed();
        look();
        write(0, HookEvent.AFTER_ALLOW_TRAFFIC, Result.FAIL);
        look();
        assertThat(site.answered).hasSize(1);

        GroupSettlementTest good = new GroupSettlementTest();
        good.site.passed();
        good.look();
        good.write(0, HookEvent.AFTER_ALLOW_TRAFFIC, Result.PASS);
        assertThat(good.look()).containsExactly("Answered: shop/member-1.");
        assertThat(good.site.answered).hasSize(2);
    }

    @Test
    void while_members_are_on_their_way_nothing_is_done_and_the_sweep_hears_that_somebody_looked() {
        site.deploying();
        world.pass(Duration.ofMinutes(31));
        assertThat(world.ledger().overdue(world.now)).contains("group-release#" + site.id());
        assertThat(look()).isEmpty();
        assertThat(world.ledger().overdue(world.now)).doesNotContain("group-release#" + site.id());
        assertThat(site.site.codeDeploy.stopped).isEmpty();
        assertThat(site.group().ending()).isNull();
    }

    @Test
    void when_one_member_fails_the_others_are_stopped_and_are_told_why() {
        GroupSite four = new GroupSite(1, 1, 1, 1).deploying();
        four.site.codeDeploy.becomes(four.deployment(3), DeploymentStatus.SUCCEEDED);
        four.site.meeting().failed(four.id(), four.member(1).releaseId(), HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                four.verdict(Result.FAIL));
        String why = "Group shop is released as one, and shop/member-1 failed: AfterAllowTestTraffic: FAIL it is.";

        assertThat(four.settlement().look(four.id())).containsExactly(
                "Deployment " + four.deployment(0) + " was stopped: " + why,
                "Deployment " + four.deployment(2) + " was stopped: " + why);

        assertThat(four.site.codeDeploy.stopped).containsExactly(four.deployment(0), four.deployment(2));
        assertThat(four.site.withdrawals().whyRefused(four.deployment(0)))
                .isEqualTo(new Objection(Outcome.ROLLED_BACK, why));
        assertThat(four.site.withdrawals().whyRefused(four.deployment(1))).as("CodeDeploy takes it back").isNull();
        assertThat(four.site.withdrawals().whyRefused(four.deployment(3))).as("it has ended").isNull();
        assertThat(four.settlement().look(four.id())).isEmpty();
    }

    @Test
    void a_deployment_that_ends_before_it_could_be_stopped_was_not_stopped() {
        site.deploying();
        site.site.meeting().failed(site.id(), site.member(1).releaseId(), HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                site.verdict(Result.FAIL));
        site.site.codeDeploy.endsAfterTheNextLook(site.deployment(0));
        assertThat(look()).isEmpty();
        assertThat(site.site.codeDeploy.stopped).isEmpty();
    }

    @Test
    void an_ending_of_which_the_group_did_not_hear_counts_as_one() {
        site.deploying();
        endsUnnoticed(Objects.requireNonNull(site.release(1)), Outcome.ROLLED_BACK, BROKE);
        assertThat(look()).singleElement().asString()
                .startsWith("Deployment " + site.deployment(0) + " was stopped: ")
                .endsWith("shop/member-1 failed: " + BROKE);
        assertThat(Objects.requireNonNull(site.member(1).end()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void where_the_workflow_is_gone_members_without_a_deployment_end_and_the_others_are_stopped() {
        GroupSite three = new GroupSite(1, 1, 1);
        three.ask(0);
        three.launch(0);
        three.ask(1);
        assertThat(three.settlement().look(three.id())).isEmpty();
        three.states.put(EXECUTION, State.ABORTED);

        assertThat(three.settlement().look(three.id())).containsExactly("Nobody was left to release to shop/member-1.",
                "Nobody was left to release to shop/member-2.",
                "Deployment " + three.deployment(0) + " was stopped: Group shop is released as one, and shop/member-1"
                        + " failed: The workflow's execution ended before anything was deployed to shop/member-1.");

        assertThat(ending(three, 1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ending(three, 2).reason())
                .isEqualTo("The workflow's execution ended before anything was deployed to shop/member-2.");
        assertThat(Objects.requireNonNull(three.release(0)).ending()).isNull();
        three.ends(0, Outcome.ROLLED_BACK, "It was stopped.");
        assertThat(three.settlement().look(three.id())).containsExactly("The group's release has ended.");
        assertThat(told(three)).containsExactly(Outcome.FAILED);
    }

    private static Ending ending(GroupSite site, int member) {
        return Objects.requireNonNull(Objects.requireNonNull(site.release(member)).ending());
    }

    @Test
    void a_member_that_ended_well_goes_back_by_a_release_of_what_it_ran_and_then_the_group_ends() {
        site.stranded();
        assertThat(look()).containsExactly(
                "shop/member-0 goes back to " + BEFORE + ", by execution " + site.back().eventId() + ".");
        assertThat(site.started).isEqualTo(Map.of(site.back().eventId(),
                PushEvent.wanted(site.back(), "shop", "member-0", site.id())));
        assertThat(look()).isEmpty();

        Release release = goesBack();
        assertThat(look()).isEmpty();
        endsUnnoticed(release, Outcome.DEPLOYED, "It serves again.");
        assertThat(look()).containsExactly("The group's release has ended.");
        assertThat(told(site)).containsExactly(Outcome.ROLLED_BACK);
        assertThat(site.group().sentence()).isEqualTo(
                "All services of group shop run what they ran before. shop/member-1 failed: " + BROKE);
    }

    @Test
    void what_goes_back_is_called_as_it_was_when_it_was_deployed() {
        site.deployed(BEFORE, "v1");
        site.deployed(World.digest('c'), "v2");
        site.stranded();
        look();
        assertThat(site.started).hasSize(1).allSatisfy((name, event) -> assertThat(PushEvent.read(event,
                PUSH.registry())).isInstanceOfSatisfying(PushEvent.Wanted.class, wanted -> {
                    assertThat(wanted.push().digest()).isEqualTo(BEFORE);
                    assertThat(wanted.push().tag()).isEqualTo(new Tag("v1"));
                    assertThat(wanted.backFrom()).isEqualTo(site.id());
                }));
    }

    @Test
    void a_release_back_that_nobody_remembers_is_started_again_and_one_that_ended_unheard_has_failed() {
        site.stranded();
        look();
        String execution = World.execution(site.back().eventId());
        site.started.clear();
        assertThat(look()).singleElement().asString().startsWith("shop/member-0 goes back to " + BEFORE);
        assertThat(site.started).containsOnlyKeys(site.back().eventId());
        assertThat(look()).isEmpty();

        site.states.put(execution, State.ABORTED);
        assertThat(look()).containsExactly("The group's release has ended.");
        assertThat(site.way())
                .isEqualTo(new WayBack(site.way().execution(), "going back ended as ABORTED", Outcome.FAILED));
        assertThat(told(site)).containsExactly(Outcome.MIXED);
        assertThat(world.queue().head(site.service(1)).hold()).contains("ended MIXED");
    }

    @Test
    void a_release_back_that_has_a_deployment_has_not_failed_with_its_workflow() {
        site.stranded();
        look();
        Release release = goesBack();
        site.site.codeDeploy.becomes(site.deployment(0), DeploymentStatus.SUCCEEDED);
        site.states.put(World.execution(site.back().eventId()), State.FAILED);
        site.site.launcher().look(release.id(), 0, "token", "arn:6", Site::firm);
        assertThat(look()).isEmpty();
        assertThat(site.way().outcome()).isNull();
    }

    @Test
    void a_release_back_that_was_opened_and_whose_workflow_failed_before_it_deployed_has_failed() {
        site.stranded();
        look();
        goesBack();
        site.states.put(World.execution(site.back().eventId()), State.FAILED);
        look();
        assertThat(site.way().sentence()).isEqualTo("going back ended as FAILED");
    }

    @Test
    void a_member_of_which_nobody_knows_what_it_ran_leaves_a_mix_that_is_told() {
        site.running.replaceAll((service, running) -> null);
        site.stranded();
        assertThat(look()).containsExactly("shop/member-0: it is not known what ran there before.",
                "The group's release has ended.");
        assertThat(site.started).isEmpty();
        assertThat(told(site)).containsExactly(Outcome.MIXED);
    }

    @Test
    void a_member_whose_image_is_gone_leaves_a_mix_that_is_told() {
        site.deleted.add(BEFORE);
        site.stranded();
        assertThat(look()).containsExactly("shop/member-0: it cannot go back: The image was deleted.",
                "The group's release has ended.");
        assertThat(site.way().outcome()).isEqualTo(Outcome.IMAGE_GONE);
        assertThat(told(site)).containsExactly(Outcome.MIXED);
    }

    @Test
    void a_group_that_the_ledger_does_not_know_is_an_error_that_names_it() {
        assertThatThrownBy(() -> site.settlement().look("g-0")).hasMessage("The ledger knows no group release g-0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_look_that_breaks_anywhere_is_made_up_for_by_the_next(boolean last) {
        int calls = Faults.atEachCall(faults -> {
            GroupSettlementTest one = new GroupSettlementTest();
            one.site.stranded();
            if (last) {
                one.look();
                one.endsUnnoticed(one.goesBack(), Outcome.DEPLOYED, "It serves again.");
            }
            one.site.site.breaking(faults);
            try {
                one.look();
            } catch (Faults.Injected e) {
                one.site.site.breaking(Faults.none());
                one.look();
            }
            one.site.site.breaking(Faults.none());
            if (!last) {
                one.endsUnnoticed(one.goesBack(), Outcome.DEPLOYED, "It serves again.");
            }
            one.look();
            assertThat(one.site.started).as("%s", faults.calls()).hasSize(1);
            assertThat(one.site.group().outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(told(one.site)).isNotEmpty().containsOnly(Outcome.ROLLED_BACK);
            assertThat(one.world.queue().head(one.site.service(0)).running()).isNull();
        });
        assertThat(calls).isGreaterThan(10);
    }
}
