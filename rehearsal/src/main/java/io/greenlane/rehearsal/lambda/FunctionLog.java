package io.greenlane.rehearsal.lambda;

import java.time.Instant;

/** Where the output of functions goes: CloudWatch Logs of the local cloud, a console, a test. */
@FunctionalInterface
public interface FunctionLog {
    /** Takes one line; called in a turn of the timeline, must not block. */
    void line(String logGroup, String logStream, Instant time, String text);
}
