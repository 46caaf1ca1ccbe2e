package io.greenlane.validation.rules.reading;

import io.greenlane.validation.rules.TextRule.Match;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a text must be. */
final class Matches {
    private static final int LONGEST = 10_000;

    private final Templates templates;
    private final Problems problems;

    Matches(Templates templates, Problems problems) {
        this.templates = templates;
        this.problems = problems;
    }

    /** All of {@code equals}, {@code contains}, {@code matches} and {@code exists} that are there; at least one must be. */
    List<Match> read(Section section, String what) {
        List<Match> matches = new ArrayList<>();
        String equals = text(section, "equals");
        if (equals != null) {
            matches.add(new Match.Equals(equals));
        }
        String contains = text(section, "contains");
        if (contains != null) {
            matches.add(new Match.Contains(contains));
        }
        String expression = expression(section);
        if (expression != null) {
            matches.add(new Match.Matches(expression));
        }
        if (section.has("exists")) {
            matches.add(new Match.Exists(section.truth("exists", true)));
        }
        if (matches.isEmpty() && section.members().stream().noneMatch(member -> !member.name().equals("name"))) {
            problems.add(section.place(), "What must " + what + " be? Add equals, contains or matches.");
        }
        return matches;
    }

    /** A text with its variables filled in; null when it is not there or not usable. */
    @Nullable
    String text(Section section, String name) {
        Scalar text = section.text(name);
        if (text == null) {
            return null;
        }
        if (text.text().length() > LONGEST) {
            problems.add(text.place(), "'" + name + "' is longer than " + LONGEST + " characters.");
            return null;
        }
        if (name.equals("contains") && text.text().isEmpty()) {
            problems.add(text.place(), "'contains' is empty, which every text contains.");
            return null;
        }
        return templates.fill(text.place(), text.text(), Use.EXPECTED);
    }

    /** The regular expression of {@code matches}, in which variables stand for themselves. */
    @Nullable
    String expression(Section section) {
        Scalar text = section.text("matches");
        if (text == null) {
            return null;
        }
        String expression = templates.fill(text.place(), text.text(), Use.EXPECTED, Templates::literally);
        String objection = Expressions.objectionToRegex(expression);
        if (objection != null) {
            problems.add(text.place(), "'matches' " + objection + ".");
            return null;
        }
        return expression;
    }
}
