package io.greenlane.rehearsal.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.loadbalancing.ListenerChanges.Description;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Listeners whose changes reach requests late. */
class LateChangesTest {
    private static final int PORT = 8080;
    private static final RequestHead ANY = new RequestHead("GET", "shop.example", "/", "", Map.of());

    private final Deque<Duration> delays = new ArrayDeque<>();
    private Balancing world = new Balancing(false);
    private String blue = "";
    private String green = "";
    private String listener = "";

    private void open(Description description) {
        world = new Balancing(false, new ListenerChanges(delays::remove, description));
        blue = world.group("blue");
        green = world.group("green");
        listener = world.listener(PORT, Balancing.weight(blue, 1), Balancing.weight(green, 0));
        world.register(blue, 1001);
        world.register(green, 1002);
        world.timeline.advance(Duration.ofMinutes(1));
    }

    private void shiftToGreen() {
        world.shift(listener, Balancing.weight(blue, 0), Balancing.weight(green, 1));
    }

    private String server() {
        return world.api.serverOf(PORT, ANY).orElseThrow();
    }

    private List<Integer> shownWeights() {
        return world.api.describeListeners(it -> it.listenerArns(listener)).listeners().getFirst().defaultActions()
                .getFirst().forwardConfig().targetGroups().stream().map(TargetGroupTuple::weight).toList();
    }

    @ParameterizedTest
    @EnumSource
    void requests_go_to_the_old_group_until_the_change_takes_effect(Description description) {
        open(description);
        delays.add(Duration.ofSeconds(60));
        shiftToGreen();

        world.timeline.advance(Duration.ofSeconds(59));
        assertThat(server()).isEqualTo("127.0.0.1:1001");
        assertThat(shownWeights()).isEqualTo(description == Description.AT_ONCE ? List.of(0, 1) : List.of(1, 0));
        assertThat(world.api.describeRules(it -> it.listenerArn(listener)).rules().getFirst().actions())
                .isEqualTo(world.api.describeListeners(it -> it.listenerArns(listener)).listeners().getFirst()
                        .defaultActions());
        world.timeline.advance(Duration.ofSeconds(1));
        assertThat(server()).isEqualTo("127.0.0.1:1002");
        assertThat(shownWeights()).containsExactly(0, 1);
    }

    @Test
    void a_change_that_overtakes_an_earlier_one_stands() {
        open(Description.AT_ONCE);
        delays.add(Duration.ofSeconds(60));
        delays.add(Duration.ofSeconds(1));
        shiftToGreen();
        world.shift(listener, Balancing.weight(blue, 1), Balancing.weight(green, 0));

        world.timeline.advance(Duration.ofMinutes(2));

        assertThat(server()).isEqualTo("127.0.0.1:1001");
    }
}
