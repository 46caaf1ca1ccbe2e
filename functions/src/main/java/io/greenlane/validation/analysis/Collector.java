package io.greenlane.validation.analysis;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.probe.Answer.Response;
import io.greenlane.probe.Request;
import io.greenlane.validation.Pace;
import io.greenlane.validation.analysis.Plan.Leg;
import io.greenlane.validation.analysis.Plan.Phase;
import io.greenlane.validation.analysis.Plan.Step;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.difference.Content;
import io.greenlane.validation.difference.ContentReader;
import io.greenlane.validation.difference.PairComparison;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers where they count, from many threads. An answer of green counts once a look at the routing that is later than the answer
 * has shown no doubt: what came since the last good look is in doubt together with the answer that raised it.
 */
final class Collector {
    /** How old the look at the routing may be that {@link GreenProof#doubt} rests on. */
    private static final Duration LOOKED_WITHIN = Duration.ofSeconds(1);
    private static final Duration CLEARLY_LATE = Duration.ofMillis(50);

    private final List<Request> requests;
    private final @Nullable ContentReader reader;
    private final PairComparison comparison;
    private final GreenProof proof;
    private final Pace pace;
    private final Evidence evidence;
    private final Map<Leg, Pair> waiting = new LinkedHashMap<>();
    private final Deque<Arrival> unconfirmed = new ArrayDeque<>();
    private boolean closed;

    Collector(AnalysisRule rule, GreenProof proof, Pace pace, Evidence evidence) {
        Baseline baseline = rule.baseline();
        this.requests = rule.traffic().requests();
        this.reader = baseline == null || !baseline.comparesAnswers() ? null : new ContentReader(baseline);
        this.comparison = new PairComparison(evidence.counted());
        this.proof = proof;
        this.pace = pace;
        this.evidence = evidence;
    }

    synchronized Pair begin(Step step) {
        if (!step.again()) {
            evidence.stepped(step.phase());
        }
        return new Pair(step, requests.get(step.request()));
    }

    synchronized void sent(Pair pair, Leg leg) {
        waiting.put(leg, pair);
    }

    synchronized void tooMany(Pair pair, Leg leg) {
        tally(pair, leg).addTooManyInFlight();
        if (pair.step.phase() == Phase.MEASURE) {
            evidence.course().add(leg.side(), pair.step.position(), Duration.ZERO, true);
        }
    }

    /**
     * Takes an answer.
     *
     * @param late how much later than due the request was begun
     * @param latency from when the request was due
     */
    void answered(Pair pair, Leg leg, Answer answer, Duration late, Duration latency) {
        Arrival arrival = new Arrival(pace.now(), pair, leg, answer, latency, content(pair, answer));
        boolean counts = leg.side() == Side.GREEN && pair.step.phase() != Phase.WARM_UP;
        String doubt = counts ? proof.doubt(answer) : null;
        synchronized (this) {
            if (closed || waiting.remove(leg) == null) {
                return;
            }
            if (late.compareTo(CLEARLY_LATE) > 0) {
                evidence.begunLate(late);
            }
            if (!counts) {
                count(arrival);
            } else {
                unconfirmed.add(arrival);
                if (doubt == null) {
                    confirm(arrival.at().minus(LOOKED_WITHIN));
                } else {
                    doubt(doubt);
                }
            }
        }
    }

    /** Read before others are kept waiting; null of what is not compared. */
    private @Nullable Content content(Pair pair, Answer answer) {
        return reader == null || pair.step.phase() == Phase.WARM_UP || pair.step.legs().size() < 2
                ? null
                : reader.read(answer);
    }

    private void confirm(Duration until) {
        while (!unconfirmed.isEmpty() && unconfirmed.peek().at().compareTo(until) <= 0) {
            count(unconfirmed.remove());
        }
    }

    private void doubt(String why) {
        unconfirmed.forEach(arrival -> tally(arrival.pair(), arrival.leg()).addDoubted(why));
        unconfirmed.clear();
    }

    private void count(Arrival arrival) {
        Pair pair = arrival.pair();
        tally(pair, arrival.leg()).add(arrival.answer(), arrival.latency());
        if (pair.step.phase() == Phase.MEASURE) {
            boolean error = !(arrival.answer() instanceof Response response) || response.status() >= 500;
            evidence.course().add(arrival.leg().side(), pair.step.position(), arrival.latency(), error);
        }
        Arrival first = pair.first;
        if (first == null) {
            pair.first = arrival;
        } else {
            compare(pair, first, arrival);
        }
    }

    private void compare(Pair pair, Arrival first, Arrival second) {
        Content one = first.content();
        Content other = second.content();
        if (one == null || other == null) {
            return;
        }
        String request = pair.request.line();
        if (first.leg().side() == second.leg().side()) {
            comparison.learn(request, one, other);
        } else if (first.leg().side() == Side.BLUE) {
            comparison.compare(request, one, other);
        } else {
            comparison.compare(request, other, one);
        }
    }

    private Tally tally(Pair pair, Leg leg) {
        return pair.step.phase() == Phase.MEASURE
                ? evidence.tally(leg.side(), pair.request.line())
                : evidence.warmUp(leg.side());
    }

    /** All that counts by now. */
    synchronized Evidence snapshot() {
        return evidence.copy();
    }

    /** All that counts by now if that ends the analysis, else null; a copy is made only then. */
    synchronized @Nullable Evidence endedBy(Function<Evidence, @Nullable Ending> question) {
        Ending ending = question.apply(evidence);
        return ending == null ? null : evidence.copy().ended(ending);
    }

    /**
     * Ends the collecting: what is still without an answer has none, and a last look is taken at the routing.
     *
     * @param waited how long the last one was waited for
     */
    void end(Duration waited) {
        Nothing nothing = new Nothing(Fault.TIMED_OUT, "There was no answer in time", waited);
        Map<Leg, Pair> left;
        boolean look;
        synchronized (this) {
            left = new LinkedHashMap<>(waiting);
        }
        left.forEach((leg, pair) -> answered(pair, leg, nothing, Duration.ZERO, waited));
        synchronized (this) {
            look = !unconfirmed.isEmpty();
        }
        if (look) {
            pace.pause(LOOKED_WITHIN.plusMillis(1));
            String doubt = proof.doubt(nothing);
            synchronized (this) {
                if (doubt == null) {
                    confirm(pace.now());
                } else {
                    doubt(doubt);
                }
            }
        }
        synchronized (this) {
            closed = true;
        }
    }

    private record Arrival(Duration at, Pair pair, Leg leg, Answer answer, Duration latency,
            @Nullable Content content) {}

    /** The same request to two listeners, or to blue twice, or to green alone. */
    static final class Pair {
        private final Step step;
        private final Request request;
        /** The one that counted first. */
        private @Nullable Arrival first;

        private Pair(Step step, Request request) {
            this.step = step;
            this.request = request;
        }

        Request request() {
            return request;
        }
    }
}
