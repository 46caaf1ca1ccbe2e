package io.greenlane.validation.analysis;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.comparison.Comparison;
import io.greenlane.validation.comparison.Growth;
import io.greenlane.validation.comparison.Holm;
import io.greenlane.validation.comparison.Judgement;
import io.greenlane.validation.comparison.Proportions;
import io.greenlane.validation.comparison.Proportions.Share;
import io.greenlane.validation.comparison.Quantiles;
import io.greenlane.validation.comparison.RankTest;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Increase;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Green's numbers against blue's. Each limit is compared over all requests together; that of the latency for each request line too, where
 * it can only be found broken: a single line may have too few answers to be found kept. All comparisons share the chance of a false
 * alarm (Holm); the request lines together have no larger share of it than one limit has, so that naming more requests does not make
 * it harder to find what is wrong with all of them.
 */
record Comparisons(AnalysisRule rule, Baseline baseline) {
    /**
     * Judges every limit on growth.
     *
     * @param confidence of all of them together
     * @param unsure why nothing can be said; null when something can
     */
    List<Finding> judge(Evidence evidence, double confidence, @Nullable String unsure) {
        if (unsure != null) {
            return baseline.increases().stream().map(increase -> undecided(increase, evidence, unsure)).toList();
        }
        List<Look> looks = baseline.increases().stream().flatMap(one -> looks(one, evidence, confidence).stream())
                .toList();
        Map<String, Double> chances = new LinkedHashMap<>();
        looks.stream().filter(Look::enough).forEach(look -> chances.put(look.key(), look.comparison().withinLimit()));
        int lines = Math.max(1, evidence.groups().size());
        Map<String, Double> weights = looks.stream()
                .collect(Collectors.toMap(Look::key, look -> look.all() ? 1.0 : 1.0 / lines));
        Map<String, Double> levels = Holm.levels(chances, key -> weights.getOrDefault(key, 1.0), confidence);
        return baseline.increases().stream().map(increase -> judge(increase, evidence,
                looks.stream().filter(look -> look.increase().equals(increase)).toList(), levels, confidence)).toList();
    }

    /** One limit over some requests; the first one of a limit is over all. */
    private record Look(Increase increase, String requests, boolean all, Comparison comparison) {
        String key() {
            return increase.metric().word() + " " + all + " " + requests;
        }

        boolean enough() {
            return comparison.samples() >= comparison.least();
        }

        Judgement at(Map<String, Double> levels) {
            return comparison.at(levels.getOrDefault(key(), 0.0));
        }
    }

    private List<Look> looks(Increase increase, Evidence evidence, double confidence) {
        List<Look> looks = new ArrayList<>();
        List<String> groups = evidence.groups();
        looks.add(new Look(increase, groups.size() == 1 ? groups.get(0) : "all requests", true,
                compare(increase, evidence.all(Side.BLUE), evidence.all(Side.GREEN), confidence)));
        if (increase.metric() == Metric.LATENCY && groups.size() > 1) {
            groups.forEach(group -> looks.add(new Look(increase, group, false,
                    compare(increase, evidence.of(Side.BLUE, group), evidence.of(Side.GREEN, group), confidence))));
        }
        return looks;
    }

    private static Comparison compare(Increase increase, Tally blue, Tally green, double confidence) {
        if (increase.metric() == Metric.ERROR_RATE) {
            return Proportions.compare(new Share(blue.errors(), blue.counted()),
                    new Share(green.errors(), green.counted()), Math.max(increase.max(), increase.ignoreBelow()),
                    confidence);
        }
        Growth allowed = new Growth(increase.max(), increase.ignoreBelow());
        double[] ofBlue = blue.latencies().sorted();
        double[] ofGreen = green.latencies().sorted();
        return increase.metric() == Metric.LATENCY
                ? RankTest.compare(ofBlue, ofGreen, allowed, confidence)
                : Quantiles.compare(ofBlue, ofGreen, Limits.share(increase.metric()), allowed, confidence);
    }

    private Finding judge(Increase increase, Evidence evidence, List<Look> looks, Map<String, Double> levels,
            double confidence) {
        Look all = looks.get(0);
        List<Look> worse = looks.stream().filter(look -> look.at(levels) == Judgement.WORSE)
                .sorted(Comparator.comparingDouble((Look look) -> look.comparison().increase()).reversed()).toList();
        if (!worse.isEmpty()) {
            Look worst = worse.get(0);
            String others = worse.stream().skip(1).map(Look::requests).filter(name -> !name.equals("all requests"))
                    .limit(5).reduce((one, other) -> one + ", " + other).map(names -> "; worse too: " + names)
                    .orElse("");
            return finding(increase, Result.FAIL, worst, evidence, others, null, confidence);
        }
        return switch (all.at(levels)) {
            case NOT_WORSE -> finding(increase, Result.PASS, all, evidence, "", null, confidence);
            case TOO_FEW -> finding(increase, Result.INCONCLUSIVE, all, evidence, "", "at least "
                    + Words.requests(all.comparison().least()) + " each are needed", confidence);
            case UNDECIDED, WORSE -> finding(increase, Result.INCONCLUSIVE, all, evidence, "",
                    "these requests are too few to tell (the growth is somewhere between "
                            + growth(increase, all.comparison().lowest()) + " and "
                            + growth(increase, all.comparison().highest()) + ")",
                    confidence);
        };
    }

    private static String growth(Increase increase, double growth) {
        return increase.metric() == Metric.ERROR_RATE
                ? Words.percent(growth).replace(" %", "") + " points"
                : Words.percent(growth);
    }

    private Finding undecided(Increase increase, Evidence evidence, String unsure) {
        Metric metric = increase.metric();
        return Findings.of(rule, "baseline." + metric.word(), increase.place(), Result.INCONCLUSIVE,
                Words.name(metric) + " of green against blue (" + increase.place() + ")", unsure, expected(increase),
                "nothing", Math.min(evidence.all(Side.GREEN).counted(), evidence.all(Side.BLUE).counted()), null);
    }

    private Finding finding(Increase increase, Result result, Look look, Evidence evidence, String others,
            @Nullable String unsure, double confidence) {
        Comparison seen = look.comparison();
        String told = increase.metric() == Metric.ERROR_RATE
                ? errors(seen, evidence, confidence)
                : latency(increase, look, confidence);
        return Findings.of(rule, "baseline." + increase.metric().word(), increase.place(), result,
                told + "; " + expected(increase) + " is allowed (" + increase.place() + ")" + others, unsure,
                expected(increase), seen(increase, seen), seen.samples(), confidence);
    }

    private static String errors(Comparison seen, Evidence evidence, double confidence) {
        Tally green = evidence.all(Side.GREEN);
        Tally blue = evidence.all(Side.BLUE);
        return "Error rate: green " + Words.percent(seen.green()) + " against blue " + Words.percent(seen.blue()) + " ("
                + Words.number(green.errors()) + " of " + Words.requests(green.counted())
                + (green.errors() > 0 ? ": " + Words.errors(green) : "") + "; blue " + Words.number(blue.errors())
                + " of "
                + Words.number(blue.counted()) + "; confidence " + Words.limit(confidence) + ")";
    }

    private static String latency(Increase increase, Look look, double confidence) {
        Comparison seen = look.comparison();
        Metric metric = increase.metric();
        String what = switch (metric) {
            case LATENCY, LATENCY_P50 -> "median";
            default -> metric.word().substring("latency_".length());
        };
        return (look.requests().equals("all requests") ? "All requests" : look.requests()) + ": green is "
                + Words.percent(Math.abs(seen.increase())) + (seen.increase() < 0 ? " faster" : " slower")
                + " than blue (" + what + " " + Words.millis(seen.green()) + " against " + Words.millis(seen.blue())
                + "; "
                + Words.requests(seen.samples()) + " each; confidence " + Words.limit(confidence) + ")";
    }

    private static String seen(Increase increase, Comparison seen) {
        return increase.metric() == Metric.ERROR_RATE
                ? Words.percent(seen.green()) + " against " + Words.percent(seen.blue())
                : Words.millis(seen.green()) + " against " + Words.millis(seen.blue());
    }

    private static String expected(Increase increase) {
        if (increase.metric() == Metric.ERROR_RATE) {
            double allowed = Math.max(increase.max(), increase.ignoreBelow());
            return allowed == 0 ? "no increase" : "at most " + Words.limit(allowed).replace(" %", " points more");
        }
        return "at most " + Words.limit(increase.max())
                + (increase.ignoreBelow() > 0
                        ? ", or " + Words.limit(increase.metric(), increase.ignoreBelow()) + ","
                        : "");
    }
}
