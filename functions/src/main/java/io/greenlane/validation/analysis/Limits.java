package io.greenlane.validation.analysis;

import io.greenlane.validation.rules.AnalysisRule.Metric;

/**
 * Whether a metric is above a limit, and whether it would stay so, or stay below, whatever the answers that are still to come.
 *
 * @param value of the metric now, in its unit
 * @param samples how many it rests on
 * @param over whether it is above the limit
 * @param surelyOver whether it will be at the end, even if all that is to come is good
 * @param surelyKept whether it will not be at the end, even if all that is to come is bad
 */
record Limits(double value, int samples, boolean over, boolean surelyOver, boolean surelyKept) {
    /**
     * Looks at one side.
     *
     * @param toCome how many answers are still to come at most
     */
    static Limits of(Metric metric, Tally tally, double limit, int toCome) {
        if (metric == Metric.ERROR_RATE) {
            int counted = tally.counted();
            int bad = tally.errors();
            return new Limits(tally.errorRate(), counted, bad > limit * counted, bad > limit * (counted + toCome),
                    bad + toCome <= limit * (counted + toCome));
        }
        double share = share(metric);
        int count = tally.latencies().count();
        int bad = tally.latencies().longerThan(limit);
        int allowed = count - (int) Math.ceil(share * count);
        int allowedAtEnd = count + toCome - (int) Math.ceil(share * (count + toCome));
        return new Limits(tally.latencies().millis(share), count, bad > allowed, bad > allowedAtEnd,
                bad + toCome <= allowedAtEnd);
    }

    /** Which share of the latencies a metric is about. */
    static double share(Metric metric) {
        return switch (metric) {
            case LATENCY_P50, LATENCY -> 0.5;
            case LATENCY_P90 -> 0.9;
            case LATENCY_P95 -> 0.95;
            case LATENCY_P99 -> 0.99;
            case ERROR_RATE -> throw new IllegalArgumentException("the error rate is no latency");
        };
    }
}
