package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.AlarmRule;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.ScenarioRule;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import io.greenlane.validation.rules.yaml.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads hooks, and sees that what they name exists and fits into their time. */
final class Hooks {
    /** CodeDeploy waits an hour for a hook (CodeDeploy guide, hooks page); the rest of it is for us. */
    private static final Duration LONGEST = Duration.ofMinutes(45);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration DEFAULT_WITHIN = Duration.ofMinutes(30);
    private static final Duration DEFAULT_READY = Duration.ofMinutes(5);
    private static final Duration DEFAULT_QUIET = Duration.ofMinutes(5);
    private static final int MOST_ALARMS = 100;
    private static final int LONGEST_ALARM = 255;
    private static final String[] NAMES = Arrays.stream(HookEvent.values()).map(HookEvent::toString)
            .toArray(String[]::new);

    private final Named<CheckRule> checks;
    private final Named<ScenarioRule> scenarios;
    private final Named<AnalysisRule> analyses;
    private final Problems problems;

    Hooks(Named<CheckRule> checks, Named<ScenarioRule> scenarios, Named<AnalysisRule> analyses, Problems problems) {
        this.checks = checks;
        this.scenarios = scenarios;
        this.analyses = analyses;
        this.problems = problems;
    }

    Map<HookEvent, HookRules> read(Node node) {
        Section section = Section.of(node, "'hooks'", problems, NAMES);
        if (section.members().isEmpty()) {
            problems.add(node.place(), "'hooks' names no hook, so nothing would ever be validated. Add one of "
                    + String.join(", ", NAMES) + ".");
        }
        Map<HookEvent, HookRules> hooks = new EnumMap<>(HookEvent.class);
        for (HookEvent event : HookEvent.values()) {
            Node rules = section.find(event.toString());
            if (rules != null) {
                hooks.put(event, hook(event, section, rules));
            }
        }
        return hooks;
    }

    private HookRules hook(HookEvent event, Section hooks, Node node) {
        Section section = Section.of(node, "a hook", problems, "checks", "scenarios", "analyses", "alarms",
                "ready_within", "within");
        HookRules rules = new HookRules(hooks.placeOf(event.toString()),
                section.duration("ready_within", DEFAULT_READY, SHORTEST, LONGEST),
                section.duration("within", DEFAULT_WITHIN, SHORTEST, LONGEST),
                named(section, "checks", checks), named(section, "scenarios", scenarios),
                named(section, "analyses", analyses), alarms(section.find("alarms")));
        fit(section, rules);
        if (event == HookEvent.AFTER_ALLOW_TRAFFIC) {
            refuseBaselines(section, rules);
        }
        return rules;
    }

    private <T> List<T> named(Section section, String kind, Named<T> all) {
        List<T> found = new ArrayList<>();
        for (Node item : section.list(kind, Named.MOST)) {
            Scalar name = Section.text(kind, item, problems);
            T rule = name == null ? null : all.take(name);
            if (rule != null && found.contains(rule)) {
                problems.add(item.place(), Section.shown(item) + " stands here twice.");
            } else if (rule != null) {
                found.add(rule);
            }
        }
        return found;
    }

    private @Nullable AlarmRule alarms(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        Section section = Section.of(node, "'alarms'", problems, "names", "quiet_for");
        List<String> names = new ArrayList<>();
        for (Node item : section.required("names") == null ? List.<Node>of() : section.list("names", MOST_ALARMS)) {
            Scalar name = Section.text("names", item, problems);
            if (name != null && !isAlarmName(name.text())) {
                problems.add(name.place(), "The name of an alarm has 1 to " + LONGEST_ALARM
                        + " characters, none of them a control character, got " + Quote.of(name.text()) + ".");
            } else if (name != null) {
                names.add(name.text());
            }
        }
        section.refuseEmpty("names", "'names' needs at least one alarm.");
        return new AlarmRule(node.place(), names, section.duration("quiet_for", DEFAULT_QUIET, SHORTEST, LONGEST));
    }

    private static boolean isAlarmName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_ALARM && text.chars().noneMatch(Character::isISOControl);
    }

    private void fit(Section section, HookRules rules) {
        refuseLonger(section, "ready_within", rules.readyWithin(), rules.within());
        Duration analysed = rules.analyses().stream().map(Hooks::takes).reduce(Duration.ZERO, Duration::plus);
        refuseLonger(section, "analyses", analysed, rules.within());
        AlarmRule alarms = rules.alarms();
        if (alarms != null) {
            refuseLonger(section, "alarms", analysed.plus(alarms.quietFor()), rules.within());
        }
        for (CheckRule check : rules.checks()) {
            Duration tried = check.retry().every().multipliedBy(check.retry().attempts() - 1L);
            if (tried.compareTo(rules.within()) > 0) {
                problems.add(section.placeOf("checks"), "The attempts of the check " + Quote.of(check.name()) + " take "
                        + Units.text(tried) + ", but the hook has " + Units.text(rules.within()) + ".");
            }
        }
    }

    private void refuseLonger(Section section, String what, Duration takes, Duration within) {
        if (takes.compareTo(within) > 0) {
            problems.add(section.placeOf(what), "'" + what + "' takes " + Units.text(takes) + ", but the hook has "
                    + Units.text(within) + "; 'within' may be up to " + Units.text(LONGEST) + ".");
        }
    }

    /** Noise is learnt at half the rate. */
    private static Duration takes(AnalysisRule rule) {
        long learning = rule.baseline() == null
                ? 0
                : Math.round(2 * rule.baseline().learn() * 1000 / rule.traffic().perSecond());
        return rule.traffic().warmUp().plus(rule.traffic().duration()).plusMillis(learning);
    }

    private void refuseBaselines(Section section, HookRules rules) {
        rules.analyses().stream().filter(rule -> rule.baseline() != null)
                .forEach(rule -> problems.add(section.placeOf("analyses"), "The analysis " + Quote.of(rule.name())
                        + " has a baseline, but after traffic has moved nothing serves the version before: use it in"
                        + " BeforeAllowTraffic, or one with 'thresholds' here."));
    }
}
