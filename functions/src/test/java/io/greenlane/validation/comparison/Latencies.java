package io.greenlane.validation.comparison;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Latencies drawn from a distribution that looks like a web service's. */
final class Latencies {
    private Latencies() {}

    /**
     * Lognormal, in milliseconds.
     *
     * @param spread standard deviation of the logarithm: 0.3 is a steady service, 1 a very uneven one
     */
    static double[] of(RandomGenerator random, int samples, double median, double spread) {
        return DoubleStream.generate(() -> median * Math.exp(spread * random.nextGaussian())).limit(samples).toArray();
    }
}
