package io.greenlane.rehearsal.loadbalancing;

import static io.greenlane.rehearsal.loadbalancing.Balancing.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.loadbalancing.HealthProbe.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class TargetHealthTest {
    private static final RequestHead PAGE = new RequestHead("GET", "localhost", "/", "", Map.of());

    private final Balancing balancing = new Balancing(false);
    private final String blue = balancing.group("blue");

    @AfterEach
    void close() {
        balancing.close();
    }

    @Test
    void targets_of_a_group_without_listener_are_unused() {
        balancing.register(blue, 8001);
        balancing.timeline.advance(Duration.ofMinutes(5));

        assertHealth(8001, TargetHealthStateEnum.UNUSED, TargetHealthReasonEnum.TARGET_NOT_IN_USE);
    }

    @Test
    void weight_0_counts_as_in_use() {
        String green = balancing.group("green");
        balancing.listener(80, weight(green, 1), weight(blue, 0));
        balancing.register(blue, 8001);
        balancing.timeline.advance(Duration.ofSeconds(2));

        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.HEALTHY);
    }

    @Test
    void a_new_target_is_healthy_after_one_passed_check() {
        balancing.listener(80, weight(blue, 1));
        balancing.register(blue, 8001);
        assertHealth(8001, TargetHealthStateEnum.INITIAL, TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS);

        balancing.timeline.advance(Duration.ofSeconds(1));
        assertHealth(8001, TargetHealthStateEnum.INITIAL, TargetHealthReasonEnum.ELB_INITIAL_HEALTH_CHECKING);

        balancing.timeline.advance(Duration.ofMillis(5));
        assertHealth(8001, TargetHealthStateEnum.HEALTHY, null);
    }

    @Test
    void a_failing_target_is_unhealthy_after_the_threshold_and_says_why() {
        balancing.findings.put(8001, new Finding.Answered(500));
        balancing.findings.put(8002, new Finding.TimedOut());
        balancing.findings.put(8003, new Finding.Unreachable());
        balancing.listener(80, weight(blue, 1));
        balancing.register(blue, 8001, 8002, 8003);
        balancing.timeline.advance(Duration.ofSeconds(9));
        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.INITIAL);
        balancing.timeline.advance(Duration.ofSeconds(9));

        assertHealth(8001, TargetHealthStateEnum.UNHEALTHY, TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH);
        assertThat(balancing.health(blue, 8001).description())
                .isEqualTo("Health checks failed with these codes: [500]");
        assertHealth(8002, TargetHealthStateEnum.UNHEALTHY, TargetHealthReasonEnum.TARGET_TIMEOUT);
        assertHealth(8003, TargetHealthStateEnum.UNHEALTHY, TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS);
    }

    @Test
    void an_unhealthy_target_needs_the_healthy_threshold_to_come_back() {
        balancing.listener(80, weight(blue, 1));
        balancing.register(blue, 8001);
        balancing.timeline.advance(Duration.ofSeconds(5));
        balancing.findings.put(8001, new Finding.Answered(503));
        balancing.timeline.advance(Duration.ofSeconds(20));
        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.UNHEALTHY);

        balancing.findings.remove(8001);
        balancing.timeline.advance(Duration.ofSeconds(40));
        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.UNHEALTHY);
        balancing.timeline.advance(Duration.ofSeconds(10));
        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.HEALTHY);
    }

    @Test
    void requests_go_to_healthy_targets_in_turn_and_to_all_when_none_is_healthy() {
        balancing.findings.put(8003, new Finding.Answered(500));
        balancing.listener(80, weight(blue, 1));
        balancing.register(blue, 8001, 8002, 8003);
        balancing.timeline.advance(Duration.ofSeconds(60));
        assertThat(serversOf(4)).containsOnly("127.0.0.1:8001", "127.0.0.1:8002");

        balancing.findings.put(8001, new Finding.Answered(500));
        balancing.findings.put(8002, new Finding.Answered(500));
        balancing.timeline.advance(Duration.ofSeconds(60));
        assertThat(serversOf(3)).containsOnly("127.0.0.1:8001", "127.0.0.1:8002", "127.0.0.1:8003");
    }

    @Test
    void a_draining_target_gets_nothing_and_leaves_after_the_delay() {
        List<String> heard = new ArrayList<>();
        balancing.api.follow((group, id, port, health) -> heard.add(port + " " + health.stateAsString()));
        balancing.listener(80, weight(blue, 1));
        balancing.register(blue, 8001);
        balancing.timeline.advance(Duration.ofSeconds(10));
        balancing.deregister(blue, 8001);

        assertHealth(8001, TargetHealthStateEnum.DRAINING, TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS);
        assertThat(balancing.api.serverOf(80, PAGE)).isEmpty();
        balancing.timeline.advance(Duration.ofSeconds(299));
        assertThat(balancing.health(blue, 8001).state()).isEqualTo(TargetHealthStateEnum.DRAINING);
        balancing.timeline.advance(Duration.ofSeconds(1));
        assertHealth(8001, TargetHealthStateEnum.UNUSED, TargetHealthReasonEnum.TARGET_NOT_REGISTERED);
        assertThat(heard).containsExactly("8001 initial", "8001 initial", "8001 healthy", "8001 draining",
                "8001 unused");
    }

    @Test
    void a_group_in_use_cannot_be_deleted_and_an_unknown_one_is_named() {
        balancing.listener(80, weight(blue, 1));

        assertThatThrownBy(() -> balancing.api.deleteTargetGroup(b -> b.targetGroupArn(blue))).isInstanceOf(
                ResourceInUseException.class);
        assertThatThrownBy(() -> balancing.api.describeTargetHealth(b -> b.targetGroupArn("arn:aws:nothing")))
                .isInstanceOf(TargetGroupNotFoundException.class).hasMessageContaining("arn:aws:nothing");
    }

    private List<String> serversOf(int requests) {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            balancing.api.serverOf(80, PAGE).ifPresent(servers::add);
        }
        return servers;
    }

    private void assertHealth(int port, TargetHealthStateEnum state, @Nullable TargetHealthReasonEnum reason) {
        TargetHealth health = balancing.health(blue, port);
        assertThat(health.state()).isEqualTo(state);
        assertThat(Optional.ofNullable(health.reason())).isEqualTo(Optional.ofNullable(reason));
    }
}
