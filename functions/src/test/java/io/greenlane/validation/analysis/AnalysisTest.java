package io.greenlane.validation.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 1,500 requests in a minute unless a test says otherwise. */
class AnalysisTest {
    private final Lab lab = new Lab();

    private static Lab.Script failing(int every) {
        AtomicInteger sent = new AtomicInteger();
        return (request, at) -> sent.incrementAndGet() % every == 0 ? Lab.status(503, 5) : Lab.ok(5);
    }

    private static Evidence throughJson(Evidence evidence) {
        return Evidence.from(JsonObject.of("evidence", Json.object(Json.text(evidence.members()))));
    }

    // ---- thresholds ---------------------------------------------------------------------------------------------------------

    @Test
    void a_threshold_that_is_kept_passes_and_says_over_how_many() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.LATENCY_P95, null, 400.0),
                Lab.threshold(42, Metric.LATENCY_P50, 1.0, null));
        lab.green = (request, at) -> Lab.ok(lab.about(40));
        Finding p95 = lab.finding("latency_p95");

        assertThat(p95.result()).isEqualTo(Result.PASS);
        assertThat(p95.sentence()).matches(
                "p95 latency \\d\\d(\\.\\d)? ms over 1,500 requests; limit 400 ms \\(validation.yaml line 41\\)\\.");
        assertThat(p95.samples()).isEqualTo(1500);
        assertThat(p95.place()).isEqualTo(Lab.place(41));
        assertThat(p95.expected()).isEqualTo("at most 400 ms");
    }

    @Test
    void a_threshold_between_warn_and_max_warns() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.ERROR_RATE, 0.005, 0.02));
        lab.green = failing(100);
        Finding rate = lab.finding("error_rate");

        assertThat(rate.result()).isEqualTo(Result.WARN);
        assertThat(rate.sentence())
                .isEqualTo("Error rate 1 % over 1,500 requests (15 answered 503); a warning above 0.5 %"
                        + " (validation.yaml line 41).");
    }

    @Test
    void a_threshold_that_is_broken_fails_and_ends_when_nothing_can_save_it() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.ERROR_RATE, null, 0.01));
        lab.green = failing(10);
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isEqualTo(Ending.CERTAIN);
        assertThat(evidence.complete()).isTrue();
        assertThat(evidence.begun()).as("16 errors are more than 1 % of 1,500").isBetween(160, 200);
        assertThat(lab.judge(evidence)).singleElement().satisfies(finding -> {
            assertThat(finding.result()).isEqualTo(Result.FAIL);
            assertThat(finding.sentence()).contains("; limit 1 % (validation.yaml line 41)").startsWith("Error rate ");
        });
    }

    @Test
    void it_ends_when_no_threshold_can_be_broken_any_more() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.ERROR_RATE, null, 0.6));
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isEqualTo(Ending.CERTAIN);
        assertThat(evidence.begun()).as("so that what is left, if it were in doubt, could change nothing")
                .isBetween(1425, 1499);
        assertThat(lab.judge(evidence)).extracting(Finding::result).containsExactly(Result.PASS);
    }

    @Test
    void a_threshold_that_may_still_only_warn_is_measured_to_the_end() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.ERROR_RATE, 0.0, 0.6));
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isNull();
        assertThat(evidence.begun()).isEqualTo(1500);
        assertThat(lab.judge(evidence)).extracting(Finding::result).containsExactly(Result.PASS);
    }

    @Test
    void too_few_answers_are_inconclusive() {
        lab.traffic = new Traffic(Lab.place(40), List.of(Lab.PRODUCTS), 25, Duration.ofSeconds(10), Duration.ZERO);
        lab.thresholds = List.of(Lab.threshold(41, Metric.LATENCY_P95, null, 400.0));
        Finding finding = lab.finding("latency_p95");

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence())
                .endsWith("inconclusive, since only 250 requests to green counted, and 500 are needed.");
    }

    @Test
    void no_answer_at_all_is_never_a_pass_of_a_latency() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.LATENCY_P95, null, 400.0));
        lab.green = (request, at) -> new Nothing(Fault.REFUSED, "nobody listens", Duration.ofMillis(1));
        Finding finding = lab.finding("latency_p95");

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("No p95 latency of green was seen").contains(
                "no answer could be measured");
    }

    @Test
    void what_is_inconclusive_counts_as_the_file_says() {
        lab.whenInconclusive = Result.WARN;
        lab.minSamples = 5000;
        Finding finding = lab.judge(lab.gather()).get(0);

        assertThat(finding.result()).isEqualTo(Result.WARN);
        assertThat(finding.sentence()).endsWith("It counts as warn (when_inconclusive).");
    }

    @Test
    void a_limit_that_blue_breaks_too_is_not_greens_fault() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.LATENCY_P50, null, 30.0));
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.LATENCY, 0.1, 5));
        Finding finding = lab.finding("latency_p50");

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("blue breaks the same limit with 40 ms");
    }

    @Test
    void a_generator_that_was_late_is_not_greens_fault() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.LATENCY_P95, null, 60.0));
        lab.green = (request, at) -> {
            lab.time.overshoot = lab.asked.size() % 10 == 0 ? Duration.ofSeconds(1) : Duration.ZERO;
            return Lab.ok(5);
        };
        Finding finding = lab.finding("latency_p95");

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("the generator was too slow, perhaps not green");
    }

    // ---- comparison with blue -----------------------------------------------------------------------------------------------

    @Test
    void the_same_latencies_pass() {
        compareLatency(40);
        Finding finding = lab.finding("baseline.latency");

        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.sentence()).contains("1,500 requests each; confidence 99.36 %").contains(
                "at most 10 %, or 5 ms, is allowed (validation.yaml line 52)");
        assertThat(lab.asked).hasSize(3200);
    }

    @Test
    void a_clear_regression_ends_at_the_first_look() {
        compareLatency(80);
        lab.minSamples = 300;
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isEqualTo(Ending.LOOK);
        assertThat(evidence.begun()).isEqualTo(500);
        assertThat(lab.judge(throughJson(evidence))).extracting(Finding::result).contains(Result.FAIL);
    }

    @Test
    void a_small_regression_needs_more_than_the_first_look() {
        compareLatency(50);
        lab.minSamples = 900;
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isEqualTo(Ending.LOOK);
        assertThat(evidence.begun()).isEqualTo(1000);
    }

    @Test
    void a_difference_in_what_answers_hold_ends_at_the_first_look_however_many_samples_numbers_need() {
        compareLatency(40);
        lab.minSamples = 1500;
        lab.green = (request, at) -> Lab.status(202, lab.about(40));
        Evidence evidence = lab.gather();
        List<Finding> findings = lab.judge(evidence);

        assertThat(evidence.begun()).isEqualTo(500);
        assertThat(findings.get(2).result()).isEqualTo(Result.FAIL);
        assertThat(findings.get(1).sentence())
                .contains("the analysis ended after 500 of 1,500 requests: green was clearly worse than blue");
    }

    @Test
    void more_errors_than_blue_fail() {
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.ERROR_RATE, 0, 0));
        lab.green = failing(50);
        Finding finding = lab.finding("baseline.error_rate");

        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence()).startsWith("Error rate: green ").contains("answered 503; blue 0 of ");
    }

    @Test
    void a_blue_that_is_unwell_itself_is_nothing_to_compare_with() {
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.ERROR_RATE, 0, 0));
        lab.blue = failing(5);
        Evidence evidence = lab.gather();

        assertThat(evidence.ending()).isEqualTo(Ending.BLUE_UNWELL);
        assertThat(lab.judge(evidence)).extracting(Finding::result).containsOnly(Result.INCONCLUSIVE);
        assertThat(lab.judge(evidence).get(1).sentence()).contains("blue itself is unwell: error rate ");
    }

    @Test
    void without_blue_a_comparison_is_inconclusive() {
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.LATENCY, 0.1, 5));
        lab.blueThere = false;
        List<Finding> findings = lab.judge(lab.gather());

        assertThat(findings.subList(1, 5)).extracting(Finding::result).containsOnly(Result.INCONCLUSIVE);
        assertThat(findings.get(1).sentence()).contains("there is no blue to compare with");
        assertThat(lab.asked).allMatch(asked -> asked.listener().equals(Lab.GREEN));
    }

    private void compareLatency(double medianOfGreen) {
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.LATENCY, 0.1, 5));
        lab.blue = (request, at) -> Lab.ok(lab.about(40));
        lab.green = (request, at) -> Lab.ok(lab.about(medianOfGreen));
    }

    // ---- several calls ------------------------------------------------------------------------------------------------------

    @Test
    void an_analysis_that_was_cut_off_is_inconclusive() {
        Evidence evidence = lab.analysis().gather(null, Duration.ofSeconds(36));

        assertThat(evidence.complete()).isFalse();
        assertThat(evidence.begun()).isBetween(720, 760);
        assertThat(lab.judge(evidence).get(0).sentence())
                .contains("inconclusive, since the analysis was cut off after 7").contains("of 1,500 requests");
    }

    @Test
    void another_call_goes_on_where_the_last_one_was_cut_off() {
        compareLatency(40);
        lab.traffic = new Traffic(Lab.place(40), List.of(Lab.PRODUCTS), 25, Duration.ofSeconds(60),
                Duration.ofSeconds(5));
        Evidence evidence = null;
        int calls = 0;
        while (evidence == null || !evidence.complete()) {
            evidence = throughJson(lab.analysis().gather(evidence, Duration.ofSeconds(25)));
            calls++;
        }

        assertThat(calls).isEqualTo(5);
        assertThat(evidence.all(Side.GREEN).counted()).isEqualTo(1500);
        assertThat(evidence.all(Side.BLUE).counted()).isEqualTo(1500);
        assertThat(evidence.warmUp(Side.GREEN).counted()).as("5 seconds, and 2 more in each later call")
                .isEqualTo(125 + 4 * 50);
        List<Finding> once = lab.judge(lab.gather());
        assertThat(lab.judge(evidence)).extracting(Finding::result, Finding::samples)
                .containsExactlyElementsOf(once.stream().map(one -> org.assertj.core.groups.Tuple.tuple(one.result(),
                        one.samples())).toList());
    }

    @Test
    void evidence_goes_to_json_and_back_without_loss() {
        compareLatency(41);
        lab.green = (request, at) -> at.toMillis() % 7 == 0
                ? new Nothing(Fault.TIMED_OUT, "no answer", Duration.ofSeconds(3))
                : Lab.ok(lab.about(41));
        lab.routing = () -> lab.time.now().toSeconds() % 50 == 0 ? "the test listener moved" : null;
        Evidence evidence = lab.gather();
        Evidence read = throughJson(evidence);

        assertThat(read.members()).isEqualTo(evidence.members());
        assertThat(lab.judge(read)).isEqualTo(lab.judge(evidence));
        assertThat(read.course(Side.GREEN)).isEqualTo(evidence.course(Side.GREEN));
        assertThat(read.all(Side.GREEN).latencies().sorted()).isEqualTo(evidence.all(Side.GREEN).latencies().sorted());
        assertThat(read.all(Side.GREEN).doubt()).isEqualTo(evidence.all(Side.GREEN).doubt()).isNotNull();
    }

    @Test
    void evidence_that_was_handed_out_does_not_grow_any_more() {
        Evidence cut = lab.analysis().gather(null, Duration.ofSeconds(20));
        int begun = cut.begun();
        Evidence whole = lab.analysis().gather(cut, Duration.ofHours(1));

        assertThat(cut.begun()).isEqualTo(begun);
        assertThat(whole.begun()).isEqualTo(1500);
        int asked = lab.asked.size();
        assertThat(lab.analysis().gather(whole, Duration.ofHours(1)).members()).isEqualTo(whole.members());
        assertThat(lab.asked).hasSize(asked);
    }

    // ---- doubts -------------------------------------------------------------------------------------------------------------

    @Test
    void answers_that_may_be_another_versions_do_not_count() {
        lab.routing = () -> seconds() == 30 ? "the test listener forwards to blue" : null;
        Evidence evidence = lab.gather();
        Tally green = evidence.all(Side.GREEN);

        assertThat(green.doubted()).as("a second, and those since the last good look").isBetween(25, 75);
        assertThat(green.counted()).isEqualTo(1500 - green.doubted());
        assertThat(green.doubt()).contains("the test listener forwards to blue");
        assertThat(lab.judge(evidence)).extracting(Finding::result).containsExactly(Result.WARN);
    }

    @Test
    void what_came_just_before_a_doubt_is_doubted_too() {
        lab.thresholds = List.of(Lab.threshold(41, Metric.ERROR_RATE, 0.0, null));
        // The listener goes back to a broken blue at 29.5 seconds; the look of that second was before.
        lab.routing = () -> lab.time.now().minus(Lab.Time.BEGIN).toMillis() >= 29_500 && seconds() < 33
                ? "moved"
                : null;
        lab.green = (request, at) -> at.toMillis() >= 29_500 && at.toSeconds() < 33 ? Lab.status(500, 5) : Lab.ok(5);
        Tally green = lab.gather().all(Side.GREEN);

        assertThat(green.errors()).isZero();
        assertThat(green.doubted()).isBetween(87, 140);
    }

    @Test
    void too_many_doubted_answers_are_inconclusive() {
        lab.routing = () -> seconds() % 10 < 2 ? "the test listener moves" : null;
        lab.baseline = Lab.baseline(Lab.increase(52, Metric.LATENCY, 0.1, 5));
        lab.green = (request, at) -> Lab.status(202, 40);
        List<Finding> findings = lab.judge(lab.gather());

        assertThat(findings).extracting(Finding::result).containsOnly(Result.INCONCLUSIVE);
        assertThat(findings.get(2).sentence()).contains("to green may have been answered by something else: ")
                .contains("the test listener moves");
    }

    @Test
    void doubted_answers_are_not_compared() {
        lab.baseline = Lab.baseline();
        lab.routing = () -> seconds() == 30 ? "moved" : null;
        lab.green = (request, at) -> at.toSeconds() == 30 ? Lab.status(404, 5) : Lab.ok(5);
        Evidence evidence = lab.gather();

        assertThat(evidence.all(Side.GREEN).doubted()).isGreaterThan(24);
        assertThat(evidence.differences()).isEmpty();
        assertThat(lab.judge(evidence).get(1).samples()).isEqualTo(1500 - evidence.all(Side.GREEN).doubted());
    }

    private long seconds() {
        return lab.time.now().minus(Lab.Time.BEGIN).toSeconds();
    }
}
