package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.ExpectedStatus.Range;
import io.greenlane.validation.rules.Expectation;
import io.greenlane.validation.rules.LatencyRule;
import io.greenlane.validation.rules.TextRule;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Listing;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code expect}. */
final class Expectations {
    static final int MOST_RULES = 100;
    private static final ExpectedStatus GOOD = new ExpectedStatus(List.of(new Range(200, 399)));
    private static final Pattern CODES = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?|([1-5])xx");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Matches matches;
    private final JsonRules json;
    private final Problems problems;

    Expectations(Templates templates, JsonRules json, Problems problems) {
        this.problems = problems;
        this.json = json;
        matches = new Matches(templates, problems);
    }

    /** The expectation; null reads as a good status and nothing else. */
    Expectation read(@Nullable Node node) {
        if (node == null) {
            return new Expectation(GOOD, null, List.of(), List.of(), List.of());
        }
        Section section = Section.of(node, "'expect'", problems, "status", "latency", "headers", "body", "json");
        return new Expectation(status(section.find("status")), latency(section), headers(section), body(section),
                json.read(section));
    }

    private ExpectedStatus status(@Nullable Node node) {
        if (node == null) {
            return GOOD;
        }
        List<Node> parts = node instanceof Listing listing ? listing.items() : List.of(node);
        List<Range> ranges = new ArrayList<>();
        for (Node part : parts) {
            Range range = range(part);
            if (range != null) {
                ranges.add(range);
            }
        }
        if (parts.isEmpty() || parts.size() > MOST_RULES) {
            problems.add(node.place(), "'status' must be one status or a list of 1 to " + MOST_RULES + ".");
        }
        return ranges.isEmpty() ? GOOD : new ExpectedStatus(ranges);
    }

    private @Nullable Range range(Node node) {
        Matcher codes = CODES
                .matcher(node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING ? scalar.text() : "");
        if (!codes.matches()) {
            problems.add(node.place(),
                    "'status' must be a code such as 200, a range such as 200-299, or a class such as"
                            + " 2xx, got " + Section.shown(node) + ".");
            return null;
        }
        if (codes.group(3) != null) {
            int hundred = Integer.parseInt(codes.group(3)) * 100;
            return new Range(hundred, hundred + 99);
        }
        int lowest = Integer.parseInt(codes.group(1));
        int highest = codes.group(2) == null ? lowest : Integer.parseInt(codes.group(2));
        if (highest < lowest) {
            problems.add(node.place(), "The range " + Section.shown(node) + " ends before it begins.");
            return null;
        }
        return new Range(lowest, highest);
    }

    private @Nullable LatencyRule latency(Section expect) {
        Node node = expect.find("latency");
        if (node == null) {
            return null;
        }
        Section section = Section.of(node, "'latency'", problems, "warn", "max");
        Duration warn = section.has("warn") ? section.duration("warn", SHORTEST, SHORTEST, LONGEST) : null;
        Duration max = section.has("max") ? section.duration("max", LONGEST, SHORTEST, LONGEST) : null;
        if (!section.mentions("warn", "max")) {
            problems.add(expect.placeOf("latency"), "'latency' needs warn, max, or both.");
        }
        if (warn != null && max != null && warn.compareTo(max) >= 0) {
            problems.add(section.placeOf("warn"), "'warn' must be stricter than 'max': " + section.shown("warn")
                    + " is not below " + section.shown("max") + ".");
        }
        return new LatencyRule(expect.placeOf("latency"), warn, max);
    }

    private List<TextRule> headers(Section expect) {
        List<TextRule> rules = new ArrayList<>();
        for (Node item : expect.list("headers", MOST_RULES)) {
            Section section = Section.of(item, "an expected header", problems, "name", "equals", "contains", "matches",
                    "exists");
            String name = name(section);
            matches.read(section, "a header").forEach(match -> rules.add(new TextRule(item.place(), name, match)));
        }
        return rules;
    }

    private String name(Section section) {
        Scalar name = section.required("name") == null ? null : section.text("name");
        if (name != null && !Headers.NAME.matcher(name.text()).matches()) {
            problems.add(name.place(), "The name of a header has letters, digits and - only, got "
                    + Quote.of(name.text()) + ".");
        }
        return name == null ? "" : name.text().toLowerCase(Locale.ROOT);
    }

    private List<TextRule> body(Section expect) {
        List<TextRule> rules = new ArrayList<>();
        for (Node item : expect.list("body", MOST_RULES)) {
            Section section = Section.of(item, "an expected body", problems, "equals", "contains", "matches");
            matches.read(section, "a body").forEach(match -> rules.add(new TextRule(item.place(), "", match)));
        }
        return rules;
    }
}
