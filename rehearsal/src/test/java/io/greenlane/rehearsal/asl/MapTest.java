package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.stepfunctions.LocalStepFunctions;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapTest {
    private static final String ECHO = "{\"StartAt\": \"I\", \"States\": {\"I\": {\"Type\": \"Pass\", \"End\": true}}}";
    private static final String CALL = """
            {"StartAt": "I", "States": {"I": {"Type": "Task", "End": true,
             "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f"}}}""";

    private final LocalStepFunctions aws = new LocalStepFunctions();

    @Test
    void every_item_goes_its_way_and_the_outputs_keep_their_order() {
        aws.function("f", payload -> new FunctionInvoker.Answer.Returned(String.valueOf(payload.asInt() * 10)));
        LocalStepFunctions.Ended ended = aws.run(map("JSONPath", "\"ItemsPath\": \"$.list\"", CALL),
                "{\"list\": [3, 1, 2]}");

        assertThat(ended.summary()).isEqualTo("[30,10,20]");
        assertThat(ended.types()).startsWith("ExecutionStarted", "MapStateEntered", "MapStateStarted",
                "MapIterationStarted", "MapIterationStarted", "MapIterationStarted")
                .endsWith("MapIterationSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded");
        assertThat(Collections.frequency(ended.types(), "MapIterationSucceeded")).isEqualTo(3);
    }

    @Test
    void max_concurrency_bounds_how_many_run_at_a_time() {
        aws.slowFunction("f", Duration.ofSeconds(10), payload -> new FunctionInvoker.Answer.Returned("0"));
        String members = "\"ItemsPath\": \"$\", \"MaxConcurrency\": ";
        assertThat(seconds(aws.run(map("JSONPath", members + "1", CALL), "[1, 2, 3, 4]"))).isEqualTo(40);
        assertThat(seconds(aws.run(map("JSONPath", members + "2", CALL), "[1, 2, 3, 4]"))).isEqualTo(20);
        assertThat(seconds(aws.run(map("JSONPath", members + "0", CALL), "[1, 2, 3, 4]"))).isEqualTo(10);
    }

    @Test
    void an_empty_array_gives_an_empty_array() {
        assertThat(aws.run(map("JSONPath", "\"ItemsPath\": \"$\"", ECHO), "[]").types()).containsExactly(
                "ExecutionStarted",
                "MapStateEntered", "MapStateStarted", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded");
    }

    @Test
    void an_item_selector_sees_the_item_in_the_context_object() {
        assertThat(aws.run(map("JSONPath",
                """
                "ItemsPath": "$.list", "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value.k", "all.$": "$.x"}""",
                ECHO), "{\"x\": \"y\", \"list\": [{\"k\": 1}, {\"k\": 2}]}").summary())
                .isEqualTo("[{\"i\":0,\"v\":1,\"all\":\"y\"},{\"i\":1,\"v\":2,\"all\":\"y\"}]");
        assertThat(aws.run(map("JSONata", """
                "Items": "{% $states.input.list %}",
                "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}", "all": "{% $states.input.x %}"}""", ECHO),
                "{\"x\": \"y\", \"list\": [{\"k\": 1}, {\"k\": 2}]}").summary())
                .isEqualTo("[{\"i\":0,\"all\":\"y\"},{\"i\":1,\"all\":\"y\"}]");
    }

    @Test
    void a_list_of_one_item_stays_a_list_in_jsonata() {
        assertThat(aws.run(map("JSONata", "\"Items\": \"{% $states.input.list %}\"", ECHO), "{\"list\": [{\"k\": 1}]}")
                .summary()).isEqualTo("[{\"k\":1}]");
    }

    @Test
    void the_states_inside_see_index_and_value_too() {
        assertThat(aws.run(map("JSONata", "\"Items\": [\"a\", \"b\"]", """
                {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true,
                 "Output": "{% $states.context.Map.Item.Value & $states.context.Map.Item.Index %}"}}}"""), "{}")
                .summary())
                .isEqualTo("[\"a0\",\"b1\"]");
    }

    @Test
    void the_first_failure_ends_the_other_iterations_and_can_be_caught() {
        aws.slowFunction("f", Duration.ofSeconds(10), payload -> payload.asInt() == 2
                ? new FunctionInvoker.Answer.Failed("{\"errorType\": \"Two\"}")
                : new FunctionInvoker.Answer.Returned("0"));
        LocalStepFunctions.Ended ended = aws.run(map("JSONPath", """
                "ItemsPath": "$", "MaxConcurrency": 2,
                "Catch": [{"ErrorEquals": ["Two"], "Next": "Caught"}]""", CALL), "[2, 1, 3]");

        assertThat(ended.types()).containsSubsequence("MapIterationFailed", "MapIterationAborted", "MapStateFailed",
                "MapStateExited", "PassStateEntered", "ExecutionSucceeded");
        assertThat(aws.invocations).hasSize(2);
    }

    @Test
    void a_retry_runs_every_item_again() {
        aws.failing("f", "Busy");
        LocalStepFunctions.Ended ended = aws.run(map("JSONPath",
                "\"ItemsPath\": \"$\", \"Retry\": [{\"ErrorEquals\": [\"Busy\"]}]", CALL), "[1]");

        assertThat(ended.summary()).isEqualTo("[1]");
        assertThat(aws.invocations).hasSize(2);
        assertThat(Collections.frequency(ended.types(), "MapStateEntered")).isEqualTo(1);
        assertThat(Collections.frequency(ended.types(), "MapStateStarted")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "ToleratedFailureCount": 1       | [1,3]
            "ToleratedFailurePercentage": 34 | [1,3]
            "ToleratedFailurePercentage": 33 | FAILED States.ExceedToleratedFailureThreshold
            "MaxConcurrency": 1              | FAILED States.ExceedToleratedFailureThreshold
            """)
    void a_distributed_map_tolerates_failures_up_to_its_threshold(String members, String expected) {
        aws.function("f",
                payload -> payload.asInt() == 2
                        ? new FunctionInvoker.Answer.Failed("{\"errorType\": \"Two\"}")
                        : new FunctionInvoker.Answer.Returned(payload.toString()));
        LocalStepFunctions.Ended ended = aws.run(map("JSONPath", "\"ItemsPath\": \"$\", " + members,
                CALL.replaceFirst("\\{",
                        "{\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"},")),
                "[1, 2, 3]");

        assertThat(ended.summary()).isEqualTo(expected);
        assertThat(ended.types()).contains("MapRunStarted").doesNotContain("MapIterationStarted");
    }

    @Test
    void items_can_go_in_batches() {
        assertThat(aws.run(map("JSONPath", """
                "ItemsPath": "$.list", "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"x.$": "$.x"}}""",
                ECHO.replaceFirst("\\{",
                        "{\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"},")),
                "{\"x\": 0, \"list\": [1, 2, 3]}").summary())
                .isEqualTo("[{\"BatchInput\":{\"x\":0},\"Items\":[1,2]},{\"BatchInput\":{\"x\":0},\"Items\":[3]}]");
    }

    @Test
    void something_other_than_an_array_ends_the_execution() {
        assertThat(aws.run(map("JSONPath", "\"ItemsPath\": \"$.a\"", ECHO), "{\"a\": 1}").description().cause())
                .endsWith("Reference path \"$.a\" must point to array.");
        assertThat(aws.run(map("JSONata", "\"Items\": \"{% 'a' %}\"", ECHO), "{}").summary())
                .isEqualTo("FAILED States.QueryEvaluationError");
    }

    @Test
    void a_map_in_a_map_has_the_inner_item_inside() {
        String inner = """
                {"StartAt": "In", "States": {"In": {"Type": "Map", "End": true, "Items": "{% $states.input %}", "ItemProcessor":
                 {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true, "Output": "{% $states.context.Map.Item.Value %}"}}}}}}""";
        assertThat(aws.run(map("JSONata", "\"Items\": [[1, 2], [3]]", inner), "{}").summary()).isEqualTo("[[1,2],[3]]");
    }

    private static long seconds(LocalStepFunctions.Ended ended) {
        return Duration.between(ended.description().startDate(), ended.description().stopDate()).toSeconds();
    }

    private static String map(String language, String members, String processor) {
        return """
                {"QueryLanguage": "%s", "StartAt": "M", "States": {"M": {"Type": "Map", "End": true, %s, "ItemProcessor": %s}%s}}"""
                .formatted(language, members, processor,
                        members.contains("Catch") ? ", \"Caught\": {\"Type\": \"Pass\", \"End\": true}" : "");
    }
}
