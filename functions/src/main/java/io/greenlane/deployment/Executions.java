package io.greenlane.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The executions of the release workflow. */
public interface Executions {
    /** Since when the workflow exists; what was pushed before was never its business. */
    Instant since();

    /** How the execution stands. */
    State state(String executionArn);

    /** ARN of the execution of that name. */
    String arn(String name);

    /**
     * Executions that ended in a state at or after a time, those that started last first (Step Functions API, ListExecutions).
     *
     * @return no more than twenty, which is more than a person stops in a few hours
     */
    List<Ended> ended(State state, Instant since);

    /**
     * Starts an execution.
     *
     * @param name at most 80 characters; an execution of this name that exists already, running or closed, is left alone
     * @return false when there was one already
     */
    boolean start(String name, Map<String, Object> input);

    /** Status of an execution. */
    enum State {
        RUNNING, SUCCEEDED, FAILED, ABORTED, TIMED_OUT,
        /** Its history is no longer kept. */
        GONE
    }

    /**
     * An execution that has ended.
     *
     * @param at when it did, by AWS's clock
     * @param input what it was started with, as parsed from JSON; null when that is no JSON
     */
    record Ended(String arn, State state, Instant at, @Nullable Object input) {}
}
