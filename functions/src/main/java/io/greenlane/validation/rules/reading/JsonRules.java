package io.greenlane.validation.rules.reading;

import io.greenlane.validation.rules.JsonRule;
import io.greenlane.validation.rules.JsonRule.Match;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Numbers;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code expect.json}. */
final class JsonRules {
    private static final int MOST_MEMBERS = 1_000_000;

    private final Templates templates;
    private final Bodies bodies;
    private final Matches matches;
    private final Problems problems;

    JsonRules(Templates templates, Bodies bodies, Matches matches, Problems problems) {
        this.templates = templates;
        this.bodies = bodies;
        this.matches = matches;
        this.problems = problems;
    }

    List<JsonRule> read(Section expect) {
        List<JsonRule> rules = new ArrayList<>();
        for (Node item : expect.list("json", Expectations.MOST_RULES)) {
            Section section = Section.of(item, "an expected JSON value", problems, "path", "equals", "contains",
                    "matches", "exists", "count", "min", "max");
            String path = section.required("path") == null ? "$" : path("path", section.text("path"));
            List<Match> found = matches(section);
            if (found.isEmpty() && section.members().stream().allMatch(member -> member.name().equals("path"))) {
                problems.add(section.place(),
                        "What must the value be? Add equals, contains, matches, exists, count, min or max.");
            }
            found.forEach(match -> rules.add(new JsonRule(item.place(), path, match)));
        }
        return rules;
    }

    /** A JSONPath, or {@code $} and a problem. */
    String path(String name, @Nullable Scalar text) {
        if (text == null || templates.refuse(text.place(), text.text(), "a JSONPath")) {
            return "$";
        }
        String objection = Expressions.objectionToPath(text.text());
        if (objection == null) {
            return text.text();
        }
        problems.add(text.place(), "'" + name + "' " + objection + ", got " + Section.shown(text) + ".");
        return "$";
    }

    private List<Match> matches(Section section) {
        List<Match> found = new ArrayList<>();
        Node equals = section.find("equals");
        if (equals != null) {
            found.add(new Match.Equals(bodies.value(equals, Use.EXPECTED)));
        }
        String contains = matches.text(section, "contains");
        if (contains != null) {
            found.add(new Match.Contains(contains));
        }
        String expression = matches.expression(section);
        if (expression != null) {
            found.add(new Match.Matches(expression));
        }
        if (section.has("exists")) {
            found.add(new Match.Exists(section.truth("exists", true)));
        }
        if (section.has("count")) {
            found.add(new Match.Count(section.count("count", 0, 0, MOST_MEMBERS)));
        }
        limits(section, found);
        return found;
    }

    private void limits(Section section, List<Match> found) {
        BigDecimal min = number(section, "min");
        BigDecimal max = number(section, "max");
        if (min != null) {
            found.add(new Match.AtLeast(min));
        }
        if (max != null) {
            found.add(new Match.AtMost(max));
        }
        if (min != null && max != null && min.compareTo(max) > 0) {
            problems.add(section.placeOf("min"), "'min' must not be above 'max', got " + section.shown("min") + " and "
                    + section.shown("max") + ".");
        }
    }

    private @Nullable BigDecimal number(Section section, String name) {
        Node node = section.find(name);
        if (node == null) {
            return null;
        }
        BigDecimal number = Numbers.of(node);
        if (number == null) {
            problems.add(node.place(), "'" + name + "' must be a number, got " + Section.shown(node) + ".");
        }
        return number;
    }
}
