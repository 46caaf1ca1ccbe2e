package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Request;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.rules.JsonRule;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Retry;
import io.greenlane.validation.rules.ScenarioRule;
import io.greenlane.validation.rules.TextRule;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.source.FileDocuments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a good file says. */
class RulesReaderTest {
    private final ValidationRules all = Files.usable(Files.good("everything.yaml"));
    private final HookRules test = Files.hook(all, HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
    private final HookRules before = Files.hook(all, HookEvent.BEFORE_ALLOW_TRAFFIC);

    static Stream<Path> good() {
        return Files.all("good");
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_file_is_usable(Path file) {
        assertThat(Files.sentences(Files.read(Files.text(file)))).isEmpty();
    }

    @Test
    void the_text_goes_along_with_the_rules() {
        assertThat(all.source()).isEqualTo("validation.yaml");
        assertThat(all.version()).isEqualTo("7");
        assertThat(all.sha256()).matches("[0-9a-f]{64}");
        assertThat(all.lines()).contains("version: 1").noneMatch(line -> line.contains("4711"));
    }

    @Test
    void identity_asks_for_what_this_version_says_of_itself() {
        assertThat(all.identity()).isEqualTo(new IdentityRule(new Place("validation.yaml", 3, 1),
                new Request("GET", "/version", Map.of("host", "shop.example.test", "x-check", "1"), null,
                        Duration.ofSeconds(3)),
                "x-version", null, "1.2.3", 5));
    }

    @Test
    void a_hook_names_its_rules_in_order_and_has_its_times() {
        assertThat(test.checks()).extracting(CheckRule::name).containsExactly("ready", "cart");
        assertThat(test.scenarios()).extracting(ScenarioRule::name).containsExactly("order");
        assertThat(test.readyWithin()).isEqualTo(Duration.ofMinutes(4));
        assertThat(test.within()).isEqualTo(Duration.ofMinutes(20));
        assertThat(test.place().line()).isEqualTo(12);
        assertThat(before.readyWithin()).isEqualTo(Duration.ofMinutes(5));
        assertThat(before.within()).isEqualTo(Duration.ofMinutes(30));
        assertThat(Files.there(Files.hook(all, HookEvent.AFTER_ALLOW_TRAFFIC).alarms()).names()).containsExactly(
                "shop-5xx",
                "shop latency");
        assertThat(Files.there(Files.hook(all, HookEvent.AFTER_ALLOW_TRAFFIC).alarms()).quietFor())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_check_says_what_is_sent_and_what_is_expected() {
        CheckRule ready = test.checks().get(0);

        assertThat(ready.place()).isEqualTo(new Place("validation.yaml", 18, 3));
        assertThat(ready.enforced()).isFalse();
        assertThat(ready.request()).isEqualTo(new Request("GET", "/health",
                Map.of("host", "shop.example.test", "accept", "application/json", "x-check", "2"), null,
                Duration.ofMillis(500)));
        assertThat(ready.retry()).isEqualTo(new Retry(10, Duration.ofSeconds(3), 2));
        assertThat(ready.expect().status()).hasToString("200-299,304,400-404");
        assertThat(Files.there(ready.expect().latency()).warn()).isEqualTo(Duration.ofMillis(250));
        assertThat(Files.there(ready.expect().latency()).max()).isEqualTo(Duration.ofMillis(500));
        assertThat(ready.expect().headers()).extracting(TextRule::name).containsExactly("content-type", "x-digest",
                "x-powered-by", "etag", "etag");
        assertThat(ready.expect().headers()).extracting(TextRule::match).contains(
                new TextRule.Match.Contains("application/json"), new TextRule.Match.Equals("sha256:abc"),
                new TextRule.Match.Exists(false), new TextRule.Match.Matches("^\"[0-9a-f]+\"$"));
        assertThat(ready.expect().body()).extracting(TextRule::match).containsExactly(
                new TextRule.Match.Contains("UP"), new TextRule.Match.Matches("version.{0,5}1\\.2\\.3"));
        assertThat(ready.expect().json()).extracting(JsonRule::match).containsExactly(
                new JsonRule.Match.Equals("UP"), new JsonRule.Match.Contains("new"), new JsonRule.Match.Count(1),
                new JsonRule.Match.AtLeast(new BigDecimal("1.5")), new JsonRule.Match.AtMost(BigDecimal.TEN),
                new JsonRule.Match.Equals(null), new JsonRule.Match.Exists(false),
                new JsonRule.Match.Matches("^[a-z]+$"),
                new JsonRule.Match.Equals(Map.of("a", List.of(BigDecimal.ONE, new BigDecimal("2.50"), true), "b c",
                        "shop")));
        assertThat(ready.expect().json().get(1).place().line()).isEqualTo(37);
    }

    @Test
    void a_body_is_sent_as_json_with_variables_and_secrets_filled_in() {
        Request request = test.checks().get(1).request();

        assertThat(request.target()).isEqualTo("/api/cart?dry=1&a=%20");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        assertThat(request.body()).isEqualTo(
                "{\"sku\":\"A-1\",\"quantity\":2,\"note\":\"for d-AB12CD34E\",\"key\":\"key-0815\"}");
    }

    @Test
    void a_scenario_keeps_the_names_of_values_that_are_saved_on_the_way() {
        ScenarioRule order = test.scenarios().get(0);

        assertThat(order.enforced()).isFalse();
        assertThat(order.steps().get(0).save()).isEqualTo(Map.of("cart", "$.id", "owner", "$.owner.name"));
        assertThat(order.steps().get(0).request().body()).isEqualTo("plain text");
        assertThat(order.steps().get(0).request().headers()).containsEntry("authorization", "Bearer " + Files.TOKEN)
                .doesNotContainKey("content-type");
        assertThat(order.steps().get(1).request().target()).isEqualTo("/api/cart/{{cart}}?by={{owner}}");
        assertThat(order.steps().get(1).request().headers()).containsEntry("x-cart", "{{cart}}");
    }

    @Test
    void secrets_are_kept_in_each_form_in_which_they_are_sent() {
        assertThat(all.secrets()).containsExactlyInAnyOrder(Files.TOKEN, "tok\\\"en-4711", "key-0815");
    }

    @Test
    void an_analysis_says_what_is_sent_and_what_is_judged() {
        AnalysisRule rule = before.analyses().get(0);

        assertThat(rule.traffic().requests()).extracting(Request::line).containsExactly("GET /api/products", "HEAD /",
                "GET /search?q=1.2.3");
        assertThat(rule.traffic().requests().get(0).headers()).containsEntry("accept", "*/*").containsEntry("host",
                "shop.example.test");
        assertThat(rule.traffic().requests().get(0).timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rule.traffic().perSecond()).isEqualTo(25);
        assertThat(rule.traffic().duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rule.traffic().warmUp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rule.minSamples()).isEqualTo(700);
        assertThat(rule.thresholds()).extracting(AnalysisRule.Threshold::metric).containsExactly(Metric.ERROR_RATE,
                Metric.LATENCY_P50, Metric.LATENCY_P95);
        assertThat(rule.thresholds()).extracting(AnalysisRule.Threshold::warn).containsExactly(0.005, null, 300.0);
        assertThat(rule.thresholds()).extracting(AnalysisRule.Threshold::max).containsExactly(0.01, 1000.0, 400.0);
        assertThat(rule.whenInconclusive()).isEqualTo(Result.FAIL);
        Baseline baseline = Files.there(rule.baseline());
        assertThat(baseline.confidence()).isEqualTo(0.98);
        assertThat(baseline.learn()).isEqualTo(40);
        assertThat(baseline.headers()).isEqualTo(Set.of("content-type", "cache-control"));
        assertThat(baseline.ignore()).isEqualTo(Set.of("$.generatedAt"));
        assertThat(baseline.bodies()).isFalse();
        assertThat(List.of(baseline.places().status(), baseline.places().headers(), baseline.places().bodies()))
                .extracting(Place::line).containsExactly(77, 78, 79);
        assertThat(baseline.increases()).extracting(AnalysisRule.Increase::metric).containsExactly(Metric.ERROR_RATE,
                Metric.LATENCY, Metric.LATENCY_P99);
        assertThat(baseline.increases()).extracting(AnalysisRule.Increase::max).containsExactly(0.005, 0.15, 0.3);
        assertThat(baseline.increases()).extracting(AnalysisRule.Increase::ignoreBelow).containsExactly(0.0, 8.0, 15.0);
        assertThat(before.analyses().get(1).traffic().perSecond()).isEqualTo(1.5);
        assertThat(before.analyses().get(1).minSamples()).isEqualTo(180);
    }

    @Test
    void what_is_left_out_has_a_default() {
        CheckRule ready = Files.hook(Files.usable(Files.good("least.yaml")), HookEvent.AFTER_ALLOW_TEST_TRAFFIC)
                .checks().get(0);

        assertThat(ready.enforced()).isTrue();
        assertThat(ready.retry()).isEqualTo(Retry.NONE);
        assertThat(ready.request().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ready.expect().status()).isEqualTo(ExpectedStatus.parse("200-399"));
        assertThat(ready.expect().latency()).isNull();
    }

    @Test
    void a_comparison_is_whole_unless_a_part_of_it_is_switched_off() {
        List<AnalysisRule> rules = Files.hook(Files.usable(Files.good("baseline.yaml")), HookEvent.BEFORE_ALLOW_TRAFFIC)
                .analyses();
        Baseline whole = Files.there(rules.get(0).baseline());
        Baseline nothing = Files.there(rules.get(1).baseline());

        assertThat(whole.confidence()).isEqualTo(0.99);
        assertThat(whole.learn()).isEqualTo(100);
        assertThat(whole.status() && whole.bodies()).isTrue();
        assertThat(whole.headers()).containsExactly("content-type");
        assertThat(whole.increases()).extracting(AnalysisRule.Increase::max).containsExactly(0.0, 0.1);
        assertThat(whole.increases()).extracting(AnalysisRule.Increase::ignoreBelow).containsExactly(0.0, 5.0);
        assertThat(rules.get(0).minSamples()).isEqualTo(500);
        assertThat(nothing.status() || nothing.bodies()).isFalse();
        assertThat(nothing.increases()).isEmpty();
        assertThat(nothing.headers()).isEmpty();
        assertThat(rules.get(1).minSamples()).isEqualTo(100);
        assertThat(rules.get(1).whenInconclusive()).isEqualTo(Result.PASS);
    }

    @Test
    void requests_can_be_drawn_from_an_access_log() {
        String log = """
                http 2026-03-04T05:06:07.1Z app/shop/1 1.2.3.4:5 10.0.0.1:80 0 0 0 200 200 1 1 "GET http://shop:80/a?b=1 HTTP/1.1" "x" - -
                http 2026-03-04T05:06:07.2Z app/shop/1 1.2.3.4:5 10.0.0.1:80 0 0 0 200 200 1 1 "POST http://shop:80/c HTTP/1.1" "x" - -
                """;
        String text = """
                version: 1
                hooks: { BeforeAllowTraffic: { analyses: [logged] } }
                analyses: { logged: { traffic: { access_log: "s3://logs/shop.log.gz", sample: 10 }, baseline: {} } }
                """;

        assertThat(Files.readWithLog(text, log)).isInstanceOfSatisfying(Reading.Usable.class,
                usable -> assertThat(Files.hook(usable.rules(), HookEvent.BEFORE_ALLOW_TRAFFIC).analyses().get(0)
                        .traffic().requests()).extracting(Request::line).containsExactly("GET /a?b=1"));
        assertThat(Files.sentences(Files.readWithLog(text, "rubbish"))).singleElement().asString()
                .startsWith("3:46 The access log has no request that can be sent: 0 requests drawn from 1 lines");
        assertThat(Files.sentences(Files.read(text))).singleElement().asString()
                .isEqualTo(
                        "3:46 The access log cannot be read: s3://logs/shop.log.gz is a place on AWS; here only file:"
                                + " is read.");
    }

    @Test
    void each_secret_is_asked_for_once() {
        List<String> asked = new java.util.ArrayList<>();
        new RulesReader(new io.greenlane.validation.rules.Variables(Map.of(), name -> {
            asked.add(name);
            return "value";
        }), new FileDocuments(), 1).read("validation.yaml", null, """
                version: 1
                hooks: { AfterAllowTestTraffic: { checks: [a, b] } }
                checks:
                  a: { request: GET /, headers: { x-a: "{{secret:/s/one}}", x-b: "{{secret:/s/one}}" } }
                  b: { request: POST /, body: "{{secret:/s/one}}" }
                """);

        assertThat(asked).containsExactly("/s/one");
    }
}
