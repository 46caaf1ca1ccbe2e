package io.greenlane.probe;

/** Sends requests; may be used by many threads at once. */
@FunctionalInterface
public interface Sender extends AutoCloseable {
    /** Sends one request and waits for its answer; never follows a redirect, never throws for what the network does. */
    Answer send(Listener listener, Request request);

    /** Ends what the sender holds; requests under way break. */
    @Override
    default void close() {
        // Most hold nothing.
    }
}
