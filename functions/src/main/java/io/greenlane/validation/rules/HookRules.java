package io.greenlane.validation.rules;

import io.greenlane.validation.Place;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done at a hook, in this order.
 *
 * @param readyWithin how long the proof of green may take, counted from the begin of the hook
 * @param within how long everything may take; what is not done then is inconclusive
 * @param alarms that must be quiet; null for none
 */
public record HookRules(Place place, Duration readyWithin, Duration within, List<CheckRule> checks,
        List<ScenarioRule> scenarios, List<AnalysisRule> analyses, @Nullable AlarmRule alarms) {
    public HookRules {
        checks = List.copyOf(checks);
        scenarios = List.copyOf(scenarios);
        analyses = List.copyOf(analyses);
    }
}
