package io.greenlane.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Request LIST = Request.get("/api/products");
    private static final Request LAMP = Request.get("/api/products/A-1");

    private final RandomGenerator random = new SplittableRandom(1);

    @Test
    void the_same_moment_and_seed_give_the_same_answer() {
        Answer one = new Version("v1", Behaviour.GOOD).answer(LIST, moment(0, Duration.ZERO, new SplittableRandom(7)));
        Answer two = new Version("v1", Behaviour.GOOD).answer(LIST, moment(0, Duration.ZERO, new SplittableRandom(7)));

        assertThat(one).isEqualTo(two);
    }

    @Test
    void a_product_has_everything_that_can_be_compared() {
        assertThat(answer(Behaviour.GOOD, LAMP).body()).matches(
                """
                        \\{"requestId":"[0-9a-f]{16}","generatedAt":"2026-03-01T12:00:00Z","product":\\{"id":"A-1","name":"Lamp",\
                        "price":\\{"amount":"39.90","currency":"EUR"},"availability":"IN_STOCK",\
                        "tags":\\["\\w+","\\w+","\\w+"],"warehouse":\\{"place":"Leipzig","stock":\\d+}\
                        (,"discount":\\{"percent":\\d+})?(,"notice":"[^"]+")?}}""");
    }

    @Test
    void answers_differ_by_nature_in_ids_order_stock_and_optional_fields() {
        List<String> bodies = answers(Behaviour.GOOD, LAMP, 1_000).stream().map(Answer::body).toList();

        assertThat(found(bodies, "\"requestId\":\"(\\w+)\"").distinct().count()).isEqualTo(1_000);
        assertThat(found(bodies, "\"tags\":(\\[[^]]*])").distinct().count()).isEqualTo(6);
        assertThat(found(bodies, "\"stock\":(\\d+)").distinct().count()).isGreaterThan(20);
        assertThat(found(bodies, "(discount)").count()).isBetween(250L, 350L);
        assertThat(found(bodies, "(notice)").count()).isBetween(5L, 45L);
        assertThat(found(answers(Behaviour.GOOD, LIST, 1_000).stream().map(Answer::body).toList(),
                "\"products\":\\[\\{\"id\":\"([^\"]+)").distinct().count()).isEqualTo(6);
    }

    @Test
    void the_api_takes_its_time_and_the_rest_takes_none() {
        List<Double> millis = answers(Behaviour.GOOD, LIST, 4_000).stream().map(VersionTest::millis).sorted().toList();

        assertThat(millis.get(2_000)).isBetween(39.0, 41.0);
        assertThat(millis.get(3_800)).isBetween(58.0, 63.0);
        assertThat(answer(Behaviour.SLOW, Request.get("/")).delay()).isZero();
        assertThat(answer(Behaviour.GOOD, Request.get("/health")).delay()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PAGE_500", "UNHEALTHY", "SLOW_START"}, mode = EnumSource.Mode.EXCLUDE)
    void page_and_health_do_not_show_what_is_wrong_with_the_api(Behaviour behaviour) {
        assertThat(answer(behaviour, Request.get("/")).status()).isEqualTo(200);
        assertThat(answer(behaviour, Request.get("/health")).status()).isEqualTo(200);
        assertThat(answer(behaviour, Request.get("/version")).status()).isEqualTo(200);
    }

    @Test
    void faults_of_the_content_show_in_each_answer() {
        assertThat(answer(Behaviour.WRONG_STATUS, LAMP).status()).isEqualTo(202);
        assertThat(answer(Behaviour.WRONG_STATUS, LIST).status()).isEqualTo(200);
        assertThat(answer(Behaviour.MISSING_FIELD, LAMP).body()).doesNotContain("price");
        assertThat(answer(Behaviour.NULL_LIST, LAMP).body()).contains("\"tags\":null");
        assertThat(answer(Behaviour.CHANGED_ENUM, LAMP).body()).contains("\"availability\":\"AVAILABLE\"");
        assertThat(answer(Behaviour.CHANGED_HEADER, LAMP).headers()).containsEntry("Content-Type",
                "text/plain; charset=utf-8");
        assertThat(answer(Behaviour.GOOD, LAMP).headers()).containsEntry("Content-Type",
                "application/json; charset=utf-8");
    }

    @Test
    void a_slow_version_takes_a_fifth_longer() {
        double slow = mean(answers(Behaviour.SLOW, LIST, 4_000));
        double good = mean(answers(Behaviour.GOOD, LIST, 4_000));

        assertThat(slow / good).isBetween(1.17, 1.23);
    }

    @Test
    void one_of_a_hundred_answers_is_an_error() {
        assertThat(answers(Behaviour.ERRORS, LIST, 10_000).stream().filter(answer -> answer.status() == 500).count())
                .isBetween(70L, 130L);
    }

    @Test
    void a_slow_start_outlasts_every_patience_and_ends() {
        Version version = new Version("v1", Behaviour.SLOW_START);

        for (String path : List.of("/", "/api/products")) {
            assertThat(version.answer(Request.get(path), moment(0, Duration.ofMinutes(9), random)).status())
                    .isEqualTo(503);
            assertThat(version.answer(Request.get(path), moment(0, Duration.ofMinutes(10), random)).status())
                    .isEqualTo(200);
        }
        assertThat(version.answer(Request.get("/health"), moment(0, Duration.ZERO, random)).status()).isEqualTo(200);
    }

    @Test
    void growing_memory_makes_answers_slower_up_to_a_bound() {
        Version version = new Version("v1", Behaviour.MEMORY_GROWTH);

        assertThat(millis(version.answer(LIST, moment(2_000, Duration.ZERO, new SplittableRandom(3))))).isCloseTo(
                2 * millis(version.answer(LIST, moment(0, Duration.ZERO, new SplittableRandom(3)))),
                within(0.001));
        assertThat(version.answer(LIST, moment(1_000_000, Duration.ZERO, new SplittableRandom(3))).delay())
                .isEqualTo(version.answer(LIST, moment(6_000, Duration.ZERO, new SplittableRandom(3))).delay());
        assertThat(version.answer(LIST, moment(0, Duration.ZERO, random)).keptBytes()).isPositive();
        assertThat(answer(Behaviour.GOOD, LIST).keptBytes()).isZero();

        KeptMemory kept = new KeptMemory();
        for (int i = 0; i < 10_000; i++) {
            kept.keep(4096);
        }
        assertThat(kept.bytes()).isEqualTo(8L * 1024 * 1024);
    }

    @Test
    void a_cart_is_known_to_every_version() {
        Answer created = answer(Behaviour.GOOD,
                new Request("POST", "/api/cart", "{\"product\": \"A-1\", \"quantity\": 2}"));

        assertThat(created.status()).isEqualTo(201);
        String id = found(List.of(created.body()), "\"id\":\"([^\"]+)\"").findFirst().orElseThrow();
        Answer read = answer(Behaviour.SLOW, Request.get("/api/cart/" + id));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).endsWith(
                "\"cart\":{\"id\":\"" + id + "\",\"items\":[{\"product\":\"A-1\",\"quantity\":2}]}}");
    }

    @Test
    void what_is_not_there_is_said_in_json() {
        assertThat(answer(Behaviour.GOOD, Request.get("/api/products/Z-9")).status()).isEqualTo(404);
        assertThat(answer(Behaviour.GOOD, Request.get("/api/cart/12")).status()).isEqualTo(404);
        assertThat(answer(Behaviour.GOOD, new Request("PUT", "/api/products", "")).status()).isEqualTo(404);
        assertThat(answer(Behaviour.GOOD, new Request("POST", "/api/cart", "{\"product\":\"Z-9\"}")).body())
                .contains("\"error\":\"The body names a product, such as {\\\"product\\\": \\\"A-1\\\"");
    }

    private Answer answer(Behaviour behaviour, Request request) {
        return new Version("v1", behaviour).answer(request, moment(0, Duration.ZERO, random));
    }

    private List<Answer> answers(Behaviour behaviour, Request request, int count) {
        Version version = new Version("v1", behaviour);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(version.answer(request, moment(i, Duration.ZERO, random)));
        }
        return answers;
    }

    private static Moment moment(long served, Duration sinceStart, RandomGenerator random) {
        return new Moment(NOON, sinceStart, served, random);
    }

    private static Stream<String> found(List<String> bodies, String pattern) {
        return bodies.stream().map(Pattern.compile(pattern)::matcher).filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    private static double mean(List<Answer> answers) {
        return answers.stream().mapToDouble(VersionTest::millis).average().orElseThrow();
    }

    private static double millis(Answer answer) {
        return answer.delay().toNanos() / 1e6;
    }
}
