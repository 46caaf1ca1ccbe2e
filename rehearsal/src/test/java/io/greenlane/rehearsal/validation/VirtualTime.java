package io.greenlane.rehearsal.validation;

import io.greenlane.validation.Pace;
import java.time.Duration;

/**
 * Time that passes in pauses alone. Work begins at once, and its answer is known at once although it says how long it took, so that
 * latencies overlap as they do where time is real; only what an answer shows is known up to its own latency too early. A stall
 * of this program makes a pause last until the stall is over.
 */
final class VirtualTime implements Pace {
    private final Stalls stalls;
    private Duration now = Duration.ZERO;

    /** Time in which this program stalls now and then. */
    VirtualTime(Stalls stalls) {
        this.stalls = stalls;
    }

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = stalls.over(now.plus(duration));
    }

    @Override
    public void begin(Runnable work) {
        work.run();
    }
}
