package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Request;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Retry;
import io.greenlane.validation.rules.ValidationRules;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for a service without a file. */
class BuiltInDefaultTest {
    private static final ValidationRules RULES = rules(
            new BuiltInDefault("", "/health?a=\"b\"".replace("\"", "'"), ExpectedStatus.parse("200-299,404"),
                    Duration.ofMinutes(5)));

    private static ValidationRules rules(BuiltInDefault settings) {
        return switch (settings.read()) {
            case Reading.Usable(ValidationRules rules) -> rules;
            case Reading.Refused refused -> throw new AssertionError(refused.sentence());
        };
    }

    @Test
    void every_hook_checks_the_page_of_the_settings() {
        assertThat(RULES.hooks()).hasSize(HookEvent.values().length).allSatisfy((event, rules) -> {
            CheckRule check = rules.checks().get(0);
            assertThat(check.request().line()).isEqualTo("GET /health?a='b'");
            assertThat(check.expect().status()).hasToString("200-299,404");
            assertThat(check.retry()).isEqualTo(new Retry(10, Duration.ofSeconds(2), 3));
            assertThat(rules.readyWithin()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void before_traffic_moves_the_page_is_compared_with_production() {
        HookRules rules = Files.hook(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC);

        AnalysisRule comparison = rules.analyses().get(0);
        assertThat(comparison.traffic().requests()).extracting(Request::line).containsExactly("GET /health?a='b'");
        assertThat(comparison.traffic().perSecond()).isEqualTo(10);
        assertThat(comparison.traffic().duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(comparison.minSamples()).isEqualTo(200);
        assertThat(Files.there(comparison.baseline()).bodies()).isFalse();
        assertThat(comparison.whenInconclusive()).isEqualTo(Result.WARN);
        assertThat(Files.hook(RULES, HookEvent.AFTER_ALLOW_TEST_TRAFFIC).analyses()).isEmpty();
    }

    @Test
    void with_a_name_of_the_service_every_request_has_it_as_its_host() {
        ValidationRules rules = rules(new BuiltInDefault("shop.example.com", "/", ExpectedStatus.parse("200"),
                Duration.ofMinutes(5)));
        HookRules before = Files.hook(rules, HookEvent.BEFORE_ALLOW_TRAFFIC);

        assertThat(Stream.concat(before.checks().stream().map(CheckRule::request),
                before.analyses().get(0).traffic().requests().stream())).hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("host", "shop.example.com"));
        assertThat(Files.hook(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC).checks().get(0).request().headers())
                .doesNotContainKey("host");
    }

    @Test
    void its_places_have_no_line() {
        assertThat(Files.hook(RULES, HookEvent.AFTER_ALLOW_TEST_TRAFFIC).checks().get(0).place())
                .isEqualTo(new Place("built-in default", 0, 1)).hasToString("built-in default");
    }

    @Test
    void times_out_of_bounds_become_the_nearest() {
        ExpectedStatus status = ExpectedStatus.parse("200");
        assertThat(
                Files.hook(rules(new BuiltInDefault("", "/", status, Duration.ofHours(2))),
                        HookEvent.AFTER_ALLOW_TRAFFIC)
                        .readyWithin())
                .isEqualTo(Duration.ofMinutes(40));
        assertThat(
                Files.hook(rules(new BuiltInDefault("", "/", status, Duration.ofMillis(1))),
                        HookEvent.AFTER_ALLOW_TRAFFIC)
                        .readyWithin())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_page_that_cannot_be_requested_is_refused() {
        assertThat(new BuiltInDefault("", "//evil.test/", ExpectedStatus.parse("200"), Duration.ofMinutes(5)).read())
                .isInstanceOfSatisfying(Reading.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("built-in default: 'request' must be a path that begins with one slash"));
    }
}
