package io.greenlane.validation.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.probe.Answer.Response;
import io.greenlane.probe.Request;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.difference.Difference;
import io.greenlane.validation.difference.Kind;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Places;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {
    private final Lab lab = new Lab();

    ContentsTest() {
        lab.thresholds = List.of();
        lab.baseline = Lab.baseline();
        lab.traffic = traffic(List.of(Lab.PRODUCTS, Lab.request("/api/products/A-1"), Lab.request("/api/cart/7"),
                Lab.request("/health")));
        lab.blue = (request, at) -> shop(request);
        lab.green = (request, at) -> shop(request);
    }

    /** The defaults: 10 a second for 60 seconds. */
    private static Traffic traffic(List<Request> requests) {
        return new Traffic(Lab.place(40), requests, 10, Duration.ofSeconds(60), Duration.ZERO);
    }

    /** An answer with the noise of a real service: ids, time, order, stock, a discount now and then, a notice seldom. */
    private Response shop(Request request) {
        String head = "{\"requestId\":\"" + Long.toHexString(lab.random.nextLong()) + "\",\"at\":\""
                + lab.random.nextInt()
                + "\",";
        return json(200, head + switch (request.target()) {
            case "/api/products" -> "\"products\":[" + shuffled("A-1", "B-2", "C-3") + "]}";
            case "/health" -> "\"status\":\"UP\"}";
            default -> "\"product\":" + product("A-1") + "}";
        });
    }

    private String shuffled(String... ids) {
        List<String> all = new ArrayList<>(List.of(ids));
        Collections.shuffle(all, lab.random);
        return String.join(",", all.stream().map(this::product).toList());
    }

    private String product(String id) {
        return "{\"id\":\"" + id
                + "\",\"price\":{\"amount\":\"1.00\"},\"state\":\"IN_STOCK\",\"tags\":[\"new\"],\"stock\":"
                + lab.random.nextInt(40) + (lab.random.nextInt(10) < 3 ? ",\"discount\":{\"percent\":5}" : "")
                + (lab.random.nextInt(100) < 1 ? ",\"notice\":\"seen by others\"" : "") + "}";
    }

    private static Response json(int status, String body) {
        return new Response(status, Map.of("content-type", List.of("application/json")), body, false,
                Duration.ofMillis(40));
    }

    private static Response changed(Response response, UnaryOperator<String> change) {
        return new Response(response.status(), response.headers(), change.apply(response.body()), false,
                response.took());
    }

    private void greenOf(String target, UnaryOperator<String> change) {
        lab.green = (request, at) -> request.target().equals(target)
                ? changed(shop(request), change)
                : shop(request);
    }

    private Finding bodies() {
        return lab.finding("baseline.bodies");
    }

    @Test
    void identical_versions_agree_whatever_noise_they_make() {
        List<Finding> findings = lab.judge(lab.gather());

        assertThat(findings).extracting(Finding::rule).containsExactly("analyses.side-by-side.baseline.status",
                "analyses.side-by-side.baseline.headers", "analyses.side-by-side.baseline.bodies");
        assertThat(findings).extracting(Finding::result).containsOnly(Result.PASS);
        assertThat(findings.get(0).sentence())
                .isEqualTo("Statuses agree in 600 pairs of answers (validation.yaml line 54).");
        assertThat(findings.get(2).sentence()).startsWith("Bodies agree in 600 pairs of answers, but for what differs"
                + " between answers of blue too ($").endsWith(" more) (validation.yaml line 56).");
        assertThat(findings.get(2).samples()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"price":{"amount":"1.00"},' | ''                | leaves out $.products[*].price
            '["new"]'                    | 'null'            | has null instead of a list at $.products[*].tags
            'IN_STOCK'                   | 'AVAILABLE'       | has 'AVAILABLE' instead of 'IN_STOCK' at $.products[*].state
            '"1.00"'                     | '1.00'            | has a number instead of text at $.products[*].price.amount
            '["new"]'                    | '["new","new"]'   | has 2 elements instead of 1 element at $.products[*].tags
            """)
    void a_fault_of_one_request_is_found_in_the_noise(String from, String to, String told) {
        greenOf("/api/products", body -> body.replace(from, to));
        Finding finding = bodies();

        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence()).matches(Pattern.quote("GET /api/products: green " + told)
                + ", in (4\\d|50) of \\1 answers; blue against blue never did \\(validation.yaml line 56\\); confidence 99 %\\.");
        assertThat(finding.place().line()).isEqualTo(56);
        assertThat(finding.confidence()).isEqualTo(0.99);
    }

    @Test
    void a_list_that_blue_keeps_in_order_and_green_does_not_is_found() {
        lab.blue = (request, at) -> json(200, "{\"ids\":[1,2,3]}");
        lab.green = (request, at) -> json(200, "{\"ids\":[3,2,1]}");

        assertThat(bodies().sentence()).startsWith("GET /api/products/A-1 and 3 other requests: green has another order"
                + " at $.ids ('3, 2, 1' instead of '1, 2, 3'), in ");
    }

    @Test
    void a_wrong_status_of_one_product_is_found() {
        lab.green = (request, at) -> {
            Response answer = shop(request);
            return request.target().equals("/api/products/A-1") ? json(202, answer.body()) : answer;
        };
        List<Finding> findings = lab.judge(lab.gather());

        assertThat(findings).extracting(Finding::result).as("status, headers, bodies").containsExactly(Result.FAIL,
                Result.INCONCLUSIVE, Result.INCONCLUSIVE);
        assertThat(findings.get(0).sentence())
                .startsWith("GET /api/products/A-1: green answers 202 instead of 200, in 48"
                        + " of 48 answers; blue against blue never did (validation.yaml line 54)");
        assertThat(findings.get(2).sentence()).contains("ended after 200 of 600 requests: green was clearly worse");
    }

    @Test
    void a_changed_header_is_found() {
        lab.green = (request, at) -> new Response(200, Map.of("content-type", List.of("text/plain")),
                shop(request).body(), false, Duration.ofMillis(40));

        assertThat(lab.finding("baseline.headers").sentence())
                .startsWith("GET /api/products/A-1 and 3 other"
                        + " requests: green has content-type 'text/plain' instead of 'application/json', in 4");
    }

    @Test
    void what_only_green_has_is_told_and_no_failure() {
        greenOf("/health", body -> body.replace("\"status\"", "\"region\":\"x\",\"status\""));
        Finding finding = bodies();

        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.sentence()).contains("told only: GET /health: green adds $.region, in 150 of 150 answers");
    }

    @Test
    void a_field_that_is_there_less_often_is_found() {
        greenOf("/api/products/A-1", body -> body.replace(",\"discount\":{\"percent\":5}", ""));

        assertThat(bodies().sentence()).startsWith("GET /api/products/A-1: green leaves out $.product.discount, in ");
    }

    @Test
    void the_worst_three_are_named_and_the_others_counted() {
        greenOf("/api/products", body -> "{\"requestId\":1,\"products\":[{\"id\":null,\"tags\":[\"old\",\"news\"]}]}");

        assertThat(bodies().sentence()).startsWith("GET /api/products: green leaves out $.at, ").contains(
                "; and 7 more (validation.yaml line 56)").contains("price");
    }

    @Test
    void answers_that_are_errors_belong_to_the_error_rate() {
        lab.green = (request, at) -> request.target().equals("/health") ? Lab.status(503, 3) : shop(request);
        List<Finding> findings = lab.judge(lab.gather());

        assertThat(findings).extracting(Finding::result).containsOnly(Result.PASS);
        assertThat(findings).extracting(Finding::samples).containsOnly(450);
    }

    @Test
    void bodies_that_were_cut_are_not_compared_and_told() {
        lab.green = (request, at) -> {
            Response whole = shop(request);
            return request.target().equals("/health")
                    ? new Response(200, whole.headers(), "{\"cut", true, whole.took())
                    : whole;
        };
        Finding finding = bodies();

        assertThat(finding.result()).isEqualTo(Result.PASS);
        assertThat(finding.samples()).isEqualTo(450);
        assertThat(finding.sentence()).contains("150 pairs had a body longer than is kept, and were not compared");
    }

    @Test
    void what_was_hardly_compared_at_all_is_inconclusive() {
        lab.green = (request, at) -> new Response(200, shop(request).headers(), "{", true, Duration.ofMillis(5));
        Finding finding = bodies();

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.sentence()).contains("inconclusive, since only 0 pairs of answers could be compared");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void rare_noise_that_was_not_learnt_is_no_failure(int seed) {
        Random rare = new Random(seed);
        lab.blue = (request, at) -> at.toSeconds() > 20 && rare.nextInt(100) < 1 ? json(200, "{}") : json(200, "[1]");
        lab.green = lab.blue;

        assertThat(bodies().result()).isEqualTo(Result.PASS);
    }

    @Test
    void paths_that_the_rule_ignores_are_not_compared() {
        lab.baseline = new Baseline(Lab.place(50), 0.99, 100, List.of(), Set.of(), false, true,
                Set.of("$..state", "$.product.tags"), new Places(Lab.place(54), Lab.place(55), Lab.place(56)));
        greenOf("/api/products/A-1", body -> body.replace("IN_STOCK", "AVAILABLE").replace("[\"new\"]", "null"));

        assertThat(lab.judge(lab.gather())).singleElement().extracting(Finding::result).isEqualTo(Result.PASS);
    }

    @Test
    void differences_are_there_for_reports_with_what_they_rest_on() {
        greenOf("/health", body -> body.replace("UP", "UP AND RUNNING"));
        List<Difference> differences = lab.gather().differences();

        assertThat(differences.get(0)).isEqualTo(new Difference("GET /health", Kind.VALUE, "$.status", 48, 48,
                differences.get(0).noisePairs(), 0, "'UP'", "'UP AND RUNNING'", true));
        assertThat(differences.get(0).noisePairs()).as("25 learnt, and blue one after the other").isBetween(95, 105);
        assertThat(differences.stream().skip(1)).noneMatch(Difference::significant).anySatisfy(
                one -> assertThat(one.path()).isEqualTo("$.requestId"));
    }

    @Test
    void evidence_survives_its_way_through_json() {
        greenOf("/health", body -> body.replace("UP", "UP AND RUNNING"));
        Evidence evidence = lab.gather();
        Evidence read = Evidence.from(JsonObject.of("evidence", Json.object(Json.text(evidence.members()))));

        assertThat(read.differences()).isEqualTo(evidence.differences());
        assertThat(read.members()).isEqualTo(evidence.members());
        assertThat(lab.judge(read)).isEqualTo(lab.judge(evidence));
    }

    @Test
    void evidence_is_bounded_whatever_is_answered() {
        lab.traffic = traffic(IntStream.range(0, 100).mapToObj(i -> Lab.request("/" + i)).toList());
        lab.blue = (request, at) -> json(200, "{\"" + "x".repeat(300) + "\":{" + String.join(",",
                IntStream.range(0, 40).mapToObj(i -> "\"" + words() + "\":1").toList()) + "}}");
        lab.green = lab.blue;
        Evidence evidence = lab.gather();

        assertThat(Json.text(evidence.members()).length()).isLessThan(2_000_000);
        assertThat(lab.judge(evidence).get(2).sentence()).contains("since it has too many paths");
    }

    private String words() {
        StringBuilder word = new StringBuilder();
        lab.random.ints(12, 'a', 'z').forEach(letter -> word.append((char) letter));
        return word.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 40, 75, 200, 600})
    void a_fault_of_one_request_of_many_is_found_however_few_pairs_it_has(int requests) {
        lab.traffic = traffic(IntStream.range(0, requests).mapToObj(i -> Lab.request("/api/items/" + i)).toList());
        lab.green = (request, at) -> request.target().equals("/api/items/7")
                ? changed(shop(request), body -> body.replace("[\"new\"]", "null"))
                : shop(request);
        Finding finding = bodies();

        assertThat(finding.result()).as(finding.sentence()).isEqualTo(Result.FAIL);
        assertThat(finding.sentence())
                .startsWith("GET /api/items/7: green has null instead of a list at $.product.tags,"
                        + " in ")
                .contains("; blue against blue never did (");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void many_requests_with_few_pairs_each_are_no_false_alarm(int seed) {
        lab.random.setSeed(seed);
        lab.traffic = traffic(IntStream.range(0, 250).mapToObj(i -> Lab.request("/api/items/" + i)).toList());

        assertThat(lab.judge(lab.gather())).extracting(Finding::result).containsOnly(Result.PASS);
    }

    @Test
    void noise_of_one_request_alone_is_told_from_a_fault_by_asking_again() {
        lab.traffic = traffic(IntStream.range(0, 200).mapToObj(i -> Lab.request("/api/items/" + i)).toList());
        lab.blue = (request, at) -> json(200, load(request, at, 1));
        lab.green = (request, at) -> json(200, load(request, at, 2));
        Evidence evidence = lab.gather();
        Difference load = evidence.differences().get(0);

        assertThat(load.request()).isEqualTo("GET /api/items/7");
        assertThat(load.pairs()).as("3 and 12 asked again").isEqualTo(15);
        assertThat(load.significant()).isFalse();
        assertThat(lab.judge(evidence)).extracting(Finding::result).containsOnly(Result.PASS);
        assertThat(evidence.all(Side.GREEN).counted()).as("what is asked again counts for nothing else").isEqualTo(600);
    }

    /** A number of one request that differs by chance in all pairs that count, and is anything afterwards. */
    private String load(Request request, Duration at, int first) {
        int load = at.toSeconds() < 81 ? first : lab.random.nextInt(4);
        return request.target().endsWith("items/7") ? "{\"load\":" + load + "}" : "{}";
    }

    @Test
    void asking_again_that_was_cut_off_goes_on_in_another_call() {
        lab.traffic = traffic(IntStream.range(0, 200).mapToObj(i -> Lab.request("/api/items/" + i)).toList());
        lab.green = (request, at) -> request.target().equals("/api/items/7") ? json(202, "{}") : shop(request);
        Evidence cut = lab.analysis().gather(null, Duration.ofSeconds(60 + 20 + 8));

        assertThat(cut.complete()).isFalse();
        assertThat(lab.judge(cut).get(0).result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(lab.judge(cut).get(0).sentence()).contains("these answers are too few to tell it from noise");
        Evidence read = Evidence.from(JsonObject.of("evidence", Json.object(Json.text(cut.members()))));
        Evidence whole = lab.analysis().gather(read, Duration.ofMinutes(5));

        assertThat(whole.complete()).isTrue();
        assertThat(lab.judge(whole)).extracting(Finding::result).containsExactly(Result.FAIL, Result.PASS, Result.PASS);
        assertThat(whole.differences().get(0).differing()).isEqualTo(15);
    }
}
