package io.greenlane.validation.comparison;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Whether pairs that differ do so in one direction: where both sides are alike, either direction is as likely. */
public final class SignTest {
    private SignTest() {}

    /**
     * The chance of so many pairs in one direction, or more, where both are as likely; exact.
     *
     * @param one pairs that differ in the direction that is asked for
     * @param other pairs that differ in the other one
     */
    public static double chance(int one, int other) {
        return BinomialDistribution.of(one + other, 0.5).survivalProbability(one - 1);
    }
}
