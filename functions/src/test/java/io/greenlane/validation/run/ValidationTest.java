package io.greenlane.validation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenlane.json.Json;
import io.greenlane.probe.Answer;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a hook from the proof to the alarms, in one go and in slices. */
class ValidationTest {
    private static final String RULES = """
            version: 1
            hooks:
              BeforeAllowTraffic:
                checks: [ready, catalogue]
                scenarios: [browse]
                analyses: [load, side-by-side]
                alarms: { names: [errors, lag], quiet_for: 1m }
                ready_within: 1m
                within: 20m
            checks:
              ready:
                request: GET /health
                retry: { attempts: 5, every: 10s, in_a_row: 2 }
              catalogue:
                request: GET /api/products
                expect: { json: [{ path: $.items, count: 2 }] }
            scenarios:
              browse:
                steps:
                  - { request: GET /api/products, save: { first: "$.items[0]" } }
                  - { request: "GET /api/products/{{first}}" }
            analyses:
              load:
                traffic: { requests: [GET /api/products], rate: 20/s, duration: 60s, warm_up: 5s }
                min_samples: 500
                thresholds: { latency_p95: { warn: 5ms, max: 400ms }, error_rate: { max: 1% } }
              side-by-side:
                traffic: { requests: [GET /api/products, GET /health], rate: 20/s, duration: 90s, warm_up: 5s }
                min_samples: 500
                baseline: { learn: 50, compare: { latency: { max_increase: 20% }, bodies: false, status: false, headers: [] } }
            """;

    private final Stage stage = new Stage();

    @Test
    void a_green_that_is_well_passes_all_rules_in_their_order() {
        Progress progress = stage.run(RULES.replace("warn: 5ms, ", ""));

        assertThat(Stage.results(progress)).containsExactly("green PASS", "checks.ready PASS",
                "checks.catalogue PASS", "scenarios.browse PASS", "analyses.load.error_rate PASS",
                "analyses.load.latency_p95 PASS", "analyses.side-by-side.baseline.error_rate PASS",
                "analyses.side-by-side.baseline.latency PASS", "alarms PASS");
        assertThat(progress.conclusion().result()).isEqualTo(Result.PASS);
        assertThat(progress.conclusion().sentence())
                .isEqualTo("9 rules passed: green, checks.ready, checks.catalogue and 6 more.");
        assertThat(progress.evidence()).containsOnlyKeys("load", "side-by-side");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 25, 61, 240})
    void slices_come_to_the_same_result_as_a_validation_without_a_break(int seconds) {
        stage.green = (request, at) -> Stage.ok(stage.about(request.target().equals("/health") ? 40 : 70));
        Progress whole = stage.run(RULES);
        Stage again = new Stage();
        again.green = (request, at) -> Stage.ok(again.about(request.target().equals("/health") ? 40 : 70));

        Progress sliced = again.run(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(seconds));

        assertThat(Stage.results(whole)).contains("analyses.load.latency_p95 WARN",
                "analyses.side-by-side.baseline.latency FAIL");
        assertThat(Stage.results(sliced)).isEqualTo(Stage.results(whole));
        assertThat(sliced.conclusion().result()).isEqualTo(Result.FAIL);
        assertThat(again.slices).isGreaterThan(seconds < 100 ? 2 : 0);
    }

    @Test
    void nothing_is_asked_of_a_green_that_is_never_proven() {
        stage.routing = () -> "The test listener forwards to blue too";

        Progress progress = stage.run(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(25));

        assertThat(stage.asked).isEmpty();
        assertThat(stage.since()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        assertThat(progress.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
            assertThat(finding.sentence()).isEqualTo("Green was not proven 3 times in a row within 60 seconds; "
                    + "last: The test listener forwards to blue too.");
        });
    }

    @Test
    void a_green_that_comes_late_is_waited_for_over_slices() {
        stage.routing = () -> stage.since().compareTo(Duration.ofSeconds(25)) < 0 ? "The listener is with blue" : null;

        Progress progress = stage.run(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(20));

        assertThat(Stage.finding(progress, "green").result()).isEqualTo(Result.PASS);
        assertThat(progress.conclusion().result()).isEqualTo(Result.WARN);
    }

    @Test
    void the_last_hook_before_production_does_not_wait_again_for_the_listener_that_the_one_before_it_has_proven() {
        String both = RULES.replace("hooks:", "hooks:\n  AfterAllowTestTraffic: { checks: [ready], ready_within: 1m }");
        stage.run(both, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Duration.ofHours(2));
        Duration first = stage.since();
        Stage next = new Stage();
        next.run(
                both.replace("analyses: [load, side-by-side]", "analyses: []").replaceAll("(?s)analyses:\n  load.*",
                        ""),
                HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofHours(2));

        assertThat(first).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(next.since()).as("alarms stay quiet for a minute").isLessThan(Duration.ofSeconds(90));
    }

    @Test
    void after_a_failed_check_the_other_checks_still_run_but_no_load_is_sent() {
        stage.green = (request, at) -> Stage.answer(request.target().equals("/health") ? 500 : 200,
                "{\"items\":[1,2]}", 20);

        Progress progress = stage.run(RULES);

        assertThat(Stage.results(progress)).containsExactly("green PASS", "checks.ready FAIL",
                "checks.catalogue PASS", "scenarios.browse PASS", "analyses.load INCONCLUSIVE",
                "analyses.side-by-side INCONCLUSIVE", "alarms INCONCLUSIVE");
        assertThat(stage.asked).hasSize(8).allMatch(line -> line.startsWith("green"));
        assertThat(Stage.finding(progress, "analyses.load").sentence())
                .isEqualTo("The analysis load was not run, since checks.ready has failed already "
                        + "(validation.yaml line 23).");
        assertThat(progress.conclusion().result()).isEqualTo(Result.FAIL);
        assertThat(progress.conclusion().sentence()).isEqualTo("GET /health answered 500, expected 200-399 "
                + "(validation.yaml line 11); 5 attempts, the last bad one is told.");
    }

    @Test
    void a_trial_rule_that_fails_is_told_and_changes_nothing() {
        stage.green = (request, at) -> Stage.answer(request.target().equals("/health") ? 500 : 200,
                "{\"items\":[1,2]}", 20);

        Progress progress = stage.run(RULES.replace("    request: GET /health", "    enforce: false\n"
                + "    request: GET /health").replace("[load, side-by-side]", "[load]")
                .replaceAll("(?s)  side-by-side:.*", "").replace("warn: 5ms, ", ""));

        assertThat(Stage.results(progress)).startsWith("green PASS", "checks.ready FAIL").endsWith("alarms PASS");
        assertThat(progress.conclusion().result()).isEqualTo(Result.PASS);
        assertThat(progress.conclusion().sentence()).isEqualTo("6 rules passed: green, checks.catalogue, "
                + "scenarios.browse and 3 more. Of the trial rules, which block nothing, 1 did not pass: checks.ready.");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 3600})
    void what_is_not_done_in_the_time_of_the_hook_is_inconclusive_rule_by_rule(int seconds) {
        Progress progress = stage.run(RULES.replace("within: 20m", "within: 180s").replace("ready_within: 1m",
                "ready_within: 30s").replace("quiet_for: 1m", "quiet_for: 10s").replace("warn: 5ms, ", ""),
                HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(seconds));

        assertThat(Stage.results(progress)).endsWith("analyses.side-by-side.baseline.latency INCONCLUSIVE",
                "alarms INCONCLUSIVE");
        assertThat(Stage.finding(progress, "analyses.side-by-side.baseline.latency").sentence())
                .contains("the analysis was cut off after");
        assertThat(stage.since()).isLessThanOrEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void the_end_of_a_slice_is_no_verdict_about_a_check() {
        stage.green = (request, at) -> Stage.answer(at.compareTo(Duration.ofSeconds(40)) < 0 ? 503 : 200,
                "{\"items\":[1,2]}", 20);

        Progress progress = stage.run(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(30));

        assertThat(Stage.finding(progress, "checks.ready").result()).isEqualTo(Result.PASS);
    }

    @Test
    void a_check_whose_green_stays_in_doubt_leaves_time_for_the_rules_after_it() {
        stage.routing = () -> stage.since().compareTo(Duration.ofSeconds(31)) < 0 ? null : "A target is draining";

        Progress progress = stage.run(RULES);

        assertThat(Stage.finding(progress, "checks.ready").result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(Stage.results(progress)).contains("alarms PASS");
    }

    @Test
    void an_alarm_that_goes_off_fails_the_hook_and_silent_slices_add_up() {
        stage.alarms = names -> List.of(new Alarm("errors", stage.since().toSeconds() < 258 ? State.OK : State.ALARM,
                "5 errors in a minute"));

        Progress progress = stage.run(RULES.replace("quiet_for: 1m", "quiet_for: 3m"), HookEvent.BEFORE_ALLOW_TRAFFIC,
                Duration.ofSeconds(40));

        assertThat(progress.conclusion().sentence())
                .isEqualTo("Alarm errors is in ALARM: 5 errors in a minute (validation.yaml line 7).");
    }

    @Test
    void a_hook_that_the_file_does_not_mention_passes_and_says_so() {
        Progress progress = stage.run(RULES, HookEvent.AFTER_ALLOW_TRAFFIC, Duration.ofSeconds(1));

        assertThat(progress.conclusion().result()).isEqualTo(Result.PASS);
        assertThat(progress.conclusion().sentence())
                .isEqualTo("validation.yaml says nothing about AfterAllowTraffic, so there is nothing to validate.");
        assertThat(stage.asked).isEmpty();
    }

    @Test
    void no_secret_leaves_in_findings_or_evidence() {
        stage.green = (request, at) -> Stage.answer(200, String.join("", request.headers().values()), 20);
        stage.routing = () -> stage.since().toSeconds() < 8 ? null : "Something said " + Stage.SECRET;

        Progress progress = stage.run("""
                version: 1
                hooks:
                  AfterAllowTestTraffic: { checks: [echo], analyses: [load], ready_within: 10s }
                checks:
                  echo:
                    enforce: false
                    request: GET /echo
                    headers: { Authorization: "{{secret:/shop/token}}" }
                    expect: { body: [{ equals: none }] }
                analyses:
                  load:
                    traffic: { requests: [GET /], rate: 20/s, duration: 30s, warm_up: 0s }
                    thresholds: { error_rate: { max: 1% } }
                """, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Duration.ofSeconds(20));

        assertThat(Stage.finding(progress, "checks.echo").seen()).contains("***");
        assertThat(Stage.finding(progress, "analyses.load.error_rate").sentence()).contains("Something said ***");
        assertThat(Json.text(progress.members())).doesNotContain(Stage.SECRET)
                .contains("\"doubt\":\"'Something said ***'");
    }

    @Test
    void examples_of_differences_hold_no_secret_and_are_counted_on_in_the_next_slice() {
        stage.green = (request, at) -> Stage.answer(200, "{\"key\":\"" + String.join("", request.headers().values())
                + "\"}", 20);
        stage.blue = (request, at) -> Stage.answer(200, "{\"key\":\"none\"}", 20);

        Progress progress = stage.run("""
                version: 1
                hooks:
                  BeforeAllowTraffic: { analyses: [same], ready_within: 10s }
                analyses:
                  same:
                    traffic:
                      requests: [GET /echo]
                      headers: { Authorization: "{{secret:/shop/token}}" }
                      rate: 20/s
                      duration: 40s
                    min_samples: 400
                    baseline: { learn: 50, compare: { bodies: true } }
                """, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofSeconds(20));

        assertThat(stage.slices).isGreaterThan(1);
        assertThat(progress.conclusion().result()).isEqualTo(Result.FAIL);
        assertThat(progress.conclusion().sentence()).contains("$.key", "***");
        assertThat(Json.text(progress.members())).doesNotContain(Stage.SECRET);
    }

    @Test
    void a_slice_that_is_too_short_to_get_anywhere_is_refused_instead_of_repeated_without_end() {
        stage.green = (request, at) -> Stage.ok(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.run(RULES.replace("every: 10s", "every: 1s"), HookEvent.BEFORE_ALLOW_TRAFFIC,
                        Duration.ofSeconds(6)))
                .withMessageContaining("is too short to send a request of the analysis load (validation.yaml line 23)");
    }

    @Test
    void a_service_that_hangs_is_a_failure_of_the_check_that_found_it() {
        stage.green = (request, at) -> request.target().equals("/health")
                ? Stage.ok(20)
                : new Answer.Nothing(Answer.Fault.TIMED_OUT, "There was no answer", Duration.ofSeconds(5));

        Finding failed = stage.run(RULES).conclusion().failed();

        assertThat(failed).isNotNull().extracting(Finding::rule).isEqualTo("checks.catalogue");
    }
}
