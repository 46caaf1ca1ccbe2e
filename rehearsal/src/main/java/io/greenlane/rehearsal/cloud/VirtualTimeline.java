package io.greenlane.rehearsal.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Time that only passes when told to: simulations and tests. Single-threaded; same actions, same order, every time. An action may
 * itself let time pass, as a Lambda function does that pauses: the others then run in between, and time never goes back.
 */
public final class VirtualTimeline implements Timeline {
    private final PriorityQueue<Pending> pending = new PriorityQueue<>();
    private Instant now;
    private long sequence;
    private Runnable watcher = () -> {
    };

    public VirtualTimeline(Instant start) {
        this.now = start;
    }

    /** Runs after every action from now on, nested ones too, in place of an earlier watcher; it must not let time pass. */
    public void watch(Runnable afterEachAction) {
        watcher = afterEachAction;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Alarm after(Duration wait, Runnable action) {
        Pending added = new Pending(now.plus(wait.isNegative() ? Duration.ZERO : wait), sequence++, action);
        pending.add(added);
        return () -> pending.remove(added);
    }

    @Override
    public Alarm atLimit(Duration limit, Runnable action) {
        return after(limit, action);
    }

    @Override
    public <T> T call(Supplier<T> body) {
        return body.get();
    }

    /** Lets the time pass and runs every action that falls due, in order of time, then of arrival. */
    public void advance(Duration time) {
        Instant until = now.plus(time);
        while (!pending.isEmpty() && !pending.peek().at().isAfter(until)) {
            runNext();
        }
        passTo(until);
    }

    /**
     * Runs action after action until the goal holds.
     *
     * @throws IllegalStateException when nothing is pending any more, or the limit of virtual time has passed, and the
     *     goal does not hold
     */
    public void runUntil(BooleanSupplier goal, Duration limit) {
        Instant end = now.plus(limit);
        while (!goal.getAsBoolean()) {
            if (pending.isEmpty() || pending.peek().at().isAfter(end)) {
                throw new IllegalStateException(
                        "The goal was not reached by " + now + ", " + pending.size() + " actions still pending");
            }
            runNext();
        }
    }

    private void runNext() {
        Pending next = pending.remove();
        passTo(next.at());
        next.action().run();
        watcher.run();
    }

    private void passTo(Instant moment) {
        now = moment.isAfter(now) ? moment : now;
    }

    private record Pending(Instant at, long sequence, Runnable action) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
