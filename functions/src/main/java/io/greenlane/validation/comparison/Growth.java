package io.greenlane.validation.comparison;

/**
 * How much a latency may grow.
 *
 * @param max as a share of blue's: 0.1 is 10 % more
 * @param ignoreBelow growth smaller than this, in the unit of the samples, never matters
 */
public record Growth(double max, double ignoreBelow) {
    /** The zone beyond the limit is at least this share of blue's latency wide: less than it need not be found. */
    private static final double ZONE = 0.1;

    public Growth {
        if (!(max >= 0) || !(ignoreBelow >= 0)) {
            throw new IllegalArgumentException(
                    "A latency may grow by 0 or more, got " + max + " and at least " + ignoreBelow);
        }
    }

    /** The highest latency that is still allowed where blue shows this one. */
    double limit(double blue) {
        return Math.max(blue * (1 + max), blue + ignoreBelow);
    }

    /** The latency that must be found where blue shows this one. */
    double mark(double blue) {
        return Math.max(blue * (1 + max + Math.max(max, ZONE)), blue + 2 * ignoreBelow);
    }
}
