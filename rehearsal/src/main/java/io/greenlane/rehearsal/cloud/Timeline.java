package io.greenlane.rehearsal.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Time and turn-taking of the local cloud: one action at a time, each on the state the one before it left.
 *
 * <p>All state of the simulated services is read and written inside {@link #call} or an action of this timeline, so no
 * service needs a lock of its own. An action must not block: work that takes real time (a process, a socket, a Lambda
 * invocation) happens on a thread of its own and comes back with {@link #call}.
 */
public interface Timeline {
    /** Now, as every service of the local cloud writes it into its answers. */
    Instant now();

    /**
     * Runs the action once the wait has passed. This is for waits that only pass time (a termination wait, a canary
     * interval, a retry delay); the rehearsal shortens them.
     */
    Alarm after(Duration wait, Runnable action);

    /**
     * Runs the action when a limit on real work is reached (a Lambda timeout, the hour of a lifecycle hook). Never
     * shortened, because the work is not.
     */
    Alarm atLimit(Duration limit, Runnable action);

    /** Runs the body as one turn, at once, and returns what it returns; turns nest. */
    <T> T call(Supplier<T> body);

    /** Like {@link #call}, without a result. */
    default void run(Runnable body) {
        call(() -> {
            body.run();
            return true;
        });
    }

    /** A pending action. */
    interface Alarm {
        /** Forgets the action; nothing happens when it has already run. */
        void cancel();
    }
}
