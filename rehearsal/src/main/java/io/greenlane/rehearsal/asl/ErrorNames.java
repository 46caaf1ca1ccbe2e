package io.greenlane.rehearsal.asl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The error names of the language and which name in an ErrorEquals matches which error. */
final class ErrorNames {
    static final String ALL = "States.ALL";
    static final String RUNTIME = "States.Runtime";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";
    static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String QUERY_EVALUATION = "States.QueryEvaluationError";
    static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
    static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
    static final String TOLERATED_FAILURES_EXCEEDED = "States.ExceedToleratedFailureThreshold";
    static final String ITEM_READER_FAILED = "States.ItemReaderFailed";

    private ErrorNames() {}

    /**
     * Whether a Retry or Catch with these names applies (Step Functions guide, error handling): States.ALL matches all but
     * States.DataLimitExceeded and States.Runtime, States.TaskFailed all but those and States.Timeout, States.Timeout also a
     * missed heartbeat. Those that States.ALL leaves out match by their own names.
     */
    static boolean matches(List<String> names, @Nullable String error) {
        boolean beyondWildcards = DATA_LIMIT.equals(error) || RUNTIME.equals(error);
        for (String name : names) {
            boolean match = switch (name) {
                case ALL -> !beyondWildcards;
                case TASK_FAILED -> !TIMEOUT.equals(error) && !beyondWildcards;
                case TIMEOUT -> TIMEOUT.equals(error) || HEARTBEAT_TIMEOUT.equals(error);
                default -> name.equals(error);
            };
            if (match) {
                return true;
            }
        }
        return false;
    }
}
