package io.greenlane.hook;

import static io.greenlane.group.GroupSite.PUSH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.Deployments.Created;
import io.greenlane.deployment.Deployments.Order;
import io.greenlane.group.GroupSite;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.release.GroupRelease.Failure;
import io.greenlane.release.Objection;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeetingTest {
    private GroupSite site = new GroupSite(1, 1).deploying();

    private List<String> answer() {
        return site.site.meeting().answer(site.id(), site.verdictDesk(), site.site.world.now);
    }

    private Verdict settle(CodeDeployHook hook, Result result) {
        return site.verdictDesk().settle(hook, site.verdict(result)).verdict();
    }

    private void is(@Nullable Verdict verdict, Result result, String sentence) {
        assertThat(verdict).isEqualTo(new Verdict(result, sentence, PUSH.digest(), null, site.site.world.now));
    }

    @Test
    void nobody_is_answered_before_all_have_passed_and_whoever_comes_last_answers_the_others_too() {
        assertThat(site.passes(0)).isNull();
        assertThat(answer()).isEmpty();
        is(site.passes(1), Result.PASS, "PASS it is.");
        assertThat(answer()).containsExactly("shop/member-0", "shop/member-1");
        assertThat(site.answered).isEqualTo(Map.of(site.deployment(0), true, site.deployment(1), true));
        is(site.passes(0), Result.PASS, "PASS it is.");
        assertThat(site.site.verdicts().find(site.deployment(0), HookEvent.BEFORE_ALLOW_TRAFFIC))
                .isEqualTo(site.verdict(Result.PASS));
    }

    @Test
    void members_of_a_later_wave_wait_for_the_wave_before_to_move() {
        site = new GroupSite(2, 1).deploying();
        site.passes(0);
        is(site.passes(1), Result.PASS, "PASS it is.");
        assertThat(answer()).containsExactly("shop/member-1");
        site.site.meeting().moved(site.id(), site.member(1).releaseId());
        assertThat(answer()).containsExactly("shop/member-0");
        site.ends(0, Outcome.DEPLOYED, "It serves.");
        assertThat(answer()).isEmpty();
    }

    @Test
    void a_group_that_is_held_when_all_have_passed_is_refused_as_one() {
        site.passes(0);
        site.site.world.queue().hold(site.service(0), new Operator("Ada", "A fair."), site.site.world.now);
        String why = "The service is held: by Ada since 2026-03-04T05:06:07Z: A fair.";

        is(site.passes(1), Result.FAIL, why);
        assertThat(site.group().failure()).isEqualTo(new Failure(null, Outcome.HELD, why));
        assertThat(answer()).containsExactly("shop/member-0", "shop/member-1");
        assertThat(site.answered).containsValues(false, false);
        for (int member : new int[]{0, 1}) {
            assertThat(site.site.withdrawals().whyRefused(site.deployment(member)))
                    .isEqualTo(new Objection(Outcome.HELD, why));
        }
    }

    @Test
    void a_group_that_was_cleared_is_not_overtaken_any_more() {
        site.passes(0);
        site.passes(1);
        site.ask(World.push('c', "event-c", PUSH.time().plusSeconds(1)), World.execution("c"), 0, Policy.NEWEST_WINS,
                null);
        is(site.passes(0), Result.PASS, "PASS it is.");
        assertThat(site.group().failure()).isNull();
    }

    @Test
    void a_member_that_fails_before_production_moves_fails_the_group() {
        site.passes(0);
        is(settle(site.before(1), Result.FAIL), Result.FAIL, "FAIL it is.");
        assertThat(site.group().failure()).isEqualTo(new Failure(site.member(1).releaseId(), Outcome.ROLLED_BACK,
                "BeforeAllowTraffic: FAIL it is."));
        assertThat(answer()).containsExactly("shop/member-0");
        assertThat(site.answered).isEqualTo(Map.of(site.deployment(0), false, site.deployment(1), false));
        is(site.passes(0), Result.FAIL,
                "Group shop is released as one, and shop/member-1 failed: BeforeAllowTraffic: FAIL it is.");
    }

    @Test
    void a_member_that_may_have_moved_is_not_refused_any_more() {
        site.passes(0);
        site.passes(1);
        is(settle(site.before(0), Result.INCONCLUSIVE), Result.PASS, "PASS it is.");
        assertThat(site.group().failure()).isNull();
    }

    @Test
    void a_member_whose_time_is_over_fails_the_group_with_who_is_missing() {
        site = new GroupSite(1, 1, 2).deploying();
        site.passes(2);
        String why = "Group shop was not at one in time, after FAIL it is. Missing: shop/member-0, shop/member-1.";
        is(settle(site.before(2), Result.FAIL), Result.FAIL, why);
        assertThat(site.group().failure()).isEqualTo(new Failure(site.member(2).releaseId(), Outcome.ROLLED_BACK,
                "BeforeAllowTraffic: " + why));

        site = new GroupSite(1, 1, 2).passed();
        site.site.meeting().moved(site.id(), site.member(0).releaseId());
        is(settle(site.before(2), Result.FAIL), Result.FAIL,
                "Group shop was not at one in time, after FAIL it is. Missing: shop/member-1.");
    }

    @Test
    void a_member_whose_time_is_over_when_the_group_has_failed_already_says_only_that() {
        site.passes(0);
        site.site.meeting().failed(site.id(), site.member(1).releaseId(), HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                site.verdict(Result.FAIL));
        is(settle(site.before(0), Result.FAIL), Result.FAIL, "FAIL it is.");
        assertThat(site.group().failure()).isEqualTo(new Failure(site.member(1).releaseId(), Outcome.ROLLED_BACK,
                "AfterAllowTestTraffic: FAIL it is."));
    }

    @Test
    void a_failure_in_another_hook_is_that_of_the_member_alone() {
        CodeDeployHook hook = new CodeDeployHook(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, site.before(0).call());
        is(settle(hook, Result.FAIL), Result.FAIL, "FAIL it is.");
        assertThat(site.group().failure()).isNull();
    }

    @Test
    void a_deployment_that_only_claims_to_be_of_a_group_is_refused_alone() {
        for (String group : List.of("g-" + "0".repeat(32), site.id())) {
            assertThat(site.site.codeDeploy.create(new Order("shop", "by-hand-" + group,
                    "Greenlane release r-" + "0".repeat(32) + " in " + group + " of shop/api",
                    new AppSpecContent("{}")))).isInstanceOfSatisfying(Created.Done.class, created -> is(
                            settle(new CodeDeployHook(HookEvent.BEFORE_ALLOW_TRAFFIC,
                                    new HookCall(created.deploymentId(), "hook")), Result.FAIL),
                            Result.FAIL, "FAIL it is."));
        }
        assertThat(site.group().failure()).isNull();
    }

    @Test
    void a_group_that_the_ledger_does_not_know_is_an_error_that_names_it() {
        assertThatThrownBy(() -> site.site.meeting().answer("g-0", site.verdictDesk(), site.site.world.now))
                .hasMessage("The ledger knows no group release g-0");
    }
}
