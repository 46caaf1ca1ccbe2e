package io.greenlane.validation.comparison;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether green fails more often than blue by more than is allowed. With no increase allowed: Fisher's exact test. With one
 * allowed: the score test of Farrington and Manning, by the normal approximation where there are many failures, and exactly,
 * at the least favourable rate of blue, where there are few. The interval is Newcombe's, from those of Wilson.
 */
public final class Proportions {
    /** Fewer samples than this on either side are too few. */
    public static final int LEAST = 20;
    /** Growth by this share more than allowed must be found. */
    private static final double ZONE = 0.01;
    /** With fewer failures than this on both sides together the test is exact. */
    private static final int FEW = 100;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final FisherExactTest FISHER = FisherExactTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN);

    private Proportions() {}

    /** Of so many answers so many failed. */
    public record Share(int failed, int of) {
        public Share {
            if (failed < 0 || of < failed) {
                throw new IllegalArgumentException("From 0 to all of the answers failed, got " + failed + " of " + of);
            }
        }

        /** From 0 to 1. */
        public double rate() {
            return of == 0 ? 0 : (double) failed / of;
        }
    }

    /**
     * Compares.
     *
     * @param maxIncrease by how much green's share of failures may exceed blue's: 0.005 is half a percentage point
     * @param confidence of the interval around the difference
     */
    public static Comparison compare(Share blue, Share green, double maxIncrease, double confidence) {
        int samples = Math.min(blue.of(), green.of());
        if (samples == 0) {
            return new Comparison(0, LEAST, 1, 1, blue.rate(), green.rate(), 0, -1, 1, confidence, "two proportions");
        }
        double z = NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
        return new Comparison(samples, LEAST, p(blue, green, maxIncrease), beyond(blue, green, mark(maxIncrease)),
                blue.rate(), green.rate(), green.rate() - blue.rate(), -excess(blue, green, z), excess(green, blue, z),
                confidence, method(blue, green, maxIncrease));
    }

    private static double mark(double maxIncrease) {
        return maxIncrease + Math.max(maxIncrease, ZONE);
    }

    private static String method(Share blue, Share green, double maxIncrease) {
        if (maxIncrease == 0) {
            return "two proportions (Fisher, exact)";
        }
        return few(blue, green) ? "two proportions (score, exact)" : "two proportions (score, normal approximation)";
    }

    private static boolean few(Share blue, Share green) {
        return blue.failed() + green.failed() < FEW;
    }

    private static double p(Share blue, Share green, double maxIncrease) {
        if (green.rate() - blue.rate() <= maxIncrease) {
            return 1;
        }
        if (maxIncrease == 0) {
            return FISHER.test(new int[][]{{green.failed(), green.of() - green.failed()},
                    {blue.failed(), blue.of() - blue.failed()}}).getPValue();
        }
        return few(blue, green)
                ? exact(blue, green, maxIncrease)
                : NORMAL.survivalProbability(score(blue, green, maxIncrease));
    }

    /** One-sided: the chance that is left outside an interval that just reaches the mark. */
    private static double beyond(Share blue, Share green, double mark) {
        double low = 0;
        double high = 40;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (excess(green, blue, middle) < mark) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return NORMAL.survivalProbability(low);
    }

    /** Upper end, at z standard deviations, of how much more often the one fails than the other. */
    private static double excess(Share one, Share other, double z) {
        double up = wilson(one, z) - one.rate();
        double down = other.rate() - wilson(other, -z);
        return one.rate() - other.rate() + Math.sqrt(up * up + down * down);
    }

    private static double wilson(Share share, double z) {
        double n = share.of();
        double p = share.rate();
        return (p + z * z / (2 * n) + z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);
    }

    /** By how many standard deviations the difference exceeds the increase, with the deviation as it is if the limit is just kept. */
    static double score(Share blue, Share green, double increase) {
        double ofBlue = rateAtLimit(blue, green, increase);
        double ofGreen = ofBlue + increase;
        double variance = ofBlue * (1 - ofBlue) / blue.of() + ofGreen * (1 - ofGreen) / green.of();
        return (green.rate() - blue.rate() - increase) / Math.sqrt(variance);
    }

    /** Blue's most likely rate if green's is just the increase above it: the root of the likelihood's slope, by halving. */
    private static double rateAtLimit(Share blue, Share green, double increase) {
        double low = 0;
        double high = 1 - increase;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double slope = slope(blue, middle) + slope(green, middle + increase);
            if (slope > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double slope(Share share, double rate) {
        return share.failed() / rate - (share.of() - share.failed()) / (1 - rate);
    }

    /** The largest chance, over all rates that blue may have, of a score of at least this one if the limit is just kept. */
    private static double exact(Share blue, Share green, double increase) {
        double seen = score(blue, green, increase) - 1e-9;
        int most = Math.min(blue.of(), 4 * FEW);
        int[] needed = new int[most + 1];
        int from = 0;
        for (int failed = 0; failed <= most; failed++) {
            while (from <= green.of()
                    && score(new Share(failed, blue.of()), new Share(from, green.of()), increase) < seen) {
                from++;
            }
            needed[failed] = from;
        }
        double highest = 2.0 * FEW / Math.min(blue.of(), green.of());
        double worst = 0;
        for (int step = 0; step <= 200; step++) {
            double rate = Math.min(highest * step * step / 40_000, 1 - increase);
            worst = Math.max(worst, chance(needed, blue.of(), green.of(), rate, rate + increase));
        }
        return Math.min(1, worst);
    }

    private static double chance(int[] needed, int ofBlue, int ofGreen, double rateOfBlue, double rateOfGreen) {
        BinomialDistribution blue = BinomialDistribution.of(ofBlue, rateOfBlue);
        BinomialDistribution green = BinomialDistribution.of(ofGreen, rateOfGreen);
        int last = Math.min(needed.length - 1, blue.inverseSurvivalProbability(1e-9));
        double sum = 0;
        for (int failed = Math.max(0, blue.inverseCumulativeProbability(1e-9) - 1); failed <= last; failed++) {
            sum += blue.probability(failed) * green.survivalProbability(needed[failed] - 1);
        }
        return sum;
    }
}
