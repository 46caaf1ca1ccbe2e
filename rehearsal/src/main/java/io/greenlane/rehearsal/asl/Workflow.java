package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * States and where they start: a whole state machine, a branch of a Parallel state or the item processor of a Map state.
 *
 * @param states by name, in the order of the definition
 */
public record Workflow(String startAt, Map<String, State> states) {

    /** Reads the states of an already validated definition. */
    static Workflow of(ObjectNode definition, QueryLanguage inherited) {
        Map<String, State> states = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : definition.path("States").properties()) {
            states.put(entry.getKey(), new State(entry.getKey(), (ObjectNode) entry.getValue(), inherited));
        }
        return new Workflow(definition.path("StartAt").asText(), Collections.unmodifiableMap(states));
    }

    /** The state of that name, which validation has shown to exist. */
    State state(String name) {
        return Objects.requireNonNull(states.get(name), () -> "No state is named '" + name + "'");
    }
}
