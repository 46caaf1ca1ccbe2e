package io.greenlane.validation.analysis;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Response;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.Routing;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Increase;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Places;
import io.greenlane.validation.rules.AnalysisRule.Threshold;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two listeners in virtual time whose answers are written in the test. */
final class Lab {
    static final Listener GREEN = new Listener(false, "green.example.test", 8080);
    static final Listener BLUE = new Listener(false, "blue.example.test", 80);
    static final Request PRODUCTS = request("/api/products");

    final Time time = new Time();
    final List<Asked> asked = new ArrayList<>();
    final Random random = new Random(11);
    Script green = (request, at) -> ok(40);
    Script blue = (request, at) -> ok(40);
    Routing routing = () -> null;
    Traffic traffic = new Traffic(place(40), List.of(PRODUCTS), 25, Duration.ofSeconds(60), Duration.ZERO);
    /** One that is always above its warning, so that no verdict stands before the end. */
    List<Threshold> thresholds = List.of(threshold(41, Metric.LATENCY_P50, 0.001, null));
    @Nullable
    Baseline baseline;
    boolean blueThere = true;
    int minSamples = 500;
    Result whenInconclusive = Result.INCONCLUSIVE;

    /** What a listener answers to a request that is sent at a time since the begin. */
    interface Script {
        Answer answer(Request request, Duration at);
    }

    record Asked(Listener listener, Request request, Duration at) {}

    static Request request(String target) {
        return new Request("GET", target, Map.of(), null, Duration.ofSeconds(3));
    }

    static Place place(int line) {
        return new Place("validation.yaml", line, 5);
    }

    static Response ok(double millis) {
        return status(200, millis);
    }

    static Response status(int status, double millis) {
        return new Response(status, Map.of("content-type", List.of("application/json")), "{\"items\":[1,2]}", false,
                Duration.ofNanos((long) (millis * 1e6)));
    }

    /** Latencies as of a real service: many near the middle, some much longer. */
    double about(double median) {
        return median * Math.exp(0.25 * random.nextGaussian());
    }

    static Threshold threshold(int line, Metric metric, @Nullable Double warn, @Nullable Double max) {
        return new Threshold(place(line), metric, warn, max);
    }

    static Baseline baseline(Increase... increases) {
        return new Baseline(place(50), 0.99, 100, List.of(increases), Set.of("content-type"), true, true, Set.of(),
                new Places(place(54), place(55), place(56)));
    }

    static Increase increase(int line, Metric metric, double max, double ignoreBelow) {
        return new Increase(place(line), metric, max, ignoreBelow);
    }

    AnalysisRule rule() {
        return new AnalysisRule("side-by-side", place(38), true, traffic, minSamples, thresholds, baseline,
                whenInconclusive);
    }

    Analysis analysis() {
        Sender sender = (listener, request) -> {
            Duration at = time.now().minus(Time.BEGIN);
            synchronized (asked) {
                asked.add(new Asked(listener, request, at));
            }
            return (listener.equals(GREEN) ? green : blue).answer(request, at);
        };
        Bench bench = new Bench(sender, GREEN, baseline == null || !blueThere ? null : BLUE, () -> routing.doubt(),
                time,
                new Random(7));
        return new Analysis(rule(), bench, new GreenProof(bench, null, Duration.ZERO, Duration.ZERO));
    }

    Evidence gather() {
        return analysis().gather(null, Duration.ofHours(1));
    }

    List<Finding> judge(Evidence evidence) {
        return analysis().judge(evidence);
    }

    Finding finding(String name) {
        return judge(gather()).stream().filter(one -> one.rule().equals("analyses.side-by-side." + name)).findFirst()
                .orElseThrow();
    }

    /** Time that passes only in pauses; work begins at once, or when the test says so. */
    static final class Time implements Pace {
        static final Duration BEGIN = Duration.ofHours(7);
        private Duration now = BEGIN;
        Duration overshoot = Duration.ZERO;
        @Nullable
        List<Runnable> held;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now = now.plus(duration).plus(overshoot);
            overshoot = Duration.ZERO;
        }

        @Override
        public void begin(Runnable work) {
            if (held == null) {
                work.run();
            } else {
                held.add(work);
            }
        }
    }
}
