package io.greenlane.rehearsal.show;

import io.greenlane.probe.Sender;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, and has the count shown four times a second until it is closed. */
final class Ticker implements AutoCloseable {
    private static final long EVERY_MILLIS = 250;

    private final LongAdder requests = new LongAdder();
    private final long begun = System.nanoTime();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ticker").factory());

    Ticker(FindingLines lines) {
        thread.scheduleAtFixedRate(
                () -> lines.tick(requests.sum(), Duration.ofNanos(System.nanoTime() - begun)), EVERY_MILLIS,
                EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A sender whose requests are counted. */
    Sender counting(Sender sender) {
        return (listener, request) -> {
            requests.increment();
            return sender.send(listener, request);
        };
    }

    @Override
    public void close() {
        thread.close();
    }
}
