package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonataTest {
    private static final String INPUT = """
            {"count": 2, "half": 0.5, "none": null, "one": ["x"], "list": [1, 2, 3, 4, 5], "name": "web", "deep": {"list": [{"id": 1, "on": true}, {"id": 2, "on": false}]}, "json": "{\\"a\\": null}"}""";

    private final LocalStepFunctions aws = new LocalStepFunctions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $states.input.count + 1                                | 3
            $states.input.count * $states.input.half               | 1
            $states.input.count / 4                                | 0.5
            1e3                                                    | 1000
            $states.input.none                                     | null
            $exists($states.input.none)                            | true
            $exists($states.input.absent)                          | false
            $states.input.one                                      | ["x"]
            $states.input.deep.list[on].id                         | 1
            $states.input.deep.list.id                             | [1,2]
            $states.input.deep.list[id > 5]                        | !
            [$states.input.deep.list[id > 5]]                      | []
            {"n": $states.input.none, "u": $states.input.absent}   | {"n":null}
            $merge([$states.input.deep.list[0], {"id": 9}])        | {"id":9,"on":true}
            $map([1, 2], function($v) { $v * 2 })                  | [2,4]
            ($x := 5; $x + 1)                                      | 6
            $string($states.input.deep.list[0])                    | "{\\"id\\":1,\\"on\\":true}"
            $partition($states.input.list, 2)                      | [[1,2],[3,4],[5]]
            $range(1, 7, 3)                                        | [1,4,7]
            $range(3, 1, -1)                                       | [3,2,1]
            $hash("a", "MD5")                                      | "0cc175b9c0f1b6a831c399e269772661"
            $hash("a")                                             | "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
            $parse($states.input.json)                             | {"a":null}
            $random(3) = $random(3)                                | true
            $random() < 1                                          | true
            $length($uuid())                                       | 36
            $now()                                                 | "2030-01-01T00:00:00.000Z"
            $millis()                                              | 1893456000000
            $states.context.State.Name                             | "Only"
            $replace($states.input.name, /e/, "E")                 | "wEb"
            $states.input.name in ["web", "api"]                   | true
            """)
    void an_expression_gives(String expression, String expected) {
        LocalStepFunctions.Ended ended = run(expression);
        if (expected.equals("!")) {
            assertThat(ended.summary()).isEqualTo("FAILED States.QueryEvaluationError");
        } else {
            assertThat(ended.description().output()).as("output of %s, %s", expression, ended.description().cause())
                    .isEqualTo(expected);
        }
    }

    @Test
    void an_undefined_result_names_the_expression_and_the_field() {
        LocalStepFunctions.Ended ended = aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true,
                 "Output": {"list": [1, {"id": "{% $states.input.absent %}"}]}}}}""", "{}");

        assertThat(ended.types()).containsExactly("ExecutionStarted", "PassStateEntered", "EvaluationFailed",
                "ExecutionFailed");
        assertThat(ended.event("EvaluationFailed").evaluationFailedEventDetails().location())
                .isEqualTo("Output/list[1]/id");
        assertThat(ended.description().cause()).isEqualTo(
                "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression"
                        + " '$states.input.absent' specified for the field 'Output/list[1]/id' returned nothing (undefined).");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 + "a"                 | threw an error during evaluation. T2002:
            $error("no such thing") | no such thing
            $parse("{")             | the argument of $parse is not JSON: '{'
            $range(0, 5000, 1)      | a range may have up to 1000 elements
            $partition([1], 0)      | the size of a partition must be a positive integer, got 0
            $sum                    | a function is not JSON
            $eval("1 + 1")          | threw an error during evaluation. T1006:
            """)
    void a_failing_expression_is_a_query_evaluation_error(String expression, String why) {
        LocalStepFunctions.Ended ended = run(expression);

        assertThat(ended.summary()).isEqualTo("FAILED States.QueryEvaluationError");
        assertThat(ended.description().cause()).contains(why);
    }

    @Test
    void an_expression_must_fill_the_whole_text() {
        assertThat(aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true,
                 "Output": [" {% 1 %}", "{% 1 %} ", "{% 1 %}"]}}}""", "{}").description().output())
                .isEqualTo("[\" {% 1 %}\",\"{% 1 %} \",1]");
    }

    @Test
    void a_result_of_the_wrong_type_names_both_types() {
        LocalStepFunctions.Ended ended = aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Only", "States": {"Only": {"Type": "Wait", "End": true,
                 "Seconds": "{% 'soon' %}"}}}""", "{}");

        assertThat(ended.description().cause())
                .endsWith("The JSONata expression ''soon'' specified for the field 'Seconds'"
                        + " returned an unexpected result type. Expected 'number', but was 'string' for value: \"soon\"");
    }

    private LocalStepFunctions.Ended run(String expression) {
        return aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true,
                 "Output": "{%% %s %%}"}}}""".formatted(expression.replace("\\", "\\\\").replace("\"", "\\\"")), INPUT);
    }
}
