package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The checks of a whole workflow: its members, and that every transition leads somewhere and every state is reached. */
final class WorkflowChecks {
    private static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";
    private static final Set<String> MACHINE = Set.of("Comment", "StartAt", "States", "Version", "TimeoutSeconds",
            "QueryLanguage");
    private static final Set<String> BRANCH = Set.of("Comment", "StartAt", "States", "ProcessorConfig",
            "QueryLanguage");
    private static final int MAX_NAME = 80;

    private final List<Diagnostic> found;
    private final StateChecks states;

    WorkflowChecks(List<Diagnostic> found, StateChecks states) {
        this.found = found;
        this.states = states;
    }

    void machine(ObjectNode definition) {
        workflow(definition, "", QueryLanguage.JSONPATH, MACHINE);
        JsonNode timeout = definition.get("TimeoutSeconds");
        if (timeout != null && !(timeout.isIntegralNumber() && timeout.asLong() > 0)) {
            states.schema("TimeoutSeconds must be a positive integer", "/TimeoutSeconds");
        }
    }

    private void workflow(ObjectNode definition, String at, QueryLanguage inherited, Set<String> allowed) {
        states.onlyMembers(definition, allowed, at);
        QueryLanguage language = states.language(definition, inherited, at);
        boolean starts = states.requires(definition, "StartAt", at);
        boolean has = states.requires(definition, "States", at);
        if (!starts || !has) {
            return;
        }
        if (!(definition.get("States") instanceof ObjectNode members) || members.isEmpty()) {
            states.schema("States must be an object with at least one state", at + "/States");
            return;
        }
        Map<String, Map<String, String>> transitions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : members.properties()) {
            String place = at + "/States/" + entry.getKey();
            transitions.put(entry.getKey(), Map.of());
            if (entry.getKey().length() > MAX_NAME) {
                states.schema("The name of a state may have up to " + MAX_NAME + " characters", place);
            }
            if (entry.getValue() instanceof ObjectNode state) {
                QueryLanguage own = states.check(state, place, language);
                transitions.put(entry.getKey(), Transitions.of(state, place));
                inner(state, place, own);
            } else {
                states.schema("A state must be an object", place);
            }
        }
        reachable(definition.path("StartAt").asText(), transitions, at);
    }

    private void inner(ObjectNode state, String at, QueryLanguage language) {
        JsonNode branches = state.path("Branches");
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i) instanceof ObjectNode branch) {
                workflow(branch, at + "/Branches[" + i + "]", language, BRANCH);
            } else {
                states.schema("A branch must be an object", at + "/Branches[" + i + "]");
            }
        }
        for (String processor : List.of("ItemProcessor", "Iterator")) {
            if (state.get(processor) instanceof ObjectNode workflow) {
                workflow(workflow, at + "/" + processor, language, BRANCH);
            }
        }
    }

    private void reachable(String startAt, Map<String, Map<String, String>> transitions, String at) {
        if (!transitions.containsKey(startAt)) {
            error("Missing 'Next' target: " + startAt, at + "/StartAt");
        }
        transitions.values().forEach(targets -> targets.forEach((place, target) -> {
            if (!transitions.containsKey(target)) {
                error("Missing 'Next' target: " + target, place);
            }
        }));
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(startAt));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name)) {
                open.addAll(transitions.getOrDefault(name, Map.of()).values());
            }
        }
        for (String name : transitions.keySet()) {
            if (!reached.contains(name)) {
                error("State \"" + name + "\" is not reachable.", at + "/States/" + name);
            }
        }
    }

    private void error(String message, String location) {
        found.add(new Diagnostic(Diagnostic.Severity.ERROR, MISSING_TARGET, message, location));
    }
}
