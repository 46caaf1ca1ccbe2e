package io.greenlane.rehearsal.container;

import java.time.Instant;

/** Where the output of containers with the awslogs driver goes. */
@FunctionalInterface
public interface ContainerOutput {
    /** Takes one line; called in a turn of the timeline, must not block. */
    void line(String logGroup, String logStream, Instant time, String text);
}
