package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicFunctionsTest {
    private static final String INPUT = """
            {"name": "web", "count": 3, "list": [3, 1, 3, {"a": 1}], "left": {"a": 1, "b": {"x": 1}}, "right": {"b": {"y": 2}},
             "json": "{\\"k\\": [1, null]}", "long one": "deep", "nested": [{"id": "x"}, {"id": "y"}]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            States.Array('a', 1, true, null, $.name)               | ["a",1,true,null,"web"]
            States.Array()                                         | []
            States.ArrayPartition($.list, 3)                       | [[3,1,3],[{"a":1}]]
            States.ArrayContains($.list, 1)                        | true
            States.ArrayContains($.list, 1.0)                      | true
            States.ArrayContains($.list, '1')                      | false
            States.ArrayRange(1, 9, 3)                             | [1,4,7]
            States.ArrayRange(5, 1, -2)                            | [5,3,1]
            States.ArrayRange(0.6, 3.4, 1)                         | [1,2,3]
            States.ArrayGetItem($.list, 3)                         | {"a":1}
            States.ArrayLength($.list)                             | 4
            States.ArrayUnique($.list)                             | [3,1,{"a":1}]
            States.Base64Encode('grün')                            | "Z3LDvG4="
            States.Base64Decode('Z3LDvG4=')                        | "grün"
            States.Hash('greenlane', 'SHA-1')                      | "e5cdfaa270879294fc8023302af74ed28ba4ab24"
            States.JsonMerge($.left, $.right, false)               | {"a":1,"b":{"y":2}}
            States.StringToJson($.json)                            | {"k":[1,null]}
            States.JsonToString($.right)                           | "{\\"b\\":{\\"y\\":2}}"
            States.MathAdd(2.5, -4.5)                              | -1
            States.StringSplit('a.b-c', '.-')                      | ["a","b","c"]
            States.StringSplit('abc', '')                          | ["abc"]
            States.Format('{} has {}', $.name, $.count)            | "web has 3"
            States.Format('it\\'s \\{{}\\}', States.ArrayLength($.list)) | "it's {4}"
            States.Format('no placeholder')                        | "no placeholder"
            States.Format('{}', $['long one'])                     | "deep"
            States.Array($.nested[?(@.id == 'y')].id, 'z')         | [["y"],"z"]
            States.Format('{}', $$.Execution.Name)                 | "run"
            States.Format('{}', $color)                            | "green"
            """)
    void a_call_gives(String call, String expected) {
        assertThat(JsonText.write(evaluate(call))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            States.ArrayPartition($.list, 0)        | the chunk size must be a positive integer, got 0
            States.ArrayRange(1, 9, 0)              | the step must not be 0
            States.ArrayRange(1, 1002, 1)           | an array may have up to 1000 elements
            States.ArrayGetItem($.list, 4)          | the index 4 is outside of the array of 4 elements
            States.ArrayLength($.name)              | argument 1 must be an array, got "web"
            States.ArrayLength($.list, 2)           | 1 arguments expected, got 2
            States.JsonMerge($.left, $.right, true) | only the shallow merge, with false as third argument, is supported
            States.StringToJson('{')                | the text is not valid JSON: '{'
            States.Hash('a', 'CRC')                 | the algorithm must be one of [MD5, SHA-1, SHA-256, SHA-384, SHA-512], got 'CRC'
            States.Format('{} {}', 1)               | there are more placeholders {} than arguments
            States.Format('{}', 1, 2)               | the template has 1 placeholders {} for 2 arguments
            States.Format('{}', $.list)             | an array or object cannot be formatted: [3,1,3,{"a":1}]
            States.MathRandom(3, 3)                 | the start 3 must be less than the end 3
            """)
    void a_wrong_argument_is_an_intrinsic_failure_that_says_which(String call, String why) {
        assertThatThrownBy(() -> evaluate(call)).isInstanceOfSatisfying(StatesFault.class, fault -> {
            assertThat(fault.error()).isEqualTo("States.IntrinsicFailure");
            assertThat(fault.text()).isEqualTo("The function '" + call + "' had the following error: " + why);
        });
    }

    @Test
    void a_path_without_a_match_ends_the_execution() {
        assertThatThrownBy(() -> evaluate("States.Format('{}', $.absent)")).hasMessageStartingWith(
                "States.Runtime: The JsonPath argument for the field '$.absent' could not be found in the input");
    }

    @Test
    void random_numbers_lie_between_start_and_end_and_repeat_with_a_seed() {
        for (int i = 0; i < 50; i++) {
            assertThat(evaluate("States.MathRandom(2, 5)").asInt()).isBetween(2, 4);
        }
        assertThat(evaluate("States.MathRandom(0, 1000000, 42)"))
                .isEqualTo(evaluate("States.MathRandom(0, 1000000, 42)"));
    }

    @Test
    void a_uuid_comes_from_the_source_of_randomness() {
        assertThat(evaluate("States.UUID()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isEqualTo(evaluate("States.UUID()").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"States.Nothing()", "States.Format('a'", "States.Format('a)", "States.Format(a)",
            "States.Format('a') b", "States.Array(1 2)", "States.Array($.a[)"})
    void text_that_is_no_call_is_refused_before_anything_runs(String text) {
        assertThatThrownBy(() -> Intrinsic.check(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The intrinsic function '" + text + "' is not valid: ");
    }

    private static JsonNode evaluate(String call) {
        try {
            ObjectNode context = JsonNodeFactory.instance.objectNode();
            context.putObject("Execution").put("Name", "run");
            Variables variables = Variables.ofMachine();
            variables.assign(Map.of("color", JsonNodeFactory.instance.textNode("green")));
            return Intrinsic.evaluate(call, new Scope(JsonText.parse(INPUT), context, variables), new Random(1));
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }
}
