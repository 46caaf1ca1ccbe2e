package io.greenlane.rehearsal.load;

import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import java.time.Duration;

/** What all services of an account share: calls that change task definitions, one a second, with a bucket for some more (ECS guide). */
final class AccountLimits {
    private static final double PER_SECOND = 1;
    /** From memory; the guide has no figure. */
    private static final double BUCKET = 20;

    private double left = BUCKET;
    private int refused;

    /** Those calls. */
    WireFaults faults() {
        return sent -> sent.operation().equals("RegisterTaskDefinition") && !takes() ? WireFault.THROTTLED : null;
    }

    /** Time passes for the account. */
    synchronized void pass(Duration time) {
        left = Math.min(BUCKET, left + time.toMillis() / 1000.0 * PER_SECOND);
    }

    /** Attempts that were refused. */
    synchronized int refused() {
        return refused;
    }

    private synchronized boolean takes() {
        if (left < 1) {
            refused++;
            return false;
        }
        left--;
        return true;
    }
}
