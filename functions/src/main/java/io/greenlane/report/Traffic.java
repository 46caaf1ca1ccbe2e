package io.greenlane.report;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.Place;
import io.greenlane.validation.analysis.Ending;
import io.greenlane.validation.analysis.Evidence;
import io.greenlane.validation.analysis.Side;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Increase;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of one analysis and what came back.
 *
 * @param analysis by its name in the file
 * @param line of the analysis in its file; 0 when it has none
 * @param planned requests to green that were to count
 * @param begun how many of them were sent
 * @param ending why fewer were sent; null when all were, or when time was over
 * @param blue null when green was not compared with it
 * @param limits on latencies
 * @param differences between answers of blue and green, at most {@value #MOST_DIFFERENCES}
 */
public record Traffic(String analysis, int line, int planned, int begun, @Nullable String ending, Seen green,
        @Nullable Seen blue, List<Limit> limits, List<Difference> differences) {
    /** The most telling ones come first; more would tell nobody more. */
    private static final int MOST_DIFFERENCES = 100;

    public Traffic {
        limits = List.copyOf(limits);
        differences = List.copyOf(differences);
    }

    static Traffic of(AnalysisRule rule, Evidence evidence) {
        Seen green = Seen.of(evidence, Side.GREEN);
        Seen blue = Seen.of(evidence, Side.BLUE);
        Ending ending = evidence.ending();
        boolean compared = blue.counted() > 0 || blue.warmUp() > 0;
        return new Traffic(rule.name(), rule.place().line(), evidence.planned(), evidence.begun(),
                ending == null ? null : ending.reason(), green, compared ? blue : null,
                limits(rule, compared ? blue : null),
                evidence.differences().stream().limit(MOST_DIFFERENCES).map(Difference::of).toList());
    }

    private static List<Limit> limits(AnalysisRule rule, @Nullable Seen blue) {
        List<Limit> limits = new ArrayList<>();
        for (Threshold threshold : rule.thresholds()) {
            if (threshold.metric() != Metric.ERROR_RATE) {
                String metric = threshold.metric().word();
                add(limits, metric + " at most ", threshold.max(), threshold.place());
                add(limits, metric + " warns above ", threshold.warn(), threshold.place());
            }
        }
        Baseline baseline = rule.baseline();
        if (baseline != null && blue != null) {
            for (Increase increase : baseline.increases()) {
                double of = blue.millis(share(increase.metric()));
                if (increase.metric() != Metric.ERROR_RATE && !Double.isNaN(of)) {
                    double grown = of + Math.max(increase.max() * of, increase.ignoreBelow());
                    limits.add(new Limit(increase.metric().word() + " at most blue's + "
                            + (increase.max() * of < increase.ignoreBelow()
                                    ? Rounded.millis(increase.ignoreBelow())
                                    : Rounded.percent(increase.max())),
                            grown, increase.place().line()));
                }
            }
        }
        return limits;
    }

    private static double share(Metric metric) {
        return switch (metric) {
            case LATENCY, LATENCY_P50, ERROR_RATE -> 0.5;
            case LATENCY_P90 -> 0.9;
            case LATENCY_P95 -> 0.95;
            case LATENCY_P99 -> 0.99;
        };
    }

    private static void add(List<Limit> limits, String label, @Nullable Double millis, Place place) {
        if (millis != null) {
            limits.add(new Limit(label + Rounded.millis(millis), millis, place.line()));
        }
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("analysis", analysis);
        members.put("line", line);
        members.put("planned", planned);
        members.put("begun", begun);
        if (ending != null) {
            members.put("ending", ending);
        }
        members.put("green", green.members());
        if (blue != null) {
            members.put("blue", blue.members());
        }
        members.put("limits", limits.stream().map(Limit::members).toList());
        members.put("differences", differences.stream().map(Difference::members).toList());
        return members;
    }

    static Traffic from(JsonObject json) {
        return new Traffic(json.text("analysis"), (int) json.number("line"), (int) json.number("planned"),
                (int) json.number("begun"), json.optionalText("ending"), Seen.from(json.object("green")),
                json.members().get("blue") == null ? null : Seen.from(json.object("blue")),
                json.objects("limits").stream().map(Limit::from).toList(),
                json.objects("differences").stream().map(Difference::from).toList());
    }
}
