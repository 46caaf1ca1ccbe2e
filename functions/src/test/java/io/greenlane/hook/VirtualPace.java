package io.greenlane.hook;

import io.greenlane.validation.Pace;

import java.time.Duration;

/** Time that passes only in pauses. */
final class VirtualPace implements Pace {
    private Duration now = Duration.ofHours(7);

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void begin(Runnable work) {
        work.run();
    }
}
