package io.greenlane.validation.analysis;

import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Threshold;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reasons why nothing can be said, whatever the numbers are. */
final class Doubts {
    /** A larger share of answers that may not be green's makes the rest worth nothing. */
    static final double MOST_DOUBTED = 0.05;
    /** Blue's errors, where the rule sets no limit to green's. */
    private static final double MOST_ERRORS_OF_BLUE = 0.05;
    /** A larger share of requests that were begun late makes slow answers the generator's. */
    private static final double MOST_LATE = 0.01;

    private Doubts() {}

    /** Why green's numbers cannot carry a verdict; null when they can. */
    static @Nullable String ofGreen(AnalysisRule rule, Evidence evidence) {
        String doubted = greenDoubted(evidence);
        if (doubted != null) {
            return doubted;
        }
        Tally green = evidence.all(Side.GREEN);
        Ending ending = evidence.ending();
        if (ending != null && green.counted() < rule.minSamples()) {
            return ended(evidence, ending);
        }
        if (ending == null && !evidence.measured()) {
            return "the analysis was cut off after " + Words.number(evidence.begun()) + " of "
                    + Words.requests(evidence.planned());
        }
        if (green.counted() < rule.minSamples()) {
            return "only " + Words.requests(green.counted()) + " to green counted, and "
                    + Words.number(rule.minSamples())
                    + " are needed";
        }
        return null;
    }

    /** Why green's answers may be another version's, too many of them; null when they are green's. */
    static @Nullable String greenDoubted(Evidence evidence) {
        Tally green = evidence.all(Side.GREEN);
        int all = green.counted() + green.doubted();
        return green.doubted() > MOST_DOUBTED * all
                ? Words.number(green.doubted()) + " of " + Words.requests(all)
                        + " to green may have been answered by something else: " + green.doubt()
                : null;
    }

    /** That there is less than was planned, and why. */
    static String ended(Evidence evidence, Ending ending) {
        return "the analysis ended after " + Words.number(evidence.begun()) + " of "
                + Words.requests(evidence.planned()) + ": " + ending.reason();
    }

    /** Why blue's numbers are nothing to compare with; null when they are. */
    static @Nullable String ofBlue(AnalysisRule rule, Evidence evidence) {
        String unwell = blueUnwell(rule, evidence);
        if (unwell != null) {
            return unwell;
        }
        Tally blue = evidence.all(Side.BLUE);
        Ending ending = evidence.ending();
        if (blue.counted() < rule.minSamples()) {
            return ending != null
                    ? ended(evidence, ending)
                    : "only " + Words.requests(blue.counted()) + " to blue counted, and "
                            + Words.number(rule.minSamples()) + " are needed";
        }
        return null;
    }

    /** Why blue has failed too often itself; null when it has not. */
    static @Nullable String blueUnwell(AnalysisRule rule, Evidence evidence) {
        Tally blue = evidence.all(Side.BLUE);
        if (blue.counted() == 0) {
            return "there is no blue to compare with";
        }
        double limit = mostErrorsOfBlue(rule);
        if (blue.errors() > limit * blue.counted()) {
            return "blue itself is unwell: error rate " + Words.percent(blue.errorRate()) + " ("
                    + Words.number(blue.errors()) + " of " + Words.requests(blue.counted()) + ": " + Words.errors(blue)
                    + "), and more than " + Words.limit(limit) + " is no measure for green";
        }
        return null;
    }

    /** Why a threshold that green breaks is not green's fault; null when it is. */
    static @Nullable String ofBroken(Threshold threshold, double limit, Evidence evidence) {
        Tally blue = evidence.all(Side.BLUE);
        if (blue.counted() > 0) {
            Limits same = Limits.of(threshold.metric(), blue, limit, 0);
            if (same.over()) {
                return "blue breaks the same limit with " + Words.value(threshold.metric(), same.value())
                        + ", so it is not green's fault";
            }
        }
        int begun = evidence.begun() * (blue.counted() > 0 ? 2 : 1);
        if (threshold.metric() != Metric.ERROR_RATE && evidence.late() > MOST_LATE * begun) {
            return Words.requests(evidence.late()) + " began later than they were due (up to "
                    + Words.millis((double) evidence.latest().toMillis())
                    + "): the generator was too slow, perhaps not green";
        }
        return null;
    }

    /** The share of errors above which blue is unwell: what the rule allows of green, or 5 %. */
    static double mostErrorsOfBlue(AnalysisRule rule) {
        return rule.thresholds().stream().filter(one -> one.metric() == Metric.ERROR_RATE).map(Threshold::max)
                .filter(Objects::nonNull).findFirst().orElse(MOST_ERRORS_OF_BLUE);
    }
}
