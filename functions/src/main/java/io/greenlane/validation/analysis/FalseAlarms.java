package io.greenlane.validation.analysis;

import io.greenlane.validation.rules.AnalysisRule.Baseline;
import org.jspecify.annotations.Nullable;

/**
 * How the chance of a false alarm that a baseline allows is shared out: between numbers and what answers hold, and in each of them
 * between the two looks before the end and the end. What answers hold takes a fifth: it is proved by so many answers, or
 * never. Its end is judged with half of its share, since requests may be asked again because of what was seen by then. All
 * together are not above what the baseline allows.
 */
final class FalseAlarms {
    private static final double CONTENTS = 0.2;
    private static final double A_LOOK = 0.1;
    private static final double THE_END = 0.8;

    private FalseAlarms() {}

    /** The confidence with which numbers are judged. */
    static double confidenceOfNumbers(Baseline baseline, @Nullable Ending ending) {
        double chance = 1 - baseline.confidence() - (baseline.comparesAnswers() ? ofContents(baseline) : 0);
        return 1 - chance * share(ending);
    }

    /** The chance of a false alarm in what answers hold, over the whole analysis. */
    static double ofContents(Baseline baseline) {
        return (1 - baseline.confidence()) * (baseline.increases().isEmpty() ? 1 : CONTENTS);
    }

    /**
     * The confidence with which it is judged what answers hold.
     *
     * @param chance of a false alarm over the whole analysis
     */
    static double confidenceOfContents(double chance, @Nullable Ending ending) {
        return 1 - chance * (ending == null ? THE_END / 2 : share(ending));
    }

    private static double share(@Nullable Ending ending) {
        return ending == Ending.LOOK ? A_LOOK : THE_END;
    }
}
