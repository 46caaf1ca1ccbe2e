package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.Retry;
import io.greenlane.validation.rules.ScenarioRule;
import io.greenlane.validation.rules.ScenarioRule.Step;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads checks and scenarios. */
final class Checks {
    private static final int MOST_STEPS = 50;
    private static final int MOST_ATTEMPTS = 1000;
    private static final int MOST_IN_A_ROW = 100;
    private static final int MOST_SAVED = 20;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Pattern SAVED = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,49}");

    private final Requests requests;
    private final Expectations expectations;
    private final JsonRules paths;
    private final Problems problems;

    Checks(Requests requests, Expectations expectations, JsonRules paths, Problems problems) {
        this.requests = requests;
        this.expectations = expectations;
        this.paths = paths;
        this.problems = problems;
    }

    CheckRule check(Member member) {
        Section section = Section.of(member.value(), "a check", problems, "request", "headers", "body", "timeout",
                "enforce", "retry", "expect");
        return new CheckRule(member.name(), member.place(), section.truth("enforce", true),
                requests.read(section, Set.of()), expectations.read(section.find("expect")),
                retry(section.find("retry")));
    }

    private Retry retry(@Nullable Node node) {
        if (node == null) {
            return Retry.NONE;
        }
        int before = problems.count();
        Section section = Section.of(node, "'retry'", problems, "attempts", "every", "in_a_row");
        section.required("attempts");
        Retry retry = new Retry(section.count("attempts", 1, 1, MOST_ATTEMPTS),
                section.duration("every", Retry.NONE.every(), SHORTEST_WAIT, LONGEST_WAIT),
                section.count("in_a_row", 1, 1, MOST_IN_A_ROW));
        if (problems.count() > before) {
            return Retry.NONE;
        }
        if (retry.inARow() > retry.attempts()) {
            problems.add(section.placeOf("in_a_row"), "'in_a_row' asks for " + retry.inARow()
                    + " good answers, but 'attempts' allows only " + retry.attempts() + ".");
        }
        return retry;
    }

    ScenarioRule scenario(Member member) {
        Section section = Section.of(member.value(), "a scenario", problems, "enforce", "steps");
        List<Node> items = section.required("steps") == null ? List.of() : section.list("steps", MOST_STEPS);
        section.refuseEmpty("steps", "'steps' needs at least one step.");
        List<Step> steps = new ArrayList<>();
        Set<String> saved = new HashSet<>();
        for (Node item : items) {
            Step step = step(item, Set.copyOf(saved));
            saved.addAll(step.save().keySet());
            steps.add(step);
        }
        return new ScenarioRule(member.name(), member.place(), section.truth("enforce", true), steps);
    }

    private Step step(Node item, Set<String> saved) {
        Section section = Section.of(item, "a step", problems, "request", "headers", "body", "timeout", "expect",
                "save");
        return new Step(item.place(), requests.read(section, saved), expectations.read(section.find("expect")),
                save(section.find("save")));
    }

    private Map<String, String> save(@Nullable Node node) {
        Map<String, String> save = new HashMap<>();
        if (node == null) {
            return save;
        }
        Section section = Section.open(node, "'save'", problems);
        if (section.members().size() > MOST_SAVED) {
            problems.add(section.place(), "'save' has more than " + MOST_SAVED + " values.");
            return save;
        }
        for (Member member : section.members()) {
            if (!SAVED.matcher(member.name()).matches() || Variables.NAMES.contains(member.name())) {
                problems.add(member.place(),
                        "The name of a saved value has letters, digits, _ and - only and begins with"
                                + " a letter, got " + Quote.of(member.name()) + ".");
            }
            Scalar path = Section.text(member.name(), member.value(), problems);
            save.put(member.name(), paths.path(member.name(), path));
        }
        return save;
    }
}
