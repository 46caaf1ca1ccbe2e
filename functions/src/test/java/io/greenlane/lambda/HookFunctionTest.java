package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Site;
import io.greenlane.hook.HookCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HookFunctionTest {
    private final Site site = new Site();
    private final List<String> reports = new ArrayList<>();

    private boolean report(HookCall call, boolean passed) {
        return reports.add(call.deploymentId() + " " + call.executionId() + " " + passed);
    }

    @Test
    void a_hook_whose_settings_are_unusable_reports_failed_unless_a_rollback_calls_it() {
        AfterAllowTestTraffic hook = new AfterAllowTestTraffic(site.deployments(), this::report, () -> {
            throw new IllegalStateException("TABLE_NAME is not set");
        });
        String deployment = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        String rollback = site.codeDeploy.fails(deployment, DeploymentStatus.FAILED, "TIMEOUT", "late");
        assertThat(hook.handleRequest(Map.of("DeploymentId", deployment, "LifecycleEventHookExecutionId", "x"),
                new FunctionContext())).containsEntry("passed", false);
        hook.handleRequest(Map.of("DeploymentId", rollback, "LifecycleEventHookExecutionId", "y"),
                new FunctionContext());
        assertThat(reports).containsExactly(deployment + " x false", rollback + " y true");
    }

    @Test
    void a_payload_without_ids_is_refused_in_words() {
        BeforeAllowTraffic hook = new BeforeAllowTraffic(site.deployments(), this::report, () -> {
            throw new AssertionError("asked");
        });
        assertThatThrownBy(() -> hook.handleRequest(Map.of("DeploymentId", "d-1"), new FunctionContext()))
                .hasMessageContaining("LifecycleEventHookExecutionId is missing");
    }

    @Test
    void settings_complain_once_about_everything() {
        assertThatThrownBy(() -> HookSettings.from(Map.of())).hasMessageContainingAll("TABLE_NAME", "VALIDATION_ARN",
                "DEADLINE_ARN");
        assertThatThrownBy(() -> ValidationSettings.from(Map.of("CHECK_PATH", "no slash", "CHECK_STATUS", "2xx",
                "CHECK_READY_WITHIN", "5m", "SECRET_PATH", "secrets"))).hasMessageContainingAll("CHECK_PATH",
                        "'no slash'", "CHECK_STATUS", "'2xx'", "CHECK_READY_WITHIN", "'5m'", "SECRET_PATH", "'secrets'",
                        "TABLE_NAME is not set", "REPORTS_BUCKET is not set");
        assertThatThrownBy(() -> StartSettings.from(Map.of())).hasMessageContainingAll("TABLE_NAME",
                "AFTER_ALLOW_TEST_TRAFFIC_FUNCTION", "BEFORE_ALLOW_TRAFFIC_FUNCTION", "AFTER_ALLOW_TRAFFIC_FUNCTION");
        assertThatThrownBy(() -> SweepSettings.from(Map.of())).hasMessageContainingAll("SERVICES", "TABLE_NAME",
                "TOPIC_ARN", "STATE_MACHINE_ARN");
    }
}
