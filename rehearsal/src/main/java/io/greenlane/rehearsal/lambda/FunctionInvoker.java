package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.iam.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Invokes a function of the local cloud without blocking the caller's turn: how EventBridge, Step Functions and CodeDeploy
 * reach Lambda.
 */
public interface FunctionInvoker {
    /**
     * Invokes the function once.
     *
     * @param function name, partial ARN or ARN, with or without qualifier
     * @param payload JSON text
     * @param done called exactly once, in a turn of the timeline
     */
    void invoke(String function, String payload, Consumer<Answer> done);

    /**
     * The same for a caller that may be refused.
     *
     * @param who a role's session, or a service that asks the function's own policy
     * @param context what the request has besides, by condition key
     */
    default FunctionInvoker under(Principal who, Map<String, List<String>> context) {
        return this;
    }

    /** What came of an invocation. */
    sealed interface Answer {
        /** The function returned: its JSON text. */
        record Returned(String payload) implements Answer {}

        /**
         * The function failed.
         *
         * @param payload JSON text with errorMessage, errorType and stackTrace
         */
        record Failed(String payload) implements Answer {}

        /**
         * Lambda refused.
         *
         * @param code Lambda's error code, for example {@code ResourceNotFoundException}
         */
        record Refused(String code, String message) implements Answer {}
    }
}
