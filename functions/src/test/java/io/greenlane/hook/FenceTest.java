package io.greenlane.hook;

import static io.greenlane.release.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments.Created;
import io.greenlane.deployment.Deployments.Order;
import io.greenlane.deployment.Site;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FenceTest {
    private final Site site = new Site();
    private final String deployment = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    private final Verdict passed = new Verdict(Result.PASS, "Fine.", Site.PUSH.digest(), "report", site.world.now);

    private Verdict judge(HookEvent event, String deploymentId) {
        return Objects.requireNonNull(site.fence()
                .judge(new CodeDeployHook(event, new HookCall(deploymentId, "execution")), passed));
    }

    private Verdict before(String deploymentId) {
        return judge(HookEvent.BEFORE_ALLOW_TRAFFIC, deploymentId);
    }

    private Verdict refused(Result result, String sentence) {
        return new Verdict(result, sentence, passed.digest(), passed.report(), passed.at());
    }

    @Test
    void the_release_whose_turn_it_is_passes_and_then_no_push_takes_its_place() {
        assertThat(before(deployment)).isEqualTo(passed);
        assertThat(Objects.requireNonNull(site.world.queue().head(SHOP).running()).cleared()).isTrue();
    }

    @Test
    void a_release_that_has_ended_does_not_pass() {
        site.world.releases().close(site.release, Outcome.ABORTED, "Stopped.", null, Aftermath.NONE, id -> null);
        assertThat(before(deployment)).isEqualTo(refused(Result.FAIL,
                "Release " + site.release + " has ended as ABORTED: Stopped."));
    }

    @Test
    void a_release_that_the_ledger_does_not_know_does_not_pass() {
        String unknown = "r-" + "0".repeat(32);
        assertThat(site.codeDeploy.create(new Order("shop", "other", "Greenlane release " + unknown,
                new AppSpecContent("{}")))).isInstanceOfSatisfying(Created.Done.class,
                        created -> assertThat(before(created.deploymentId())).isEqualTo(
                                refused(Result.FAIL, "The ledger knows no release " + unknown + ".")));
    }

    @Test
    void a_service_that_is_held_keeps_its_release_from_passing_the_last_hook_and_that_is_written_down() {
        site.world.queue().hold(SHOP, new Operator("Ada", "A fair."), site.world.now);
        String why = "The service is held: by Ada since 2026-03-04T05:06:07Z: A fair.";
        assertThat(judge(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, deployment)).isEqualTo(passed);
        assertThat(before(deployment)).isEqualTo(refused(Result.FAIL, why));
        assertThat(Objects.requireNonNull(site.withdrawals().whyRefused(deployment)).outcome())
                .isEqualTo(Outcome.HELD);
    }

    @Test
    void a_deployment_that_code_deploy_does_not_show_does_not_pass_and_a_rollback_does() {
        String rollback = site.codeDeploy.fails(deployment, DeploymentStatus.FAILED, "TIMEOUT", "late");
        assertThat(before(rollback)).isEqualTo(passed);
        site.codeDeploy.forgets(deployment);
        assertThat(before(deployment).result()).isEqualTo(Result.INCONCLUSIVE);
    }
}
