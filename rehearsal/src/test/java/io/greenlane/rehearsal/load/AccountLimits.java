package io.greenlane.rehearsal.load;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import java.time.Duration;
import java.time.Instant;

/** What all services of an account share: calls that change task definitions, one a second, with a bucket for some more (ECS guide). */
final class AccountLimits {
    private static final double PER_SECOND = 1;
    /** From memory; the guide has no figure. */
    private static final double BUCKET = 20;

    private double left = BUCKET;
    private Instant filled = Instant.EPOCH;
    private int refused;

    /** Those calls of one cloud. */
    WireFaults at(Timeline timeline) {
        return sent -> sent.operation().equals("RegisterTaskDefinition") && !takes(timeline.now())
                ? WireFault.THROTTLED
                : null;
    }

    /** Attempts that were refused. */
    synchronized int refused() {
        return refused;
    }

    private synchronized boolean takes(Instant now) {
        if (now.isAfter(filled)) {
            left = Math.min(BUCKET, left + Duration.between(filled, now).toMillis() / 1000.0 * PER_SECOND);
            filled = now;
        }
        if (left < 1) {
            refused++;
            return false;
        }
        left--;
        return true;
    }
}
