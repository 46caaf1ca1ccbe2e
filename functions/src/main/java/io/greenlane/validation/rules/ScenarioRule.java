package io.greenlane.validation.rules;

import io.greenlane.probe.Request;
import io.greenlane.validation.Place;
import java.util.List;
import java.util.Map;

/**
 * Requests that follow each other and carry values on.
 *
 * @param name in the file
 * @param enforced false for a trial rule
 */
public record ScenarioRule(String name, Place place, boolean enforced, List<Step> steps) {
    public ScenarioRule {
        steps = List.copyOf(steps);
    }

    /**
     * One of them.
     *
     * @param request may hold <code>{{name}}</code> for values that earlier steps saved
     * @param save JSONPath by the name under which its value is kept
     */
    public record Step(Place place, Request request, Expectation expect, Map<String, String> save) {
        public Step {
            save = Map.copyOf(save);
        }
    }
}
