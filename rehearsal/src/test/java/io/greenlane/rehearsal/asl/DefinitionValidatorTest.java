package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionValidatorTest {
    private static final String S = "SCHEMA_VALIDATION_FAILED";

    @Test
    void an_unknown_target_and_an_unreachable_state_are_told_as_aws_tells_them() {
        assertThatThrownBy(() -> StateMachineDefinition.parse("""
                {"StartAt": "one", "States": {
                  "one": {"Type": "Pass", "Next": "three"}, "two": {"Type": "Pass", "End": true}}}"""))
                .isInstanceOf(StateMachineDefinition.InvalidDefinition.class)
                .hasMessage(
                        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: three at"
                                + " /States/one/Next, MISSING_TRANSITION_TARGET: State \"two\" is not reachable. at /States/two'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Type": "Nothing", "End": true                                                            | /States/A/Type
            "Type": "Pass"                                                                            | /States/A
            "Type": "Pass", "End": true, "Next": "A"                                                  | /States/A
            "Type": "Pass", "End": true, "Foo": 1                                                     | /States/A/Foo
            "Type": "Wait", "End": true                                                               | /States/A
            "Type": "Wait", "End": true, "Seconds": 1, "Timestamp": "x"                               | /States/A
            "Type": "Wait", "End": true, "Seconds": 1, "ResultPath": null                             | /States/A/ResultPath
            "Type": "Succeed", "End": true                                                            | /States/A/End
            "Type": "Fail", "Error": "x", "ErrorPath": "$.x"                                          | /States/A
            "Type": "Fail", "Retry": []                                                               | /States/A/Retry
            "Type": "Task", "End": true                                                               | /States/A
            "Type": "Task", "End": true, "Resource": "${Function}"                                    | /States/A/Resource
            "Type": "Task", "End": true, "Resource": "arn:aws:states:::glue:startJobRun.sync"         | /States/A/Resource
            "Type": "Task", "End": true, "Resource": "@", "TimeoutSeconds": 5, "HeartbeatSeconds": 5  | /States/A/HeartbeatSeconds
            "Type": "Task", "End": true, "Resource": "@", "Retry": [{"ErrorEquals": []}]              | /States/A/Retry[0]
            "Type": "Task", "End": true, "Resource": "@", "Retry": [{"ErrorEquals": ["States.ALL", "B"]}] | /States/A/Retry[0]/ErrorEquals
            "Type": "Task", "End": true, "Resource": "@", "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["B"]}] | /States/A/Retry[0]/ErrorEquals
            "Type": "Task", "End": true, "Resource": "@", "Retry": [{"ErrorEquals": ["B"], "BackoffRate": 0.5}] | /States/A/Retry[0]/BackoffRate
            "Type": "Task", "End": true, "Resource": "@", "Retry": [{"ErrorEquals": ["B"], "JitterStrategy": "SOME"}] | /States/A/Retry[0]/JitterStrategy
            "Type": "Task", "End": true, "Resource": "@", "Catch": [{"ErrorEquals": ["B"]}]           | /States/A/Catch[0]
            "Type": "Pass", "End": true, "InputPath": "a.b"                                           | /States/A/InputPath
            "Type": "Pass", "End": true, "ResultPath": "$.a[*]"                                       | /States/A/ResultPath
            "Type": "Pass", "End": true, "Parameters": {"x.$": "y"}                                   | /States/A/Parameters/x.$
            "Type": "Pass", "End": true, "Parameters": {"x.$": 1}                                     | /States/A/Parameters/x.$
            "Type": "Pass", "End": true, "Parameters": {"x.$": "States.Foo()"}                        | /States/A/Parameters/x.$
            "Type": "Pass", "End": true, "Output": 1                                                  | /States/A/Output
            "Type": "Pass", "End": true, "QueryLanguage": "JSONata", "InputPath": "$"                 | /States/A/InputPath
            "Type": "Pass", "End": true, "QueryLanguage": "JSONata", "Output": {"x": "{% 1 + %}"}     | /States/A/Output/x
            "Type": "Pass", "End": true, "QueryLanguage": "XPath"                                     | /States/A/QueryLanguage
            "Type": "Choice"                                                                          | /States/A
            "Type": "Choice", "Choices": []                                                           | /States/A/Choices
            "Type": "Choice", "Choices": [{"Variable": "$.x", "Next": "A"}]                           | /States/A/Choices[0]
            "Type": "Choice", "Choices": [{"Variable": "x", "IsNull": true, "Next": "A"}]             | /States/A/Choices[0]/Variable
            "Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Next": "A"}]                  | /States/A/Choices[0]
            "Type": "Parallel", "End": true, "Branches": []                                           | /States/A/Branches
            "Type": "Map", "End": true                                                                | /States/A
            "Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {}}               | /States/A/ItemProcessor/States
            """)
    void a_mistake_is_found_where_it_is(String members, String location) {
        List<Diagnostic> found = DefinitionValidator.validate("{\"StartAt\": \"A\", \"States\": {\"A\": {"
                + members.replace("\"@\"", "\"arn:aws:states:::lambda:invoke\"") + "}}}");

        assertThat(found).extracting(Diagnostic::code, Diagnostic::location)
                .containsExactly(tuple(S, location));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"States": {"A": {"Type": "Succeed"}}}                                       | SCHEMA_VALIDATION_FAILED
            {"StartAt": "A"}                                                             | SCHEMA_VALIDATION_FAILED
            {"StartAt": "B", "States": {"A": {"Type": "Succeed"}}}                       | MISSING_TRANSITION_TARGET
            {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}, "TimeoutSeconds": 0}  | SCHEMA_VALIDATION_FAILED
            {"StartAt": "A", "Stats": {}}                                                | SCHEMA_VALIDATION_FAILED
            {"StartAt": "A",                                                             | INVALID_JSON_DESCRIPTION
            []                                                                           | SCHEMA_VALIDATION_FAILED
            """)
    void a_whole_definition_is_refused(String definition, String code) {
        assertThat(DefinitionValidator.validate(definition)).isNotEmpty().extracting(Diagnostic::code).contains(code);
    }

    @Test
    void a_state_inside_a_branch_cannot_lead_out_of_it() {
        assertThat(DefinitionValidator.validate("""
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Next": "Z", "Branches": [
                  {"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "Z"}}}]}, "Z": {"Type": "Succeed"}}}"""))
                .extracting(Diagnostic::location).containsExactly("/States/P/Branches[0]/States/B/Next");
    }
}
