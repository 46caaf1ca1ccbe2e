package io.greenlane.rehearsal.asl;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a Retry field.
 *
 * @param interval before the first retry
 * @param maxAttempts retries, zero for none
 * @param backoffRate factor from one wait to the next, at least 1
 * @param maxDelay bound of a single wait, null for none
 * @param fullJitter whether the wait is drawn between zero and its full length
 */
record Retrier(List<String> errorEquals, Duration interval, int maxAttempts, double backoffRate,
        @Nullable Duration maxDelay,
        boolean fullJitter) {

    /** The wait before a retry; {@code earlier} counts the retries this entry has already made. */
    Duration delay(int earlier, RandomGenerator random) {
        double seconds = interval.toMillis() / 1000.0 * Math.pow(backoffRate, earlier);
        if (maxDelay != null) {
            seconds = Math.min(seconds, (double) maxDelay.toSeconds());
        }
        seconds = Math.min(seconds, 99_999_999);
        return Duration.ofMillis(Math.round((fullJitter ? seconds * random.nextDouble() : seconds) * 1000));
    }
}
