package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {
    private static final String INPUT = """
            {"n": 5, "same": 5.0, "more": 6, "s": "pear", "star": "a*b", "t": "2030-01-01T10:00:00Z",
             "t2": "2030-01-01T11:00:00+01:00", "lower": "2030-01-01t10:00:00z", "yes": true, "nil": null, "list": [1]}""";

    private final LocalStepFunctions aws = new LocalStepFunctions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "$.n", "NumericEquals": 5.0                               | true
            "$.n", "NumericEqualsPath": "$.same"                      | true
            "$.n", "NumericLessThan": 5                               | false
            "$.n", "NumericLessThanEquals": 5                         | true
            "$.n", "NumericGreaterThanPath": "$.more"                 | false
            "$.n", "NumericGreaterThanEquals": 4                      | true
            "$.s", "NumericEquals": 5                                 | false
            "$.s", "StringEquals": "pear"                             | true
            "$.s", "StringLessThan": "plum"                           | true
            "$.s", "StringGreaterThanEquals": "pear"                  | true
            "$.s", "StringEqualsPath": "$.star"                       | false
            "$.n", "StringEquals": "5"                                | false
            "$.s", "StringMatches": "p*r"                             | true
            "$.s", "StringMatches": "p*x"                             | false
            "$.s", "StringMatches": "pear*"                           | true
            "$.star", "StringMatches": "a\\\\*b"                      | true
            "$.s", "StringMatches": "p\\\\*r"                         | false
            "$.t", "TimestampEquals": "2030-01-01T10:00:00.000Z"      | true
            "$.t", "TimestampEqualsPath": "$.t2"                      | true
            "$.t", "TimestampLessThan": "2030-01-01T10:00:00.001Z"    | true
            "$.t", "TimestampGreaterThanEqualsPath": "$.t2"           | true
            "$.lower", "TimestampEquals": "2030-01-01T10:00:00Z"      | false
            "$.yes", "BooleanEquals": true                            | true
            "$.nil", "BooleanEquals": false                           | false
            "$.nil", "IsNull": true                                   | true
            "$.n", "IsNull": false                                    | true
            "$.absent", "IsPresent": false                            | true
            "$.nil", "IsPresent": true                                | true
            "$.n", "IsNumeric": true                                  | true
            "$.s", "IsString": true                                   | true
            "$.yes", "IsBoolean": true                                | true
            "$.t", "IsTimestamp": true                                | true
            "$.lower", "IsTimestamp": true                            | false
            "$.list[0]", "NumericEquals": 1                           | true
            "$$.Execution.Input.n", "NumericEquals": 5                | true
            """)
    void a_comparison_holds(String comparison, boolean holds) {
        assertThat(decide("{\"Variable\": " + comparison + ", \"Next\": \"Yes\"}").description().output())
                .isEqualTo(holds ? "\"yes\"" : "\"no\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "And": [{"Variable": "$.n", "NumericEquals": 5}, {"Variable": "$.yes", "BooleanEquals": true}]            | true
            "And": [{"Variable": "$.n", "NumericEquals": 5}, {"Variable": "$.yes", "BooleanEquals": false}]           | false
            "Or": [{"Variable": "$.n", "NumericEquals": 4}, {"Variable": "$.yes", "BooleanEquals": true}]             | true
            "Or": [{"Variable": "$.yes", "BooleanEquals": true}, {"Variable": "$.absent", "BooleanEquals": true}]     | true
            "And": [{"Variable": "$.absent", "IsPresent": true}, {"Variable": "$.absent", "BooleanEquals": true}]     | false
            "Not": {"Variable": "$.n", "NumericEquals": 4}                                                            | true
            "Not": {"And": [{"Not": {"Variable": "$.n", "NumericEquals": 4}}, {"Variable": "$.n", "IsNumeric": true}]} | false
            """)
    void rules_combine(String rule, boolean holds) {
        assertThat(decide("{" + rule + ", \"Next\": \"Yes\"}").description().output())
                .isEqualTo(holds ? "\"yes\"" : "\"no\"");
    }

    @Test
    void a_variable_that_is_not_there_ends_the_execution() {
        LocalStepFunctions.Ended ended = decide("{\"Variable\": \"$.absent\", \"IsString\": true, \"Next\": \"Yes\"}");

        assertThat(ended.summary()).isEqualTo("FAILED States.Runtime");
        assertThat(ended.description().cause()).endsWith(
                "Invalid path '$.absent': The choice state's condition path references an invalid value.");
    }

    @Test
    void without_a_match_and_a_default_the_state_fails() {
        assertThat(aws.run("""
                {"StartAt": "Decide", "States": {
                  "Decide": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "Yes"}]},
                  "Yes": {"Type": "Succeed"}}}""", INPUT).summary()).isEqualTo("FAILED States.NoChoiceMatched");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"n": 9}  | {"out":"first","size":"large","n":9}
            {"n": 3}  | {"out":"second","size":"small","n":3}
            {"n": -1} | {"out":"default","size":"none","n":-1}
            """)
    void in_jsonata_a_rule_has_its_own_output_and_assign(String input, String expected) {
        assertThat(aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Decide", "States": {
                  "Decide": {"Type": "Choice", "Default": "Show", "Output": {"out": "default"}, "Assign": {"size": "none"},
                    "Choices": [
                      {"Condition": "{% $states.input.n > 5 %}", "Next": "Show", "Output": {"out": "first"},
                       "Assign": {"size": "large"}},
                      {"Condition": "{% $states.input.n > 0 %}", "Next": "Show", "Output": {"out": "second"},
                       "Assign": {"size": "small"}}]},
                  "Show": {"Type": "Succeed", "Output": "{% $merge([$states.input, {'size': $size,
                    'n': $states.context.Execution.Input.n}]) %}"}}}""".replaceAll("\\n\\s*'n'", " 'n'"), input)
                .description()
                .output()).isEqualTo(expected);
    }

    @Test
    void in_jsonata_a_condition_must_be_true_or_false() {
        assertThat(aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "Decide", "States": {
                  "Decide": {"Type": "Choice", "Default": "End", "Choices": [{"Condition": "{% 'yes' %}", "Next": "End"}]},
                  "End": {"Type": "Succeed"}}}""", "{}").description().cause()).contains(
                "specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean'");
    }

    private LocalStepFunctions.Ended decide(String rule) {
        return aws.run("""
                {"StartAt": "Decide", "States": {
                  "Decide": {"Type": "Choice", "Choices": [%s], "Default": "No"},
                  "Yes": {"Type": "Pass", "Result": "yes", "End": true},
                  "No": {"Type": "Pass", "Result": "no", "End": true}}}""".formatted(rule), INPUT);
    }
}
