package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into a state and what comes out of it, in JSONPath and in JSONata. */
class DataFlowTest {
    private static final String INPUT = "{\"a\": {\"b\": [1, 2, 3]}, \"keep\": \"me\"}";

    private final LocalStepFunctions aws = new LocalStepFunctions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "InputPath": "$.a"                                             | {"b":[1,2,3]}
            "InputPath": null                                              | {}
            "InputPath": "$.a.b[1]"                                        | 2
            "OutputPath": "$.a.b[-1]"                                      | 3
            "OutputPath": null                                             | {}
            "Result": "r"                                                  | "r"
            "Result": "r", "ResultPath": "$.a.c"                           | {"a":{"b":[1,2,3],"c":"r"},"keep":"me"}
            "Result": "r", "ResultPath": "$.x.y['z 1']"                    | {"a":{"b":[1,2,3]},"keep":"me","x":{"y":{"z 1":"r"}}}
            "Result": "r", "ResultPath": "$.a.b[1]"                        | {"a":{"b":[1,"r",3]},"keep":"me"}
            "Result": "r", "ResultPath": null                              | {"a":{"b":[1,2,3]},"keep":"me"}
            "InputPath": "$.a", "ResultPath": "$.in"                       | {"a":{"b":[1,2,3]},"keep":"me","in":{"b":[1,2,3]}}
            "Parameters": {"x.$": "$.a.b[0]", "y": "$.a", "z": [{"k.$": "$.keep"}]} | {"x":1,"y":"$.a","z":[{"k":"me"}]}
            "Parameters": {"slice.$": "$.a.b[1:]", "deep.$": "$..b", "all.$": "$.a.*"} | {"slice":[2,3],"deep":[[1,2,3]],"all":[[1,2,3]]}
            "Parameters": {"filtered.$": "$.a.b[?(@ > 1)]", "none.$": "$.nothing[*]"}  | {"filtered":[2,3],"none":[]}
            "InputPath": "$.a", "Parameters": {"x.$": "$.b[0]"}            | {"x":1}
            "Parameters": {"run.$": "$$.Execution.Input.keep"}             | {"run":"me"}
            "Parameters": {"Comment": "c", "n": null}                      | {"Comment":"c","n":null}
            """)
    void a_pass_state_in_jsonpath_gives(String members, String expected) {
        assertThat(aws.run(pass("JSONPath", members), INPUT).summary()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Comment": "as it came"                                        | {"a":{"b":[1,2,3]},"keep":"me"}
            "Output": "{% $states.input.a %}"                              | {"b":[1,2,3]}
            "Output": {"x": "{% $states.input.a.b[0] %}", "y": "$.a", "z": [{"k": "{% $states.input.keep %}"}]} | {"x":1,"y":"$.a","z":[{"k":"me"}]}
            "Output": "{% $states.context.Execution.Input.keep %}"         | "me"
            "Output": null                                                 | null
            """)
    void a_pass_state_in_jsonata_gives(String members, String expected) {
        assertThat(aws.run(pass("JSONata", members), INPUT).summary()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Parameters": {"x.$": "$.no"} | The JSONPath '$.no' specified for the field 'x.$' could not be found in the input '{"a":{"b":[1,2,3]},"keep":"me"}'
            "InputPath": "$.no.more"      | The JSONPath '$.no.more' specified for the field 'InputPath' could not be found in the input '{"a":{"b":[1,2,3]},"keep":"me"}'
            "OutputPath": "$.a.b[7]"      | The JSONPath '$.a.b[7]' specified for the field 'OutputPath' could not be found in the input '{"a":{"b":[1,2,3]},"keep":"me"}'
            """)
    void a_path_without_a_match_ends_the_execution_with_its_field(String members, String why) {
        LocalStepFunctions.Ended ended = aws.run(pass("JSONPath", members), INPUT);

        assertThat(ended.summary()).isEqualTo("FAILED States.Runtime");
        assertThat(ended.description().cause())
                .isEqualTo("An error occurred while executing the state 'Only' (entered at the event id #2). " + why);
        assertThat(ended.types()).containsExactly("ExecutionStarted", "PassStateEntered", "ExecutionFailed");
    }

    @Test
    void a_result_that_cannot_be_put_into_the_input_fails_the_state() {
        assertThat(aws.run(pass("JSONPath", "\"Result\": 1, \"ResultPath\": \"$.keep.x\""), INPUT).summary())
                .isEqualTo("FAILED States.ResultPathMatchFailure");
    }

    @Test
    void a_task_shapes_its_result_before_it_is_combined() {
        aws.echo("f");
        assertThat(aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true, "InputPath": "$.a",
                 "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "Parameters": {"n.$": "$.b"},
                 "ResultSelector": {"first.$": "$.n[0]", "run.$": "$$.Execution.Input.keep"}, "ResultPath": "$.r",
                 "OutputPath": "$['r', 'keep']"}}}""", INPUT).summary())
                .isEqualTo("{\"r\":{\"first\":1,\"run\":\"me\"},\"keep\":\"me\"}");
        assertThat(aws.invocations).containsExactly("f {\"n\":[1,2,3]}");
    }

    @Test
    void the_same_task_in_jsonata() {
        aws.echo("f");
        assertThat(aws
                .run("""
                {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f", "Arguments": {"n": "{% $states.input.a.b %}"},
                 "Output": {"r": {"first": "{% $states.result.n[0] %}"}, "keep": "{% $states.input.keep %}"}}}}""",
                        INPUT)
                .summary()).isEqualTo("{\"r\":{\"first\":1},\"keep\":\"me\"}");
    }

    @Test
    void a_state_may_speak_jsonata_in_a_machine_that_speaks_jsonpath() {
        assertThat(aws
                .run("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Parameters": {"x.$": "$.keep"}, "Assign": {"v.$": "$.x"}, "Next": "B"},
                  "B": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input.x & $v %}", "Next": "C"},
                  "C": {"Type": "Pass", "Parameters": {"all.$": "States.Format('{}+{}', $, $v)"}, "End": true}}}""",
                        INPUT)
                .summary()).isEqualTo("{\"all\":\"meme+me\"}");
    }

    @Test
    void numbers_keep_the_form_they_were_given_in() {
        assertThat(aws
                .run(pass("JSONPath", "\"ResultPath\": \"$.copy\""),
                        "{\"f\": 0.0, \"i\": 12345678901234567890, \"e\": 1.25}")
                .output().path("copy").toString()).isEqualTo("{\"f\":0.0,\"i\":12345678901234567890,\"e\":1.25}");
    }

    @Test
    void more_than_256_kib_end_the_execution() {
        String half = "x".repeat(140_000);
        assertThat(aws.run(pass("JSONPath", "\"Parameters\": {\"one.$\": \"$.v\", \"two.$\": \"$.v\"}"),
                "{\"v\": \"" + half + "\"}").summary()).isEqualTo("FAILED States.DataLimitExceeded");
    }

    private static String pass(String language, String members) {
        return """
                {"QueryLanguage": "%s", "StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true, %s}}}"""
                .formatted(language, members);
    }
}
