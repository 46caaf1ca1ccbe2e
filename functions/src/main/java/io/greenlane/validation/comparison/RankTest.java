package io.greenlane.validation.comparison;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Whether green is slower than blue by more than is allowed, over the whole distribution: the one-sided test of Mann and
 * Whitney of green against blue with each latency of blue raised to its limit. Exact for up to 50 samples without ties, normal
 * approximation with correction for ties and continuity above.
 *
 * <p>The rate of false alarms holds for every green whose latencies are not stochastically above blue's raised ones, and for
 * independent samples; an image that is the same as blue's is far inside of that. The estimate is the median over all pairs of
 * green's latency divided by blue's (Hodges and Lehmann, on the scale of ratios), and its interval is the test turned round.
 */
public final class RankTest {
    /** Fewer samples than this on either side are too few. */
    public static final int LEAST = 50;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final MannWhitneyUTest TEST = MannWhitneyUTest.withDefaults();
    /** Latencies below this count as this, so that a ratio is always a number. */
    private static final double SMALLEST = 1e-9;

    private RankTest() {}

    /**
     * Compares latencies in the same unit, in any order.
     *
     * @param confidence of the interval around the estimate
     */
    public static Comparison compare(double[] blue, double[] green, Growth allowed, double confidence) {
        int samples = Math.min(blue.length, green.length);
        if (samples == 0) {
            return new Comparison(0, LEAST, 1, 1, 0, 0, 0, -1, Double.POSITIVE_INFINITY, confidence, "rank test");
        }
        Ratios ratios = new Ratios(sorted(blue), sorted(green));
        double half = NORMAL.inverseSurvivalProbability((1 - confidence) / 2) * ratios.deviation();
        return new Comparison(samples, LEAST,
                p(blue, green, allowed::limit, AlternativeHypothesis.GREATER_THAN),
                p(blue, green, allowed::mark, AlternativeHypothesis.LESS_THAN),
                Quantiles.of(blue, 0.5), Quantiles.of(green, 0.5), ratios.at(ratios.pairs() / 2) - 1,
                ratios.at(ratios.pairs() / 2 - half) - 1, ratios.at(ratios.pairs() / 2 + half) - 1, confidence,
                "rank test (Mann-Whitney)");
    }

    private static double p(double[] blue, double[] green, DoubleUnaryOperator raised, AlternativeHypothesis than) {
        return TEST.with(than).test(green, Arrays.stream(blue).map(raised).toArray()).getPValue();
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).map(value -> Math.max(value, SMALLEST)).sorted().toArray();
    }

    /** All ratios of a latency of green to one of blue, counted without being written down. */
    private static final class Ratios {
        private static final int HALVINGS = 60;
        private final double[] blue;
        private final double[] green;

        /** Takes both in ascending order. */
        Ratios(double[] blue, double[] green) {
            this.blue = blue;
            this.green = green;
        }

        double pairs() {
            return (double) blue.length * green.length;
        }

        /** Standard deviation of the number of ratios below 1 when both sides are the same. */
        double deviation() {
            return Math.sqrt(pairs() * (blue.length + green.length + 1) / 12);
        }

        /** The ratio that so many of all are not above. */
        double at(double rank) {
            double low = green[0] / blue[blue.length - 1];
            double high = green[green.length - 1] / blue[0];
            for (int i = 0; i < HALVINGS && low < high; i++) {
                double middle = Math.sqrt(low) * Math.sqrt(high);
                if (notAbove(middle) < rank) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }

        private double notAbove(double ratio) {
            long count = 0;
            int below = 0;
            for (double one : blue) {
                while (below < green.length && green[below] <= one * ratio) {
                    below++;
                }
                count += below;
            }
            return count;
        }
    }
}
