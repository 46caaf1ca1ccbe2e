package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
    private final LocalStepFunctions aws = new LocalStepFunctions();

    @Test
    void assign_and_output_of_a_state_see_the_variables_as_they_were_on_entering() {
        assertThat(aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"x": 1, "y": 2}, "Next": "B"},
                  "B": {"Type": "Pass", "Assign": {"x": "{% $y %}", "y": "{% $x %}"}, "Output": "{% [$x, $y] %}", "Next": "C"},
                  "C": {"Type": "Pass", "Output": "{% [$states.input, $x, $y] %}", "End": true}}}""", "{}").summary())
                .isEqualTo("[1,2,2,1]");
    }

    @Test
    void the_same_in_jsonpath() {
        assertThat(aws
                .run("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"x": 1, "y": {"z": [2]}}, "Next": "B"},
                  "B": {"Type": "Pass", "Assign": {"x.$": "$y.z[0]", "y.$": "$x"}, "Parameters": {"x.$": "$x"}, "Next": "C"},
                  "C": {"Type": "Pass", "Parameters": {"in.$": "$.x", "x.$": "$x", "y.$": "$y"}, "End": true}}}""",
                        "{}")
                .summary()).isEqualTo("{\"in\":1,\"x\":2,\"y\":1}");
    }

    @Test
    void inner_states_read_outer_variables_and_theirs_vanish() {
        LocalStepFunctions.Ended ended = aws.run("""
                {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"outer": "o"}, "Next": "M"},
                  "M": {"Type": "Map", "Items": ["a", "b"], "ItemProcessor": {"StartAt": "I", "States": {
                    "I": {"Type": "Pass", "Assign": {"inner": "{% $states.input & $outer %}"}, "Next": "J"},
                    "J": {"Type": "Pass", "Output": "{% $inner %}", "End": true}}}, "Next": "P"},
                  "P": {"Type": "Parallel", "Branches": [
                    {"StartAt": "K", "States": {"K": {"Type": "Pass", "Output": "{% $outer %}", "End": true}}}], "Next": "Z"},
                  "Z": {"Type": "Pass", "Output": "{% $exists($inner) %}", "End": true}}}""", "{}");

        assertThat(ended.summary()).isEqualTo("false");
        assertThat(ended.event("MapStateExited").stateExitedEventDetails().output()).isEqualTo("[\"ao\",\"bo\"]");
        assertThat(ended.event("ParallelStateExited").stateExitedEventDetails().output()).isEqualTo("[\"o\"]");
    }

    @Test
    void the_history_shows_what_was_assigned_as_json_text() {
        LocalStepFunctions.Ended ended = aws.run("""
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
                 "Assign": {"n": 1, "s": "t", "o": {"k.$": "$.k"}, "nil": null}}}}""", "{\"k\": [true]}");

        assertThat(ended.event("PassStateExited").stateExitedEventDetails().assignedVariables())
                .isEqualTo(Map.of("n", "1", "s", "\"t\"", "o", "{\"k\":[true]}", "nil", "null"));
        assertThat(ended.event("PassStateExited").stateExitedEventDetails().assignedVariablesDetails().truncated())
                .isFalse();
    }

    @Test
    void an_unknown_variable_ends_the_execution() {
        assertThat(aws
                .run("""
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true, "Parameters": {"x.$": "$unknown"}}}}""",
                        "{}")
                .summary()).isEqualTo("FAILED States.Runtime");
    }
}
