package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * The other services of the local cloud, as Task states call them: {@code arn:aws:states:::sns:publish},
 * {@code arn:aws:states:::aws-sdk:codedeploy:getDeployment} and the like. Lambda invocations go through
 * {@link io.greenlane.rehearsal.lambda.FunctionInvoker} instead.
 */
public interface TaskIntegration {
    /**
     * Makes the call without blocking the caller's turn.
     *
     * @param done called exactly once, in a turn of the timeline, at the earliest after this method has returned
     */
    void call(Call call, Consumer<Answer> done);

    /**
     * A call.
     *
     * @param service the service as written in the resource ARN, lower case: {@code sns}, {@code dynamodb}, {@code sfn}; for
     *     the optimised integrations {@code states} and {@code events} the SDK's words {@code sfn} and {@code eventbridge}
     * @param action the API action, camel case: {@code publish}
     * @param arguments the request in PascalCase, whatever the style of the service itself; members may be JSON objects where
     *     the API takes JSON text (Input of StartExecution, Message of Publish, Detail of PutEvents): they are to be written
     *     as text
     * @param caller ARN of the role that makes the call
     */
    record Call(String service, String action, ObjectNode arguments, String caller) {}

    /** What came of a call. */
    sealed interface Answer {
        /**
         * The service answered.
         *
         * @param result the response in PascalCase, timestamps as ISO text; an empty object when it has no members
         */
        record Returned(JsonNode result) implements Answer {}

        /**
         * The service, or the local cloud in its name, refused.
         *
         * @param code the error code, with or without the ending Exception
         * @param statusCode of HTTP
         */
        record Refused(String code, String message, int statusCode) implements Answer {}
    }
}
