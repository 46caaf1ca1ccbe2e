package io.greenlane.rehearsal.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** A rule on the default bus with its targets. */
final class Rule {
    private final String name;
    private final String arn;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private PutRuleRequest definition;
    private @Nullable EventPattern pattern;
    private @Nullable Schedule schedule;
    private RuleState state = RuleState.ENABLED;
    /** Counts definitions, so that a pending tick of an older schedule knows that it is out of date. */
    private int generation;

    Rule(String arn, PutRuleRequest definition) {
        this.name = definition.name();
        this.arn = arn;
        this.definition = definition;
    }

    void define(PutRuleRequest changed) {
        EventPattern newPattern = changed.eventPattern() == null ? null : EventPattern.of(changed.eventPattern());
        Schedule newSchedule = changed.scheduleExpression() == null ? null : Schedule.of(changed.scheduleExpression());
        definition = changed;
        pattern = newPattern;
        schedule = newSchedule;
        state = changed.state() == null ? RuleState.ENABLED : changed.state();
        generation++;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    PutRuleRequest definition() {
        return definition;
    }

    RuleState state() {
        return state;
    }

    void state(RuleState changed) {
        state = changed;
        generation++;
    }

    int generation() {
        return generation;
    }

    boolean isEnabled() {
        return state != RuleState.DISABLED;
    }

    Optional<EventPattern> pattern() {
        return Optional.ofNullable(pattern);
    }

    Optional<Schedule> schedule() {
        return Optional.ofNullable(schedule);
    }

    Map<String, Target> targets() {
        return targets;
    }

    Map<String, String> tags() {
        return tags;
    }
}
