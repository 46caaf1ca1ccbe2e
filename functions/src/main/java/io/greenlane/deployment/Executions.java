package io.greenlane.deployment;

import io.greenlane.image.Push;
import java.time.Instant;
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
     * The newest execution that was started with the event of a push, and that a person stopped.
     *
     * @param push as it was found in the registry
     * @return its ARN; null when none of those stopped lately was
     */
    @Nullable
    String stopped(Push push);

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
}
