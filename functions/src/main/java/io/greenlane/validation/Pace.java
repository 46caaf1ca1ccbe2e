package io.greenlane.validation;

import java.time.Duration;

/** Time inside one call of a hook. */
public interface Pace {
    /** Since some fixed moment, never going back. */
    Duration now();

    /** Returns after that long. */
    void pause(Duration duration);
}
