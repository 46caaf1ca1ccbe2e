package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ways out of a state. */
final class Transitions {
    private Transitions() {}

    /** The names of the states that may follow, by the place in the definition that names them. */
    static Map<String, String> of(JsonNode state, String at) {
        Map<String, String> targets = new LinkedHashMap<>();
        put(targets, state, "Next", at);
        put(targets, state, "Default", at);
        each(targets, state, "Choices", at);
        each(targets, state, "Catch", at);
        return targets;
    }

    private static void each(Map<String, String> targets, JsonNode state, String list, String at) {
        for (int i = 0; i < state.path(list).size(); i++) {
            put(targets, state.path(list).get(i), "Next", at + "/" + list + "[" + i + "]");
        }
    }

    private static void put(Map<String, String> targets, JsonNode holder, String member, String at) {
        if (holder.path(member).isTextual()) {
            targets.put(at + "/" + member, holder.path(member).textValue());
        }
    }
}
