package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import io.greenlane.validation.rules.AnalysisRule.Increase;
import io.greenlane.validation.rules.AnalysisRule.Metric;
import io.greenlane.validation.rules.AnalysisRule.Places;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import io.greenlane.validation.rules.yaml.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code baseline}. What {@code compare} does not mention is compared all the same, by defaults: leaving out a line must
 * not quietly leave out a comparison.
 */
final class Baselines {
    private static final int MOST_NAMES = 100;
    private static final int MOST_PAIRS = 5000;
    private static final double DEFAULT_CONFIDENCE = 0.99;
    private static final int DEFAULT_PAIRS = 100;
    private static final double LATENCY_GROWTH = 0.1;
    private static final double QUANTILE_GROWTH = 0.2;
    private static final double LATENCY_FLOOR = 5;
    private static final double QUANTILE_FLOOR = 15;
    private static final Set<String> HEADERS = Set.of("content-type");

    private final JsonRules paths;
    private final Problems problems;

    Baselines(JsonRules paths, Problems problems) {
        this.paths = paths;
        this.problems = problems;
    }

    Baseline read(Node node) {
        Section section = Section.of(node, "'baseline'", problems, "confidence", "learn", "compare");
        Node written = section.find("compare");
        Section compare = Section.of(written == null ? new Mapping(section.place(), List.of(), 1) : written,
                "'compare'",
                problems, "error_rate", "latency", "latency_p50", "latency_p90", "latency_p95", "latency_p99", "status",
                "headers", "bodies", "ignore");
        return new Baseline(section.place(), section.unit("confidence", DEFAULT_CONFIDENCE, Baselines::confidence),
                section.count("learn", DEFAULT_PAIRS, 0, MOST_PAIRS), increases(compare), headers(compare),
                compare.truth("status", true), compare.truth("bodies", true), ignore(compare),
                new Places(compare.placeOf("status"), compare.placeOf("headers"), compare.placeOf("bodies")));
    }

    private static double atMostAll(String text) {
        double share = Units.share(text);
        if (share > 1) {
            throw new IllegalArgumentException("must be at most 100%, got " + Quote.of(text));
        }
        return share;
    }

    private static double confidence(String text) {
        double share = Units.share(text);
        if (share < 0.5 || share > 0.9999) {
            throw new IllegalArgumentException("must be from 50% to 99.99%, got " + Quote.of(text));
        }
        return share;
    }

    private List<Increase> increases(Section compare) {
        List<Increase> increases = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            boolean always = metric == Metric.ERROR_RATE || metric == Metric.LATENCY;
            Node node = compare.find(metric.word());
            if (node == null ? always : !(always && isFalse(node))) {
                increases.add(increase(metric, node, compare));
            }
        }
        return increases;
    }

    private static boolean isFalse(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.TRUTH && scalar.text().equals("false");
    }

    private Increase increase(Metric metric, @Nullable Node node, Section compare) {
        Section section = Section.of(node == null ? new Mapping(compare.place(), List.of(), 1) : node,
                "'" + metric.word() + "'",
                problems, "max_increase", "ignore_below");
        double growth = switch (metric) {
            case ERROR_RATE -> 0;
            case LATENCY -> LATENCY_GROWTH;
            default -> QUANTILE_GROWTH;
        };
        double floor = switch (metric) {
            case ERROR_RATE -> 0;
            case LATENCY -> LATENCY_FLOOR;
            default -> QUANTILE_FLOOR;
        };
        return new Increase(compare.placeOf(metric.word()), metric,
                section.unit("max_increase", growth, metric == Metric.ERROR_RATE ? Baselines::atMostAll : Units::share),
                section.unit("ignore_below", floor, unit(metric)));
    }

    /** How a value of a metric is read: a share for the error rate, milliseconds for latencies. */
    static Function<String, Double> unit(Metric metric) {
        return metric == Metric.ERROR_RATE ? Baselines::atMostAll : text -> Units.duration(text).toNanos() / 1e6;
    }

    private Set<String> headers(Section compare) {
        if (!compare.has("headers")) {
            return HEADERS;
        }
        Set<String> names = new HashSet<>();
        for (Node item : compare.list("headers", MOST_NAMES)) {
            Scalar name = Section.text("headers", item, problems);
            if (name != null && !Headers.NAME.matcher(name.text()).matches()) {
                problems.add(name.place(), "The name of a header has letters, digits and - only, got "
                        + Quote.of(name.text()) + ".");
            } else if (name != null) {
                names.add(name.text().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private Set<String> ignore(Section compare) {
        Set<String> ignored = new HashSet<>();
        compare.list("ignore", MOST_NAMES)
                .forEach(item -> ignored.add(paths.path("ignore", Section.text("ignore", item, problems))));
        return ignored;
    }
}
