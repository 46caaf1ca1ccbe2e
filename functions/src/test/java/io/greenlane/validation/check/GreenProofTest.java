package io.greenlane.validation.check;

import static io.greenlane.validation.check.World.answer;
import static io.greenlane.validation.check.World.get;
import static io.greenlane.validation.check.World.line;
import static io.greenlane.validation.check.World.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Answer;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.IdentityRule;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreenProofTest {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final IdentityRule HEADER = new IdentityRule(line(2), get("/version"), "x-version", null, "1.2.0",
            3);
    private static final IdentityRule PATH = new IdentityRule(line(2), get("/version"), null, "$.build.version",
            "1.2.0", 3);

    private final World world = new World();

    @Test
    void three_proven_answers_in_a_row_are_the_proof() {
        world.answers = request -> answer(200, "", "x-version", "1.2.0");
        Finding finding = prove(HEADER);
        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.sentence())
                .isEqualTo("The answer to GET /version says it is green's, 3 times in a row.");
        assertThat(finding.place()).isEqualTo(line(2));
        assertThat(world.asked).hasSize(3).containsOnly(get("/version"));
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_doubt_begins_the_row_anew() {
        Iterator<String> versions = List.of("1.2.0", "1.2.0", "1.1.0", "1.2.0", "1.2.0", "1.2.0").iterator();
        world.answers = request -> answer(200, "", "x-version", versions.next());
        assertThat(prove(HEADER).result()).isEqualTo(Result.PASS);
        assertThat(world.asked).hasSize(6);
    }

    @Test
    void nothing_is_asked_while_the_load_balancer_still_forwards_elsewhere() {
        world.routing = () -> world.since().toSeconds() < 40 ? "The test listener still forwards to blue" : null;
        world.answers = request -> answer(200, "", "x-version", "1.2.0");
        assertThat(prove(HEADER).result()).isEqualTo(Result.PASS);
        assertThat(world.asked).hasSize(3);
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(42));
    }

    @Test
    void routing_that_never_comes_is_inconclusive_with_the_last_reason() {
        world.routing = () -> "Of 2 desired targets of green 1 is healthy";
        Finding finding = prove(HEADER);
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).isEqualTo("Green was not proven 3 times in a row within 300 seconds; "
                + "last: Of 2 desired targets of green 1 is healthy.");
        assertThat(world.since()).isLessThanOrEqualTo(WITHIN);
    }

    @Test
    void another_version_behind_a_switched_listener_fails() {
        world.answers = request -> answer(200, "", "x-version", "1.1.0\r\nx: y");
        Finding finding = prove(HEADER);
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence()).contains("The answer to GET /version says x-version '1.1.0<U+000D><U+000A>x: y',"
                + " expected '1.2.0' (validation.yaml line 2)");
    }

    @Test
    void a_path_shows_the_version_too() {
        world.answers = request -> answer(200, "{\"build\":{\"version\":\"1.2.0\"}}");
        assertThat(prove(PATH).result()).isEqualTo(Result.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"build\":{}}", "{\"build\":{\"version\":null}}", "null",
            "{\"build\":{\"version\":[\"1.2.0\"]}}"})
    void a_body_without_the_version_is_no_proof(String body) {
        world.answers = request -> answer(200, body);
        assertThat(prove(PATH).result()).isEqualTo(Result.FAIL);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void a_load_balancer_without_targets_is_told_as_such_and_is_no_verdict_on_green(int status) {
        world.answers = request -> answer(status, "<html>", "server", "awselb/2.0");
        Finding finding = prove(HEADER);
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("GET /version answered " + status + " by the load balancer itself: ");
    }

    @ParameterizedTest
    @EnumSource(Answer.Fault.class)
    void no_answer_is_never_a_pass(Answer.Fault fault) {
        world.answers = request -> nothing(fault);
        Finding finding = prove(HEADER);
        assertThat(finding.result()).isNotIn(Result.PASS, Result.WARN);
        assertThat(finding.sentence()).contains("GET /version got no answer: it was " + fault);
    }

    @Test
    void without_an_identity_the_load_balancers_word_counts_once_it_has_stood_for_a_minute_and_that_is_said() {
        Finding finding = prove(null);
        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.sentence()).contains("no identity is configured").contains("61 times in a row");
        assertThat(world.asked).isEmpty();
        assertThat(world.since()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void what_an_earlier_call_has_seen_counts_on() {
        GreenProof proof = new GreenProof(world.bench(), null, WITHIN, Duration.ofSeconds(50));
        assertThat(proof.prove(WITHIN).result()).isEqualTo(Result.PASS);
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(10));
        assertThat(proof.steady()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_doubt_in_between_begins_the_minute_anew() {
        world.routing = () -> world.since().toSeconds() == 59 ? "Of 2 desired targets of green 1 is healthy" : null;
        assertThat(prove(null).result()).isEqualTo(Result.PASS);
        assertThat(world.since()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void an_identity_that_only_one_page_shows_says_nothing_about_the_answers_of_others_within_that_minute() {
        world.answers = request -> answer(200, "{\"build\":{\"version\":\"1.2.0\"}}");
        assertThat(prove(PATH).result()).isEqualTo(Result.PASS);
        assertThat(world.since()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void where_green_must_be_ready_sooner_half_of_that_time_is_enough() {
        Duration soon = Duration.ofSeconds(20);
        assertThat(new GreenProof(world.bench(), null, soon, Duration.ZERO).prove(soon).result())
                .isEqualTo(Result.PASS);
        assertThat(world.since()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_word_that_has_not_stood_long_enough_is_told_with_its_age() {
        Finding finding = new GreenProof(world.bench(), null, WITHIN, Duration.ZERO).prove(Duration.ofSeconds(30));
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence())
                .contains("The load balancer has said for 30 seconds that it forwards to green alone;"
                        + " that counts after 60 seconds, since its nodes may be later");
    }

    @Test
    void an_answer_without_the_header_counts_a_minute_later_than_one_with_it() {
        GreenProof proof = new GreenProof(world.bench(), HEADER, WITHIN, Duration.ZERO);
        world.answers = request -> answer(200, "", "x-version", "1.2.0");
        assertThat(proof.prove(WITHIN).result()).isEqualTo(Result.PASS);
        assertThat(proof.doubtAfter(answer(200, "", "x-version", "1.2.0"))).isNull();
        assertThat(proof.doubtAfter(answer(500, ""))).contains("that counts after 60 seconds");
        world.pause(Duration.ofMinutes(1));
        assertThat(proof.doubtAfter(answer(500, ""))).isNull();
    }

    @Test
    void a_limit_that_is_over_still_looks_once() {
        world.answers = request -> answer(200, "", "x-version", "1.2.0");
        Finding finding = new GreenProof(world.bench(), HEADER, WITHIN, Duration.ZERO).prove(Duration.ZERO);
        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.samples()).isEqualTo(1);
    }

    @Test
    void later_answers_are_doubted_by_their_header_and_by_a_look_at_most_once_a_second() {
        GreenProof proof = new GreenProof(world.bench(), HEADER, WITHIN, Duration.ZERO);
        assertThat(proof.doubt(answer(200, "", "x-version", "1.1.0"))).contains("'1.1.0'");
        for (int i = 0; i < 100; i++) {
            assertThat(proof.doubt(answer(200, "", "x-version", "1.2.0"))).isNull();
            assertThat(proof.doubt(answer(404, ""))).isNull();
            assertThat(proof.doubt(nothing(Answer.Fault.TIMED_OUT))).isNull();
            world.pause(Duration.ofMillis(100));
        }
        assertThat(world.looks).isEqualTo(10);
        world.routing = () -> "gone";
        world.pause(Duration.ofSeconds(1));
        assertThat(proof.doubt(answer(200, "", "x-version", "1.2.0"))).isEqualTo("gone");
    }

    private Finding prove(@Nullable IdentityRule identity) {
        return new GreenProof(world.bench(), identity, WITHIN, Duration.ZERO).prove(WITHIN);
    }
}
