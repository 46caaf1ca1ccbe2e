package io.greenlane.validation.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.validation.analysis.Lab.Asked;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Duration STALL_FROM = Duration.ofSeconds(30);
    private static final Duration STALL_TO = Duration.ofSeconds(32);

    private final Lab lab = new Lab();

    @Test
    void requests_begin_at_the_rate_whatever_the_answers_take() {
        lab.green = (request, at) -> Lab.ok(2900);
        Evidence evidence = lab.gather();

        assertThat(evidence.begun()).isEqualTo(1500);
        assertThat(evidence.all(Side.GREEN).counted()).isEqualTo(1500);
        assertThat(lab.asked).hasSize(1500);
        for (int i = 0; i < 1500; i++) {
            assertThat(lab.asked.get(i).at().toMillis()).isBetween(40L * i, 40L * i + 20);
        }
    }

    @Test
    void a_stall_shows_in_every_request_that_was_due_in_it() {
        // The service answers in 5 ms, but for two seconds it stands still: who comes then waits until its end.
        lab.green = (request, at) -> at.compareTo(STALL_FROM) >= 0 && at.compareTo(STALL_TO) < 0
                ? Lab.ok(STALL_TO.minus(at).toNanos() / 1e6 + 5)
                : Lab.ok(5);
        Latencies latencies = lab.gather().all(Side.GREEN).latencies();

        assertThat(latencies.longerThan(1000)).as("half of the 50 requests due in the stall").isCloseTo(25, within(1));
        assertThat(latencies.longerThan(50)).isBetween(48, 50);
        assertThat(latencies.millis(0.99))
                .as("a closed loop would have seen one slow answer of 1,450 and a p99 of 5 ms")
                .isCloseTo(1400, within(50.0));
        assertThat(latencies.millis(0.5)).isCloseTo(5, within(0.1));
    }

    @Test
    void a_stall_of_the_generator_counts_too_and_is_told() {
        lab.green = (request, at) -> {
            if (at.compareTo(STALL_FROM) >= 0 && lab.asked.size() == 751) {
                lab.time.overshoot = Duration.ofSeconds(2);
            }
            return Lab.ok(5);
        };
        Evidence evidence = lab.gather();

        assertThat(evidence.all(Side.GREEN).latencies().longerThan(1000)).isCloseTo(25, within(2));
        assertThat(evidence.late()).isCloseTo(49, within(2));
        assertThat(evidence.latest()).isGreaterThan(Duration.ofMillis(1900));
    }

    @Test
    void a_request_beyond_the_bound_is_an_error_and_not_left_out() {
        lab.traffic = new Traffic(Lab.place(40), List.of(Lab.PRODUCTS), 100, Duration.ofSeconds(6), Duration.ZERO);
        lab.time.held = new ArrayList<>(); // nothing is ever answered
        Evidence evidence = lab.gather();

        assertThat(evidence.all(Side.GREEN).errorsByKind())
                .isEqualTo(Map.of("too many in flight", 100, "timed out", 500));
    }

    @Test
    void warm_up_is_kept_apart() {
        lab.traffic = new Traffic(Lab.place(40), List.of(Lab.PRODUCTS), 25, Duration.ofSeconds(60),
                Duration.ofSeconds(10));
        lab.green = (request, at) -> at.toSeconds() < 10 ? Lab.status(503, 2000) : Lab.ok(5);
        Evidence evidence = lab.gather();

        assertThat(evidence.warmUp(Side.GREEN).errors()).isEqualTo(250);
        assertThat(evidence.all(Side.GREEN).counted()).isEqualTo(1500);
        assertThat(evidence.all(Side.GREEN).errors()).isZero();
        assertThat(evidence.all(Side.GREEN).latencies().millis(1)).isLessThan(6);
    }

    @Test
    void blue_and_green_get_the_same_requests_interleaved_in_random_order() {
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.LATENCY, 0.1, 5));
        lab.traffic = new Traffic(Lab.place(40), List.of(Lab.PRODUCTS, Lab.request("/"), Lab.request("/cart")), 25,
                Duration.ofSeconds(60), Duration.ZERO);
        lab.gather();
        List<Asked> learnt = lab.asked.subList(0, 200);
        List<Asked> measured = lab.asked.subList(200, lab.asked.size());

        assertThat(learnt).allMatch(asked -> asked.listener().equals(Lab.BLUE));
        assertThat(learnt.get(199).at()).as("at half the rate of pairs").isBetween(Duration.ofMillis(7900),
                Duration.ofSeconds(8));
        assertThat(measured).hasSize(3000);
        int greenFirst = 0;
        for (int i = 0; i < measured.size(); i += 2) {
            Asked first = measured.get(i);
            Asked second = measured.get(i + 1);
            assertThat(first.request()).isEqualTo(second.request());
            assertThat(first.listener()).isNotEqualTo(second.listener());
            assertThat(second.at().minus(first.at())).isEqualTo(Duration.ofMillis(20));
            greenFirst += first.listener().equals(Lab.GREEN) ? 1 : 0;
        }
        assertThat(greenFirst).isBetween(650, 850);
        assertThat(measured.stream().collect(Collectors.groupingBy(Asked::request, Collectors.counting())).values())
                .as("each as often as the others").allMatch(count -> count >= 996 && count <= 1004);
    }

    @Test
    void requests_without_an_answer_are_told_apart() {
        lab.green = (request, at) -> switch ((int) at.toSeconds()) {
            case 0 -> new Nothing(Fault.REFUSED, "nobody listens", Duration.ofMillis(1));
            case 1 -> new Nothing(Fault.TIMED_OUT, "no answer within 3 s", Duration.ofSeconds(3));
            case 2 -> Lab.status(503, 2);
            default -> Lab.ok(5);
        };
        Tally green = lab.gather().all(Side.GREEN);

        assertThat(green.errorsByKind()).isEqualTo(Map.of("refused", 25, "timed out", 25, "answered 503", 25));
        assertThat(green.counted()).isEqualTo(1500);
        assertThat(green.latencies().count()).as("a refusal tells nothing about speed").isEqualTo(1475);
        assertThat(green.latencies().millis(1)).isCloseTo(3000, within(5.0));
    }

    @Test
    void what_breaks_in_a_sender_is_no_answer_of_the_service() {
        lab.green = (request, at) -> {
            throw new IllegalStateException("a defect of ours");
        };

        assertThatThrownBy(lab::gather).hasMessage("a defect of ours");
    }
}
