package io.greenlane.validation;

import java.time.Duration;

/** Real time. */
public final class SystemPace implements Pace {
    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The pause was interrupted", e);
        }
    }

    @Override
    public void begin(Runnable work) {
        Thread.ofVirtual().start(work);
    }
}
