package io.greenlane.sample;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the API works on an answer: lognormal with a median of 40 ms and a sigma of 0.25, so that nineteen of twenty answers
 * take 26 to 60 ms, as answers of a service that asks a database do.
 */
final class WorkTime {
    private static final double MEDIAN_MILLIS = 40;
    private static final double SIGMA = 0.25;
    private static final double SLOW = 1.2;
    private static final double SLOWER = 1.5;
    /** So many requests later an answer takes twice as long. */
    private static final double REQUESTS_UNTIL_DOUBLED = 2_000;
    private static final double SLOWEST = 4;
    private static final double NANOS_PER_MILLI = 1e6;

    private WorkTime() {}

    static Duration of(Behaviour behaviour, long served, RandomGenerator random) {
        double factor = switch (behaviour) {
            case SLOW -> SLOW;
            case SLOWER -> SLOWER;
            case MEMORY_GROWTH -> Math.min(SLOWEST, 1 + served / REQUESTS_UNTIL_DOUBLED);
            default -> 1;
        };
        double millis = MEDIAN_MILLIS * Math.exp(SIGMA * random.nextGaussian()) * factor;
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }
}
