package io.greenlane.validation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HolmTest {
    private static final Offset<Double> EXACTLY = within(1e-12);

    @Test
    void the_smallest_must_stand_against_all_and_each_next_against_the_rest() {
        Map<String, Double> levels = Holm.levels(Map.of("a", 0.03, "b", 0.001, "c", 0.012, "d", 0.9), 0.95);
        assertThat(levels.get("b")).isCloseTo(0.05 / 4, EXACTLY);
        assertThat(levels.get("c")).isCloseTo(0.05 / 3, EXACTLY);
        assertThat(levels.get("a")).as("the first that does not hold").isCloseTo(0.05 / 2, EXACTLY);
        assertThat(levels.get("d")).as("nothing after it holds").isCloseTo(0.05 / 2, EXACTLY);
    }

    @Test
    void a_metric_of_half_the_weight_has_half_the_level() {
        Map<String, Double> p = Map.of("latency", 0.001, "line 1", 0.006, "line 2", 0.5);
        Map<String, Double> levels = Holm.levels(p, metric -> metric.startsWith("line") ? 0.5 : 1, 0.98);
        assertThat(levels.get("latency")).isCloseTo(0.02 / 2, EXACTLY);
        assertThat(levels.get("line 1")).as("half of what the first one leaves").isCloseTo(0.02 / 2, EXACTLY);
        assertThat(levels.get("line 2")).isCloseTo(0.02, EXACTLY);
    }

    @Test
    void one_metric_alone_has_the_whole_level() {
        assertThat(Holm.levels(Map.of("a", 0.5), 0.99).get("a")).isCloseTo(0.01, EXACTLY);
        assertThat(Holm.levels(Map.of(), 0.99)).isEmpty();
    }

    @Test
    void the_chance_of_any_false_alarm_stays_below_one_minus_the_confidence() {
        SplittableRandom random = new SplittableRandom(5);
        int alarms = 0;
        for (int run = 0; run < 20_000; run++) {
            Map<String, Double> p = Map.of("error_rate", random.nextDouble(), "latency", random.nextDouble(),
                    "latency_p95", random.nextDouble());
            Map<String, Double> levels = Holm.levels(p, 0.99);
            if (p.entrySet().stream().anyMatch(one -> one.getValue() <= levels.getOrDefault(one.getKey(), 0.0))) {
                alarms++;
            }
        }
        assertThat(alarms / 20_000.0).isLessThanOrEqualTo(0.012);
    }
}
