package io.greenlane.validation.analysis;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the rules of an analysis say what they found. */
final class Findings {
    private Findings() {}

    /**
     * A finding of an analysis.
     *
     * @param name after the analysis' own
     * @param told what was expected and seen, without a full stop
     * @param unsure why nothing can be said; null when something can
     */
    static Finding of(AnalysisRule rule, String name, Place place, Result result, String told, @Nullable String unsure,
            String expected, String seen, int samples, @Nullable Double confidence) {
        return new Finding("analyses." + rule.name() + "." + name, place, result, rule.enforced(),
                told + (unsure == null ? "" : ": inconclusive, since " + unsure) + ".", expected, seen, samples,
                confidence);
    }

    /** What a finding counts as: the rule may say that an inconclusive one is something else. */
    static Finding counted(AnalysisRule rule, Finding finding) {
        Result counted = rule.whenInconclusive();
        return finding.result() != Result.INCONCLUSIVE || counted == Result.INCONCLUSIVE
                ? finding
                : new Finding(finding.rule(), finding.place(), counted, finding.enforced(), finding.sentence()
                        + " It counts as " + counted.name().toLowerCase(Locale.ROOT) + " (when_inconclusive).",
                        finding.expected(), finding.seen(), finding.samples(), finding.confidence());
    }
}
