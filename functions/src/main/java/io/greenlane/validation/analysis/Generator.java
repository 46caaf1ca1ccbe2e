package io.greenlane.validation.analysis;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Pace;
import io.greenlane.validation.analysis.Plan.Leg;
import io.greenlane.validation.analysis.Plan.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open-loop generator of load: a request begins when it is due, whether or not those before it were answered, and its latency counts
 * from then, so that a stall of the service, or of this program, shows in the latency of every request that was due in it (no
 * coordinated omission). At most {@value #MOST_IN_FLIGHT} requests to one listener are without an answer at a time; one that is
 * due beyond that is not begun, and is an error. Each listener has its own bound, so that a side that hangs takes nothing from the
 * other.
 */
final class Generator {
    static final int MOST_IN_FLIGHT = 500;
    /** How long after its time a request may take to say that its time is over. */
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Bench bench;
    private final List<Request> requests;
    private final Collector collector;
    private final Map<Side, AtomicInteger> inFlight = new EnumMap<>(Side.class);
    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

    Generator(Bench bench, List<Request> requests, Collector collector) {
        this.bench = bench;
        this.requests = requests;
        this.collector = collector;
        for (Side side : Side.values()) {
            inFlight.put(side, new AtomicInteger());
        }
    }

    /**
     * Sends what is due, and returns when everything that was begun has been collected.
     *
     * @param budget how long this may take; no request begins that could take longer
     * @param over asked before each step whether to end here
     */
    void run(Iterator<Step> steps, Duration budget, Predicate<Step> over) {
        Pace pace = bench.pace();
        Duration begin = pace.now();
        Duration longest = requests.stream().map(Request::timeout).reduce(Duration.ZERO,
                (one, other) -> one.compareTo(other) > 0 ? one : other).plus(GRACE);
        while (steps.hasNext() && defect.get() == null) {
            Step step = steps.next();
            Duration lastDue = step.legs().get(step.legs().size() - 1).due();
            if (lastDue.plus(longest).plus(LAST_LOOK).compareTo(budget) > 0 || over.test(step)) {
                break;
            }
            Collector.Pair pair = collector.begin(step);
            for (Leg leg : step.legs()) {
                Duration due = begin.plus(leg.due());
                Duration wait = due.minus(pace.now());
                if (wait.isPositive()) {
                    pace.pause(wait);
                }
                send(pair, leg, due);
            }
        }
        drain(longest);
    }

    private void send(Collector.Pair pair, Leg leg, Duration due) {
        AtomicInteger waiting = inFlight(leg.side());
        if (waiting.get() >= MOST_IN_FLIGHT) {
            collector.tooMany(pair, leg);
            return;
        }
        waiting.incrementAndGet();
        collector.sent(pair, leg);
        bench.pace().begin(() -> {
            try {
                Duration late = bench.pace().now().minus(due);
                Answer answer = bench.sender().send(listener(leg.side()), pair.request());
                collector.answered(pair, leg, answer, late, late.plus(answer.took()));
            } catch (RuntimeException | Error e) {
                defect.compareAndSet(null, e);
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private Listener listener(Side side) {
        return side == Side.GREEN ? bench.green() : Objects.requireNonNull(bench.blue(), "there is no blue");
    }

    private AtomicInteger inFlight(Side side) {
        return Objects.requireNonNull(inFlight.get(side));
    }

    private void drain(Duration longest) {
        Pace pace = bench.pace();
        Duration end = pace.now().plus(longest);
        while (inFlight.values().stream().anyMatch(count -> count.get() > 0) && pace.now().compareTo(end) < 0) {
            pace.pause(LOOK_AGAIN);
        }
        switch (defect.get()) {
            case null -> collector.end(longest);
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
