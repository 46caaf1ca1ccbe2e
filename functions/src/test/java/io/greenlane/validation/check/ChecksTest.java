package io.greenlane.validation.check;

import static io.greenlane.validation.check.World.answer;
import static io.greenlane.validation.check.World.check;
import static io.greenlane.validation.check.World.get;
import static io.greenlane.validation.check.World.line;
import static io.greenlane.validation.check.World.nothing;
import static io.greenlane.validation.check.World.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.Expectation;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.rules.LatencyRule;
import io.greenlane.validation.rules.Retry;
import io.greenlane.validation.rules.TextRule;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    private static final Duration BUDGET = Duration.ofMinutes(2);
    private static final IdentityRule IDENTITY = new IdentityRule(line(2), get("/version"), "x-version", null, "1.2.0",
            3);

    private final World world = new World();

    @Test
    void a_good_answer_passes() {
        Finding finding = run(check(status("200"), Retry.NONE));
        assertThat(finding).isEqualTo(new Finding("checks.ready", line(12), Result.PASS, true,
                "GET /health answered 200 in 12 ms, as expected (validation.yaml line 12).", "status 200",
                "200 in 12 ms", 1, null));
    }

    @Test
    void another_status_fails_with_the_line_of_the_rule() {
        world.answers = request -> answer(500, "");
        Finding finding = run(check(status("200"), Retry.NONE));
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence())
                .isEqualTo("GET /health answered 500, expected 200 (validation.yaml line 12).");
    }

    @Test
    void the_load_balancers_own_answer_is_told_as_such() {
        world.answers = request -> answer(503, "", "server", "awselb/2.0");
        assertThat(run(check(status("200"), Retry.NONE)).sentence())
                .startsWith("GET /health answered 503 by the load balancer itself: its target group has no target");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED,INCONCLUSIVE", "NO_CONNECTION,INCONCLUSIVE", "TIMED_OUT,FAIL",
            "OTHER_NAME,INCONCLUSIVE", "TLS,INCONCLUSIVE", "BROKEN,FAIL", "UNKNOWN_HOST,INCONCLUSIVE",
            "FORBIDDEN,INCONCLUSIVE"})
    void no_answer_is_told_apart(Fault fault, Result result) {
        world.answers = request -> nothing(fault);
        Finding finding = run(check(status("200"), Retry.NONE));
        assertThat(finding.result()).isEqualTo(result);
        assertThat(finding.sentence())
                .isEqualTo("GET /health got no answer: it was " + fault + " (validation.yaml line 12).");
    }

    @Test
    void a_retry_waits_and_forgets_what_was_bad_before() {
        Iterator<Integer> statuses = List.of(503, 503, 200).iterator();
        world.answers = request -> answer(statuses.next(), "");
        Finding finding = run(check(status("200"), new Retry(10, Duration.ofSeconds(3), 1)));
        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.samples()).isEqualTo(3);
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void attempts_end_with_the_last_bad_answer() {
        Iterator<Integer> statuses = List.of(500, 501, 502).iterator();
        world.answers = request -> answer(statuses.next(), "");
        Finding finding = run(check(status("200"), new Retry(3, Duration.ofSeconds(3), 1)));
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence()).startsWith("GET /health answered 502").contains("3 attempts");
    }

    @Test
    void good_answers_must_come_in_a_row() {
        Iterator<Integer> statuses = List.of(200, 200, 500, 200, 200, 200).iterator();
        world.answers = request -> answer(statuses.next(), "");
        Finding finding = run(check(status("200"), new Retry(10, Duration.ofSeconds(1), 3)));
        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.samples()).isEqualTo(6);
    }

    @Test
    void a_row_that_is_not_complete_after_the_last_attempt_fails() {
        Iterator<Integer> statuses = List.of(200, 500, 200).iterator();
        world.answers = request -> answer(statuses.next(), "");
        Finding finding = run(check(status("200"), new Retry(3, Duration.ofSeconds(1), 2)));
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence()).startsWith("GET /health answered 500");
    }

    @Test
    void a_budget_that_ends_in_a_good_row_is_inconclusive() {
        Finding finding = new Checks(world.bench(), new GreenProof(world.bench(), null, Duration.ZERO, Duration.ZERO))
                .run(check(status("200"), new Retry(10, Duration.ofSeconds(3), 5)), Duration.ofSeconds(7));
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).startsWith("There was time for 3 good answers in a row, expected 5");
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"250,PASS", "251,WARN", "500,WARN", "501,FAIL"})
    void slow_is_a_warning_first_and_a_failure_later(int millis, Result result) {
        world.answers = request -> answer(Duration.ofMillis(millis), 200, "");
        Finding finding = run(check(new Expectation(ExpectedStatus.parse("200"),
                new LatencyRule(line(14), Duration.ofMillis(250), Duration.ofMillis(500)), List.of(), List.of(),
                List.of()), Retry.NONE));
        assertThat(finding.result()).isEqualTo(result);
        if (result == Result.FAIL) {
            assertThat(finding.sentence())
                    .isEqualTo("GET /health took 501 ms, expected at most 500 ms (validation.yaml line 14).");
            assertThat(finding.seen()).isEqualTo("501 ms");
        }
    }

    @Test
    void all_that_is_wrong_is_told_the_worst_first() {
        world.answers = request -> answer(Duration.ofMillis(300), 404, "nope", "content-type", "text/plain");
        Finding finding = run(check(new Expectation(ExpectedStatus.parse("200"),
                new LatencyRule(line(14), Duration.ofMillis(250), null),
                List.of(new TextRule(line(15), "Content-Type", new TextRule.Match.Contains("json"))),
                List.of(new TextRule(line(16), "", new TextRule.Match.Equals("yes"))), List.of()), Retry.NONE));
        assertThat(finding.sentence()).isEqualTo(
                "GET /health answered 404, expected 200 (validation.yaml line 12); "
                        + "GET /health: header Content-Type is 'text/plain', expected to contain 'json' (validation.yaml line 15); "
                        + "GET /health: the body is 'nope', expected 'yes' (validation.yaml line 16); and 1 more.");
    }

    @Test
    void a_trial_rule_is_not_enforced() {
        world.answers = request -> answer(500, "");
        CheckRule trial = new CheckRule("trial", line(9), false, get("/"), status("200"), Retry.NONE);
        assertThat(run(trial).enforced()).isFalse();
    }

    @Test
    void an_answer_of_doubted_green_never_counts() {
        world.routing = () -> "The test listener still forwards to blue";
        Finding finding = run(check(status("200"), Retry.NONE));
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.samples()).isZero();
        assertThat(finding.sentence()).isEqualTo("No answer to GET /health counted within 120 seconds, since none was "
                + "proven to be green's: The test listener still forwards to blue (validation.yaml line 12).");
        assertThat(world.since()).isEqualTo(BUDGET);
    }

    @Test
    void doubt_that_comes_during_a_request_takes_its_answer_back() {
        world.answers = request -> {
            if (world.asked.size() == 1) {
                world.routing = () -> "gone";
            }
            return answer(500, "");
        };
        world.pause(Duration.ofSeconds(1));
        Finding finding = run(check(status("200"), Retry.NONE));
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("gone");
    }

    @Test
    void an_answer_that_says_another_version_is_asked_again() {
        Iterator<Answer> answers = List.<Answer>of(answer(200, "", "x-version", "1.1.0"),
                answer(500, "", "x-version", "1.2.0")).iterator();
        world.answers = request -> request.target().equals("/version")
                ? answer(200, "", "x-version", "1.2.0")
                : answers.next();
        Finding finding = new Checks(world.bench(),
                new GreenProof(world.bench(), IDENTITY, Duration.ZERO, Duration.ZERO))
                .run(check(status("200"), Retry.NONE), BUDGET);
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.samples()).isEqualTo(1);
    }

    @Test
    void an_answer_that_says_no_version_lies_between_two_that_do() {
        world.answers = request -> request.target().equals("/version")
                ? answer(200, "", "x-version", world.asked.size() < 3 ? "1.2.0" : "1.1.0")
                : answer(200, "");
        Finding finding = new Checks(world.bench(),
                new GreenProof(world.bench(), IDENTITY, Duration.ZERO, Duration.ZERO))
                .run(check(status("200"), Retry.NONE), BUDGET);
        assertThat(world.asked.subList(0, 3)).extracting(one -> one.target())
                .containsExactly("/version", "/health", "/version");
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
    }

    @Test
    void what_is_sent_is_what_the_rule_says_within_the_time_left() {
        CheckRule rule = new CheckRule("cart", line(1), true,
                new io.greenlane.probe.Request("POST", "/api/cart", Map.of("host", "shop.example.test"), "{}",
                        Duration.ofSeconds(30)),
                status("200"), Retry.NONE);
        new Checks(world.bench(), new GreenProof(world.bench(), null, Duration.ZERO, Duration.ZERO)).run(rule,
                Duration.ofSeconds(2));
        assertThat(world.asked).containsExactly(new io.greenlane.probe.Request("POST", "/api/cart",
                Map.of("host", "shop.example.test"), "{}", Duration.ofSeconds(2)));
    }

    private Finding run(CheckRule rule) {
        return new Checks(world.bench(), new GreenProof(world.bench(), null, Duration.ZERO, Duration.ZERO)).run(rule,
                BUDGET);
    }
}
