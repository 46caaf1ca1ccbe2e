package io.greenlane.rehearsal.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Real time, with waits divided by a factor: the timeline of {@code ./rehearse}. */
public final class ScaledTimeline implements Timeline, AutoCloseable {
    private final Clock clock;
    private final int factor;
    private final Consumer<Throwable> onFault;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ScheduledThreadPoolExecutor alarms;

    /**
     * @param factor waits take one factor-th of their time, at least 1
     * @param onFault told about every action that threw; such an action is a defect of the local cloud
     */
    public ScaledTimeline(Clock clock, int factor, Consumer<Throwable> onFault) {
        if (factor < 1) {
            throw new IllegalArgumentException("The time factor must be 1 or more, got " + factor);
        }
        this.clock = clock;
        this.factor = factor;
        this.onFault = onFault;
        this.alarms = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timeline").factory());
        this.alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Alarm after(Duration wait, Runnable action) {
        return schedule(wait.dividedBy(factor), action);
    }

    @Override
    public Alarm atLimit(Duration limit, Runnable action) {
        return schedule(limit, action);
    }

    @Override
    public <T> T call(Supplier<T> body) {
        turn.lock();
        try {
            return body.get();
        } finally {
            turn.unlock();
        }
    }

    /** Forgets every pending action. */
    @Override
    public void close() {
        alarms.shutdownNow();
    }

    private Alarm schedule(Duration delay, Runnable action) {
        try {
            ScheduledFuture<?> pending = alarms.schedule(() -> runReporting(action), delay.toNanos(),
                    TimeUnit.NANOSECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {
            };
        }
    }

    private void runReporting(Runnable action) {
        try {
            run(action);
        } catch (RuntimeException | Error fault) {
            onFault.accept(fault);
        }
    }
}
