package io.greenlane.validation.analysis;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Threshold;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Green's numbers against limits of their own. */
record Thresholds(AnalysisRule rule) {
    List<Finding> judge(Evidence evidence) {
        return rule.thresholds().stream().map(threshold -> judge(threshold, evidence)).toList();
    }

    /** Whether a threshold that blocks is broken already, whatever is to come. */
    boolean surelyBroken(Evidence evidence) {
        if (rule.thresholds().isEmpty()) {
            return false;
        }
        Tally green = evidence.all(Side.GREEN);
        return rule.thresholds().stream().anyMatch(threshold -> {
            Double max = threshold.max();
            return max != null && Limits.of(threshold.metric(), green, max, toCome(evidence, green)).surelyOver()
                    && Doubts.ofBroken(threshold, max, evidence) == null;
        });
    }

    /** Whether no threshold can be broken any more, not even one that only warns, whatever is to come. */
    boolean surelyKept(Evidence evidence) {
        Tally green = evidence.all(Side.GREEN);
        int toCome = toCome(evidence, green);
        int all = green.counted() + green.doubted() + toCome;
        return green.counted() >= rule.minSamples() && green.doubted() + toCome <= Doubts.MOST_DOUBTED * all
                && rule.thresholds().stream()
                        .allMatch(threshold -> Stream.of(threshold.warn(), threshold.max()).filter(Objects::nonNull)
                                .allMatch(limit -> Limits.of(threshold.metric(), green, limit, toCome).surelyKept()));
    }

    private static int toCome(Evidence evidence, Tally green) {
        return Math.max(0, evidence.planned() - green.counted() - green.doubted());
    }

    private Finding judge(Threshold threshold, Evidence evidence) {
        Tally green = evidence.all(Side.GREEN);
        Metric metric = threshold.metric();
        Double max = threshold.max();
        Double warn = threshold.warn();
        if (max != null) {
            Limits limits = Limits.of(metric, green, max, toCome(evidence, green));
            String unsure = Doubts.ofGreen(rule, evidence);
            if (limits.surelyOver() || (limits.over() && unsure == null)) {
                String excuse = Doubts.ofBroken(threshold, max, evidence);
                return excuse == null
                        ? finding(threshold, Result.FAIL, limits, green, max, "limit", null)
                        : finding(threshold, Result.INCONCLUSIVE, limits, green, max, "limit", excuse);
            }
        }
        double limit = max != null ? max : warn != null ? warn : 0;
        Limits limits = Limits.of(metric, green, limit, 0);
        String unsure = limits.samples() == 0 ? "no answer could be measured" : Doubts.ofGreen(rule, evidence);
        if (unsure != null) {
            return finding(threshold, Result.INCONCLUSIVE, limits, green, limit, "limit", unsure);
        }
        return warn != null && Limits.of(metric, green, warn, 0).over()
                ? finding(threshold, Result.WARN, limits, green, warn, "a warning above", null)
                : finding(threshold, Result.PASS, limits, green, limit, "limit", null);
    }

    private Finding finding(Threshold threshold, Result result, Limits limits, Tally green, double limit, String word,
            @Nullable String unsure) {
        Metric metric = threshold.metric();
        String shown = Words.limit(metric, limit);
        String seen = limits.samples() == 0 ? "nothing" : Words.value(metric, limits.value());
        String told = limits.samples() == 0
                ? "No " + Words.name(metric) + " of green was seen; "
                : Words.name(metric) + " " + seen + " over " + Words.requests(limits.samples())
                        + (metric == Metric.ERROR_RATE && green.errors() > 0 ? " (" + Words.errors(green) + ")" : "")
                        + "; ";
        return Findings.of(rule, metric.word(), threshold.place(), result, told + word + " " + shown + " ("
                + threshold.place() + ")", unsure, "at most " + shown, seen, limits.samples(), null);
    }
}
