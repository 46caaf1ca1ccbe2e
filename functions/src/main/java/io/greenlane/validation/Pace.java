package io.greenlane.validation;

import java.time.Duration;

/** Time inside one call of a hook. */
public interface Pace {
    /** Since some fixed moment, never going back. */
    Duration now();

    /** Returns after that long. */
    void pause(Duration duration);

    /**
     * Lets work that waits for others begin, without waiting for its end: on a thread of its own where time is real, at once and
     * to its end where time is virtual.
     */
    void begin(Runnable work);
}
