package io.greenlane.release;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A difference as the ledger keeps it, for as long as it lasts.
 *
 * @param since when it was found first, by the clock of the function
 * @param confirmedAt when a later look found it still; null before, since AWS may describe for a while what was
 * @param announcedAt when people heard of it; null before
 * @param acceptedAt when a person said that it is to be so; null when nobody did
 */
public record Drift(Difference difference, Instant since, @Nullable Instant confirmedAt, @Nullable Instant announcedAt,
        @Nullable Instant acceptedAt) {
    /** Two looks that are closer than this may see the same answer of the past. */
    static final Duration CONFIRMED_AFTER = Duration.ofMinutes(2);

    static Drift found(Difference difference, Instant now) {
        return new Drift(difference, now, null, null, null);
    }

    /** One that the outcome of a release tells of. */
    static Drift told(Difference difference, Instant at) {
        return new Drift(difference, at, at, at, null);
    }

    Drift foundAgain(Instant now) {
        return confirmedAt != null || now.isBefore(since.plus(CONFIRMED_AFTER))
                ? this
                : new Drift(difference, since, now, announcedAt, acceptedAt);
    }

    Drift announced(Instant now) {
        return new Drift(difference, since, confirmedAt, now, acceptedAt);
    }

    Drift accepted(Instant now) {
        return new Drift(difference, since, confirmedAt, announcedAt, now);
    }

    /** Whether somebody should do something about it. */
    public boolean isOpen() {
        return confirmedAt != null && acceptedAt == null;
    }

    boolean awaitsAnnouncement() {
        return isOpen() && announcedAt == null;
    }
}
