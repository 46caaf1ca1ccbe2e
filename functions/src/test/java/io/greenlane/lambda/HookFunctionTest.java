package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.hook.HookCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookFunctionTest {
    private final List<String> reports = new ArrayList<>();

    private boolean report(HookCall call, boolean passed) {
        return reports.add(call.deploymentId() + " " + call.executionId() + " " + passed);
    }

    @Test
    void a_hook_whose_settings_are_unusable_reports_failed() {
        AfterAllowTestTraffic hook = new AfterAllowTestTraffic(this::report, () -> {
            throw new IllegalStateException("TABLE_NAME is not set");
        });
        assertThat(hook.handleRequest(Map.of("DeploymentId", "d-1", "LifecycleEventHookExecutionId", "x"),
                new FunctionContext())).containsEntry("passed", false);
        assertThat(reports).containsExactly("d-1 x false");
    }

    @Test
    void a_payload_without_ids_is_refused_in_words() {
        BeforeAllowTraffic hook = new BeforeAllowTraffic(this::report, () -> {
            throw new AssertionError("asked");
        });
        assertThatThrownBy(() -> hook.handleRequest(Map.of("DeploymentId", "d-1"), new FunctionContext()))
                .hasMessageContaining("LifecycleEventHookExecutionId is missing");
    }

    @Test
    void settings_complain_once_about_everything() {
        assertThatThrownBy(() -> HookSettings.from(Map.of("CHECK_PATH", "no slash", "CHECK_STATUS", "2xx",
                "CHECK_READY_WITHIN", "5m"))).hasMessageContainingAll("CHECK_PATH", "'no slash'", "CHECK_STATUS",
                        "'2xx'", "CHECK_READY_WITHIN", "'5m'", "TABLE_NAME is not set");
        assertThat(HookSettings.from(Map.of("TABLE_NAME", "t")).check().get().status().toString()).isEqualTo("200-399");
        assertThatThrownBy(() -> StartSettings.from(Map.of())).hasMessageContainingAll("TABLE_NAME",
                "AFTER_ALLOW_TEST_TRAFFIC_FUNCTION", "BEFORE_ALLOW_TRAFFIC_FUNCTION");
        assertThatThrownBy(() -> SweepSettings.from(Map.of())).hasMessageContainingAll("SERVICES", "TABLE_NAME",
                "TOPIC_ARN", "STATE_MACHINE_ARN");
    }
}
