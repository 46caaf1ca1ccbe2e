package io.greenlane.validation.comparison;

/**
 * Green against blue in one metric. Between the limit, which green must keep, and the mark beyond it that must be found lies
 * a zone where neither answer is an error; outside it both kinds of error have a stated rate: green within the limit is
 * called worse at most as often as the level says, green beyond the mark is called not worse at most as often as
 * {@link #MISSED} says.
 *
 * @param samples of blue and of green, the smaller number
 * @param least fewer samples than this are too few
 * @param withinLimit chance of seeing this, or worse, if green just kept the limit: the p-value that is compared with a level
 * @param beyondMark chance of seeing this, or better, if green were as far beyond the limit as must be found
 * @param blue what blue shows: a latency in its unit, or a share from 0 to 1
 * @param green the same of green
 * @param increase best estimate of the growth: of a latency as a share of blue's (0.2 is 20 % more), of an error rate the
 *     difference of the shares
 * @param lowest lower end of the interval that holds the true growth with {@code confidence}
 * @param highest upper end of that interval
 * @param confidence of the interval, 0 to 1
 * @param method the test, as it stands in a report
 */
public record Comparison(int samples, int least, double withinLimit, double beyondMark, double blue, double green,
        double increase, double lowest, double highest, double confidence, String method) {
    /** How often, at most, growth that must be found is called not worse. */
    public static final double MISSED = 0.05;

    /**
     * What can be said.
     *
     * @param level how often, at most, green that keeps the limit may be called worse; from {@link Holm} where several metrics
     *     are looked at
     */
    public Judgement at(double level) {
        if (samples < least) {
            return Judgement.TOO_FEW;
        }
        if (withinLimit <= level) {
            return Judgement.WORSE;
        }
        return beyondMark <= MISSED ? Judgement.NOT_WORSE : Judgement.UNDECIDED;
    }
}
