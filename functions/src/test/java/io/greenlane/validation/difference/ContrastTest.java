package io.greenlane.validation.difference;

import static io.greenlane.validation.difference.Kind.ADDED;
import static io.greenlane.validation.difference.Kind.COUNT;
import static io.greenlane.validation.difference.Kind.HEADER;
import static io.greenlane.validation.difference.Kind.MISSING;
import static io.greenlane.validation.difference.Kind.ORDER;
import static io.greenlane.validation.difference.Kind.STATUS;
import static io.greenlane.validation.difference.Kind.TYPE;
import static io.greenlane.validation.difference.Kind.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.json.Json;
import io.greenlane.probe.Answer.Response;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Places;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastTest {
    @Test
    void equal_values_do_not_differ_however_they_are_written() {
        assertThat(between("{\"a\": 1.0, \"b\": [true, null]}", "{\"b\":[true,null],\"a\":1}")).isEmpty();
    }

    @Test
    void a_missing_member_is_told_once_and_without_what_it_had_in_it() {
        assertThat(between("""
                {"products": [{"id": "A", "price": {"amount": "1.00"}}, {"id": "B", "price": {"amount": "2.00"}}]}""",
                """
                        {"products": [{"id": "A"}, {"id": "B"}]}"""))
                .containsExactly(new Contrast(MISSING, "$.products[*].price", "an object", "nothing"));
    }

    @Test
    void a_member_that_some_elements_lack_is_missing_too() {
        assertThat(between("[{\"id\": 1, \"n\": 7}, {\"id\": 2, \"n\": 7}]", "[{\"id\": 1, \"n\": 7}, {\"id\": 2}]"))
                .containsExactly(new Contrast(MISSING, "$[*].n", "'7'", "'7' in 1 of 2"));
    }

    @Test
    void a_member_that_only_green_has_is_added() {
        assertThat(between("{\"a\": 1}", "{\"a\": 1, \"b\": {\"c\": 2}}"))
                .containsExactly(new Contrast(ADDED, "$.b", "nothing", "an object"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["x"] | null  | a list        | null
            {}    | null  | an object     | null
            1     | "1"   | a number      | text
            true  | null  | true or false | null
            []    | {}    | a list        | an object
            """)
    void another_type_is_told_and_nothing_else_there(String blue, String green, String one, String other) {
        assertThat(between("{\"it\": " + blue + "}", "{\"it\": " + green + "}"))
                .containsExactly(new Contrast(TYPE, "$.it", one, other));
    }

    @Test
    void null_for_the_list_of_one_of_many_is_found() {
        assertThat(between("[{\"tags\": [\"a\"]}, {\"tags\": [\"b\"]}]", "[{\"tags\": [\"a\"]}, {\"tags\": null}]"))
                .containsExactly(new Contrast(TYPE, "$[*].tags", "a list", "a list or null"));
    }

    @Test
    void a_shorter_list_is_a_count_and_its_elements_are_not_told_beside_it() {
        assertThat(between("{\"ids\": [\"a\", \"b\", \"c\"]}", "{\"ids\": [\"c\", \"a\"]}"))
                .containsExactly(new Contrast(COUNT, "$.ids", "3 elements", "2 elements"));
    }

    @Test
    void a_changed_value_is_told_with_both() {
        assertThat(between("[{\"s\": \"IN_STOCK\"}, {\"s\": \"LOW\"}]", "[{\"s\": \"LOW\"}, {\"s\": \"AVAILABLE\"}]"))
                .containsExactly(new Contrast(VALUE, "$[*].s", "'IN_STOCK'", "'AVAILABLE'"));
    }

    @Test
    void numbers_are_told_as_people_write_them() {
        assertThat(between("[10]", "[2e1]")).containsExactly(new Contrast(VALUE, "$[*]", "'10'", "'20'"));
        assertThat(between("[10]", "[1e1]")).isEmpty();
    }

    @Test
    void another_order_is_told_from_another_content() {
        assertThat(between("{\"p\": [{\"id\": 1, \"t\": [\"a\", \"b\"]}, {\"id\": 2, \"t\": [\"c\"]}]}",
                "{\"p\": [{\"id\": 2, \"t\": [\"c\"]}, {\"id\": 1, \"t\": [\"a\", \"b\"]}]}"))
                .as("at the outer list alone").containsExactly(new Contrast(ORDER, "$.p", "'1, 2'", "'2, 1'"));
        assertThat(between("{\"p\": [{\"id\": 1, \"t\": [\"a\", \"b\"]}]}",
                "{\"p\": [{\"id\": 1, \"t\": [\"b\", \"a\"]}]}"))
                .containsExactly(new Contrast(ORDER, "$.p[*].t", "'a, b'", "'b, a'"));
    }

    @Test
    void members_in_another_order_are_the_same() {
        assertThat(between("{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}")).isEmpty();
    }

    @Test
    void names_that_are_data_make_no_paths_of_their_own() {
        assertThat(between("{\"A-1\": {\"n\": 1}, \"A-2\": {\"n\": 2}}", "{\"A-1\": {\"n\": 1}, \"B-9\": {}}"))
                .containsExactly(new Contrast(MISSING, "$.*.n", "'1'", "'1' in 1 of 2"));
        assertThat(between("{\"m\": {\"7f\": 1, \"8a\": 1}}", "{\"m\": {\"9c\": 1}}"))
                .containsExactly(new Contrast(COUNT, "$.m", "2 elements", "1 element"));
        assertThat(between("{\"m\": {\"7f\": 1}}", "{\"m\": {}}"))
                .containsExactly(new Contrast(COUNT, "$.m", "1 element", "0 elements"));
    }

    @Test
    void an_object_of_very_many_names_is_a_map() {
        assertThat(Shape.of(IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "n" + "x".repeat(i), i -> i)))
                .spots().keySet()).containsExactly("$", "$.*");
    }

    @Test
    void paths_are_bounded_and_what_was_left_out_is_not_called_missing() {
        String many = "{" + IntStream.range(0, 50).mapToObj(i -> "\"" + word(i) + "\":{" + IntStream.range(0, 50)
                .mapToObj(j -> "\"" + word(j) + "\":1").collect(Collectors.joining(",")) + "}")
                .collect(Collectors.joining(",")) + "}";
        Shape shape = Shape.of(Json.value(many));

        assertThat(shape.spots()).hasSize(Shape.MOST_PATHS);
        assertThat(shape.whole()).isFalse();
        assertThat(Contrast.between(shape, Shape.of(Json.value("{\"aa\": {\"aa\": 1}}"))))
                .extracting(Contrast::kind).containsOnly(MISSING);
        assertThat(Contrast.between(Shape.of(Json.value("{\"zz\": 1}")), shape))
                .extracting(Contrast::kind).containsOnly(ADDED);
    }

    private static String word(int i) {
        return "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
    }

    @Test
    void nesting_is_bounded() {
        Shape deep = Shape.of(Json.value("[".repeat(500) + "]".repeat(500)));

        assertThat(deep.spots().size()).isLessThan(30);
        assertThat(deep.whole()).isFalse();
    }

    @Test
    void strange_names_and_huge_numbers_are_only_data() {
        assertThat(between("{\"a.b\\u202e\": 1}", "{\"a.b\\u202e\": 1e999999999}"))
                .containsExactly(new Contrast(VALUE, "$['a.b<U+202E>']", "'1'", "'1E+999999999'"));
    }

    @Test
    void ignored_paths_are_left_out_wherever_they_point() {
        Set<String> ignore = Set.of("$.generatedAt", "$..stock", "$.list[0]");
        Content blue = read("{\"generatedAt\": 1, \"p\": [{\"stock\": 1}], \"list\": [1, 2]}", ignore);
        Content green = read("{\"p\": [{\"stock\": \"none\"}], \"list\": [9, 2]}", ignore);

        assertThat(Contrast.ofBodies(blue, green)).isEmpty();
        assertThat(Contrast.ofBodies(read("{}", Set.of("$")), read("[1]", Set.of("$")))).isEmpty();
    }

    @Test
    void what_a_page_says_is_not_compared_but_that_there_is_one() {
        assertThat(Contrast.ofBodies(read("<h1>v1</h1>"), read("<h1>v2</h1>"))).isEmpty();
        assertThat(Contrast.ofBodies(read("<h1>v1</h1>"), read(""))).containsExactly(
                new Contrast(MISSING, "$", "text that is no JSON", "nothing"));
        assertThat(Contrast.ofBodies(read("{}"), read("<h1>Error</h1>"))).containsExactly(
                new Contrast(TYPE, "$", "an object", "text that is no JSON"));
        assertThat(Contrast.ofBodies(read(""), read("{}"))).extracting(Contrast::kind).containsExactly(ADDED);
        assertThat(Contrast.ofBodies(read(""), read(" "))).isEmpty();
    }

    @Test
    void status_and_chosen_headers_are_compared() {
        Content blue = read(new Response(200, Map.of("content-type", List.of("application/json"), "date",
                List.of("now")), "{}", false, Duration.ZERO), Set.of());
        Content green = read(new Response(202, Map.of("date", List.of("then")), "{}", false, Duration.ZERO), Set.of());

        assertThat(Contrast.ofStatus(blue, green)).containsExactly(new Contrast(STATUS, "status", "200", "202"));
        assertThat(Contrast.ofHeaders(blue, green))
                .containsExactly(new Contrast(HEADER, "content-type", "'application/json'", "nothing"));
    }

    private static List<Contrast> between(String blue, String green) {
        return Contrast.ofBodies(read(blue), read(green));
    }

    private static Content read(String body) {
        return read(body, Set.of());
    }

    private static Content read(String body, Set<String> ignore) {
        return read(new Response(200, Map.of(), body, false, Duration.ZERO), ignore);
    }

    private static Content read(Response response, Set<String> ignore) {
        Place place = new Place("validation.yaml", 1, 1);
        return Objects
                .requireNonNull(new ContentReader(new Baseline(place, 0.99, 100, List.of(), Set.of("content-type"),
                        true, true, ignore, new Places(place, place, place))).read(response));
    }
}
