package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Site;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.VerdictDesk.Settled;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Faults;
import io.greenlane.release.Ledger.Change;
import io.greenlane.release.World;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictDeskTest {
    private static final HookEvent EVENT = HookEvent.AFTER_ALLOW_TEST_TRAFFIC;

    private final Site site = new Site();
    private final String deployment = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
    private final List<Boolean> heard = new ArrayList<>();

    private Verdict verdict(Result result) {
        return new Verdict(result, result + " it is.", World.digest('a'), "d-1/report.html",
                site.world.now);
    }

    private Settled settle(HookExecution hook, Result result) {
        return new VerdictDesk(site.deployments(), site.verdicts(),
                site.world.watched(Reports.class, (call, passed) -> {
                    heard.add(passed);
                    return heard.size() == 1;
                }), site.meeting()).settle(hook, verdict(result));
    }

    private static CodeDeployHook hook(String deployment) {
        return new CodeDeployHook(EVENT, new HookCall(deployment, "execution"));
    }

    @ParameterizedTest
    @EnumSource
    void what_nobody_knows_for_sure_is_failed(Result result) {
        settle(hook(deployment), result);
        assertThat(heard).containsExactly(result == Result.PASS || result == Result.WARN);
        assertThat(site.verdicts().find(deployment, EVENT)).isEqualTo(verdict(result));
        assertThat(site.verdicts().report(deployment)).isEqualTo("d-1/report.html");
    }

    @Test
    void the_first_verdict_stands_and_is_said_again() {
        settle(hook(deployment), Result.PASS);
        Settled second = settle(hook(deployment), Result.FAIL);
        assertThat(second.verdict().result()).isEqualTo(Result.PASS);
        assertThat(second.isNew()).isFalse();
        assertThat(second.counted()).isFalse();
        assertThat(heard).containsExactly(true, true);
    }

    @Test
    void a_pass_that_cannot_be_written_is_not_reported_and_a_failure_is() {
        site.breaking(Faults.at(0, false));
        assertThatThrownBy(() -> settle(hook(deployment), Result.PASS)).isInstanceOf(Faults.Injected.class);
        assertThat(heard).isEmpty();
        site.breaking(Faults.at(1, false));
        settle(hook(deployment), Result.FAIL);
        assertThat(heard).containsExactly(false);
    }

    @Test
    void a_rollback_passes_whatever_was_found() {
        String rollback = site.codeDeploy.fails(deployment, DeploymentStatus.FAILED, "TIMEOUT", "late");
        assertThat(settle(hook(rollback), Result.FAIL).verdict().sentence()).isEqualTo("A rollback is never held up.");
        assertThat(heard).containsExactly(true);
    }

    @Test
    void ecs_asks_for_the_verdict_so_nothing_is_reported() {
        EcsHook hook = new EcsHook(EVENT, "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/api/abc",
                "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/api/123");
        assertThat(settle(hook, Result.WARN).isNew()).isTrue();
        assertThat(heard).isEmpty();
        assertThat(site.verdicts().find("abc", EVENT)).isEqualTo(verdict(Result.WARN));
    }

    @Test
    void hooks_travel_as_json_and_have_names_that_step_functions_takes() {
        EcsHook ecs = new EcsHook(HookEvent.BEFORE_ALLOW_TRAFFIC, "arn:service-deployment/c/s/" + "x".repeat(90), "r");
        for (HookExecution hook : List.of(hook("d-ABCDEF123"), ecs)) {
            assertThat(HookExecution.from(new JsonObject("hook", hook.members()))).isEqualTo(hook);
            assertThat(hook.name()).matches("[A-Za-z0-9_-]{1,80}").endsWith(hook.event().toString());
        }
        assertThatThrownBy(() -> HookExecution.from(new JsonObject("hook", Map.of("event", "Install"))))
                .hasMessageContaining("AfterAllowTestTraffic").hasMessageContaining("'Install'");
    }

    @Test
    void an_entry_of_the_version_before_is_read_and_that_version_reads_ours() {
        site.world.ledger().change("deployment#d-OLD", stored -> Change.write(Map.of(EVENT.toString(),
                Map.of("passed", true, "sentence", "Old.", "at", site.world.now.toString())), ""));
        assertThat(site.verdicts().find("d-OLD", EVENT))
                .isEqualTo(new Verdict(Result.PASS, "Old.", null, null, site.world.now));
        settle(hook(deployment), Result.INCONCLUSIVE);
        assertThat(Objects.requireNonNull(site.world.ledger().find("deployment#" + deployment)).members().get(
                EVENT.toString())).asString()
                .contains("passed=false", "sentence=INCONCLUSIVE it is.", "digest=sha256:");
    }
}
