package io.greenlane.validation.comparison;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether one quantile of green's latencies, such as p95, is above blue's by more than is allowed. Each latency of blue is
 * raised to its limit; of both sides together the quantile is taken; who reaches it more often is settled by Fisher's exact
 * test on the two counts. Nothing is assumed about the shape of the distributions.
 */
public final class Quantiles {
    /** So many latencies must be expected above the quantile. */
    private static final int LEAST_ABOVE = 10;
    private static final int LEAST = 50;
    private static final FisherExactTest TEST = FisherExactTest.withDefaults();

    private Quantiles() {}

    /** The smallest value that at least that share of all is not above; NaN of nothing. */
    public static double of(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[rank(sorted.length, share)];
    }

    private static int rank(int length, double share) {
        return Math.clamp((long) Math.ceil(length * share - 1e-9) - 1, 0, length - 1);
    }

    /** Fewer samples than this on either side are too few for this quantile. */
    public static int least(double share) {
        return Math.max(LEAST, (int) Math.ceil(LEAST_ABOVE / (1 - share) - 1e-9));
    }

    /**
     * Compares latencies in the same unit, in any order.
     *
     * @param share which quantile: 0.95 for p95
     * @param confidence of the interval around the estimate, which is wider than it need be
     */
    public static Comparison compare(double[] blue, double[] green, double share, Growth allowed, double confidence) {
        int samples = Math.min(blue.length, green.length);
        String method = "exceedance of the quantile (Fisher)";
        if (samples == 0) {
            return new Comparison(0, least(share), 1, 1, 0, 0, 0, -1, Double.POSITIVE_INFINITY, confidence, method);
        }
        double[] ofBlue = interval(blue, share, Math.sqrt(confidence));
        double[] ofGreen = interval(green, share, Math.sqrt(confidence));
        return new Comparison(samples, least(share),
                p(blue, green, share, allowed::limit, AlternativeHypothesis.GREATER_THAN),
                p(blue, green, share, allowed::mark, AlternativeHypothesis.LESS_THAN),
                of(blue, share), of(green, share), growth(of(green, share), of(blue, share)),
                growth(ofGreen[0], ofBlue[1]), growth(ofGreen[1], ofBlue[0]), confidence, method);
    }

    private static double growth(double green, double blue) {
        return green / Math.max(blue, 1e-9) - 1;
    }

    private static double p(double[] blue, double[] green, double share, DoubleUnaryOperator raised,
            AlternativeHypothesis more) {
        double[] both = new double[blue.length + green.length];
        double[] raisedBlue = Arrays.stream(blue).map(raised).toArray();
        System.arraycopy(raisedBlue, 0, both, 0, blue.length);
        System.arraycopy(green, 0, both, blue.length, green.length);
        double mark = of(both, share);
        int reached = reached(green, mark);
        int reachedByBlue = reached(raisedBlue, mark);
        return TEST.with(more).test(new int[][]{{reached, green.length - reached},
                {reachedByBlue, blue.length - reachedByBlue}}).getPValue();
    }

    private static int reached(double[] values, double mark) {
        return (int) Arrays.stream(values).filter(value -> value >= mark).count();
    }

    /** Order statistics that hold the quantile between them. */
    private static double[] interval(double[] values, double share, double confidence) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        BinomialDistribution below = BinomialDistribution.of(sorted.length, share);
        int low = below.inverseCumulativeProbability((1 - confidence) / 2) - 1;
        int high = below.inverseCumulativeProbability((1 + confidence) / 2);
        return new double[]{sorted[Math.clamp(low, 0, sorted.length - 1)],
                sorted[Math.clamp(high, 0, sorted.length - 1)]};
    }
}
