package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Threshold;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads analyses. */
final class Analyses {
    private static final int DEFAULT_SAMPLES = 500;
    private static final int MOST_SAMPLES = 300_000;
    private static final List<Metric> LIMITED = Arrays.stream(Metric.values())
            .filter(metric -> metric != Metric.LATENCY).toList();

    private final Traffics traffics;
    private final Baselines baselines;
    private final Problems problems;

    Analyses(Traffics traffics, Baselines baselines, Problems problems) {
        this.traffics = traffics;
        this.baselines = baselines;
        this.problems = problems;
    }

    AnalysisRule read(Member member) {
        Section section = Section.of(member.value(), "an analysis", problems, "enforce", "traffic", "min_samples",
                "thresholds", "baseline", "when_inconclusive");
        Node against = section.find("baseline");
        Node sent = section.required("traffic");
        Traffic traffic = sent == null ? Traffics.standIn(section.place()) : traffics.read(sent, against != null);
        Baseline baseline = against == null ? null : baselines.read(against);
        List<Threshold> thresholds = thresholds(section.find("thresholds"));
        if (!section.mentions("baseline", "thresholds")) {
            problems.add(member.place(), "The analysis " + Quote.of(member.name())
                    + " judges nothing: add 'thresholds', 'baseline', or both.");
        }
        return new AnalysisRule(member.name(), member.place(), section.truth("enforce", true), traffic,
                samples(section, traffic), thresholds, baseline, whenInconclusive(section));
    }

    private int samples(Section section, Traffic traffic) {
        int possible = (int) Math.min(MOST_SAMPLES,
                Math.floor(traffic.perSecond() * traffic.duration().toMillis() / 1000));
        int samples = section.count("min_samples", Math.max(1, Math.min(DEFAULT_SAMPLES, possible)), 1, MOST_SAMPLES);
        if (samples > possible) {
            problems.add(section.placeOf("min_samples"), "'min_samples' asks for " + samples
                    + ", but 'rate' and 'duration' of the traffic give " + possible + ".");
        }
        return samples;
    }

    private List<Threshold> thresholds(@Nullable Node node) {
        List<Threshold> thresholds = new ArrayList<>();
        if (node == null) {
            return thresholds;
        }
        Section section = Section.of(node, "'thresholds'", problems,
                LIMITED.stream().map(Metric::word).toArray(String[]::new));
        if (node instanceof Mapping written && written.members().isEmpty()) {
            problems.add(node.place(), "'thresholds' is empty: add a limit, such as error_rate: { max: 1% }.");
        }
        for (Metric metric : LIMITED) {
            Node limits = section.find(metric.word());
            if (limits != null) {
                thresholds.add(threshold(metric, limits, section));
            }
        }
        return thresholds;
    }

    private Threshold threshold(Metric metric, Node node, Section thresholds) {
        Section section = Section.of(node, "'" + metric.word() + "'", problems, "warn", "max");
        Double warn = limit(section, "warn", metric);
        Double max = limit(section, "max", metric);
        if (!section.mentions("warn", "max")) {
            problems.add(thresholds.placeOf(metric.word()), "'" + metric.word() + "' needs warn, max, or both.");
        }
        if (warn != null && max != null && warn >= max) {
            problems.add(section.placeOf("warn"), "'warn' must be stricter than 'max': "
                    + section.shown("warn") + " is not below " + section.shown("max") + ".");
        }
        return new Threshold(thresholds.placeOf(metric.word()), metric, warn, max);
    }

    private static @Nullable Double limit(Section section, String name, Metric metric) {
        return section.has(name) ? section.unit(name, Double.NaN, Baselines.unit(metric)) : null;
    }

    private Result whenInconclusive(Section section) {
        return section.unit("when_inconclusive", Result.INCONCLUSIVE, text -> Arrays.stream(Result.values())
                .filter(result -> result.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be inconclusive, pass, warn or fail, got "
                        + Quote.of(text))));
    }
}
