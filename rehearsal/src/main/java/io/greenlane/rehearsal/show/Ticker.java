package io.greenlane.rehearsal.show;

import io.greenlane.probe.Sender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, and has the count shown four times a second until it is closed. */
final class Ticker implements AutoCloseable {
    private static final long EVERY_MILLIS = 250;

    private final FindingLines lines;
    private final LongAdder requests = new LongAdder();
    private final long begun = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Ticker(FindingLines lines) {
        this.lines = lines;
    }

    static Ticker start(FindingLines lines) {
        Ticker ticker = new Ticker(lines);
        Thread.ofPlatform().daemon().name("ticker").start(ticker::show);
        return ticker;
    }

    /** A sender whose requests are counted. */
    Sender counting(Sender sender) {
        return (listener, request) -> {
            requests.increment();
            return sender.send(listener, request);
        };
    }

    private void show() {
        try {
            while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                lines.tick(requests.sum(), Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
