package io.greenlane.validation.rules;

import java.time.Duration;

/**
 * How often a check is tried.
 *
 * @param attempts at least 1
 * @param every from one attempt to the next
 * @param inARow so many good answers in a row make a pass
 */
public record Retry(int attempts, Duration every, int inARow) {
    /** Once. */
    public static final Retry NONE = new Retry(1, Duration.ofSeconds(1), 1);
}
