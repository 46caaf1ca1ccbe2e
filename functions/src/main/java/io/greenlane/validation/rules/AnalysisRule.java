package io.greenlane.validation.rules;

import io.greenlane.probe.Request;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Traffic for a time, and what its answers must be taken together.
 *
 * @param name in the file
 * @param enforced false for a trial rule
 * @param minSamples with fewer answers of green nothing can be said
 * @param baseline how green must compare with blue; null for no comparison
 * @param whenInconclusive what an inconclusive finding counts as: INCONCLUSIVE unless the file says otherwise
 */
public record AnalysisRule(String name, Place place, boolean enforced, Traffic traffic, int minSamples,
        List<Threshold> thresholds, @Nullable Baseline baseline, Result whenInconclusive) {
    public AnalysisRule {
        thresholds = List.copyOf(thresholds);
    }

    /**
     * The requests.
     *
     * @param requests taken in random order
     * @param perSecond to each listener, by intended start times
     * @param duration without the warm-up
     * @param warmUp whose answers are kept apart
     */
    public record Traffic(Place place, List<Request> requests, double perSecond, Duration duration, Duration warmUp) {
        public Traffic {
            requests = List.copyOf(requests);
        }
    }

    /** What is measured. */
    public enum Metric {
        /** Answers of 500 and above, and no answers, as a share from 0 to 1. */
        ERROR_RATE("error_rate"),
        /** The whole distribution of latencies; only to compare. */
        LATENCY("latency"),
        /** Median, in milliseconds. */
        LATENCY_P50("latency_p50"),
        /** In milliseconds. */
        LATENCY_P90("latency_p90"),
        /** In milliseconds. */
        LATENCY_P95("latency_p95"),
        /** In milliseconds. */
        LATENCY_P99("latency_p99");

        private final String word;

        Metric(String word) {
            this.word = word;
        }

        /** As it stands in the file. */
        public String word() {
            return word;
        }
    }

    /**
     * A limit of its own.
     *
     * @param warn in the metric's unit; null for none
     * @param max in the metric's unit; null for none
     */
    public record Threshold(Place place, Metric metric, @Nullable Double warn, @Nullable Double max) {}

    /**
     * How green must compare with blue.
     *
     * @param confidence of the whole comparison, 0 to 1: the chance of no false alarm when both are the same
     * @param learn pairs of requests to blue alone from which noise is learnt first
     * @param increases limits on what may grow
     * @param headers names in small letters that must be the same
     * @param status whether the status must be the same
     * @param bodies whether JSON bodies must be the same in shape and values
     * @param ignore JSONPaths that are left out
     * @param places where the file speaks of what answers hold
     */
    public record Baseline(Place place, double confidence, int learn, List<Increase> increases, Set<String> headers,
            boolean status, boolean bodies, Set<String> ignore, Places places) {
        public Baseline {
            increases = List.copyOf(increases);
            headers = Set.copyOf(headers);
            ignore = Set.copyOf(ignore);
        }

        /** Whether anything of what answers hold is compared. */
        public boolean comparesAnswers() {
            return status || bodies || !headers.isEmpty();
        }
    }

    /** Where the comparisons of status, headers and bodies stand: their own lines, or that of {@code compare} or {@code baseline}. */
    public record Places(Place status, Place headers, Place bodies) {}

    /**
     * How much a metric may grow from blue to green.
     *
     * @param max of latencies a share of blue's (0.2 is 20 % more), of the error rate percentage points as a share (0.005 is 0.5 points)
     * @param ignoreBelow growth smaller than this, in the metric's unit, never matters
     */
    public record Increase(Place place, Metric metric, double max, double ignoreBelow) {}
}
