package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state of a validated definition. */
public final class State {
    private final String name;
    private final StateType type;
    private final QueryLanguage language;
    private final ObjectNode members;
    private final List<Retrier> retriers;
    private final List<Catcher> catchers;
    private final List<Workflow> branches;

    State(String name, ObjectNode members, QueryLanguage inherited) {
        this.name = name;
        this.members = members;
        this.type = StateType.of(members.path("Type").asText()).orElseThrow();
        this.language = QueryLanguage.of(members.path("QueryLanguage").asText()).orElse(inherited);
        this.retriers = retriersOf(members);
        this.catchers = catchersOf(members);
        this.branches = branchesOf(members, language);
    }

    public String name() {
        return name;
    }

    public StateType type() {
        return type;
    }

    public QueryLanguage language() {
        return language;
    }

    /** The named state that follows, null when this one ends its workflow or chooses. */
    public @Nullable String next() {
        return text("Next");
    }

    /** The branches of a Parallel state, or the one item processor of a Map state. */
    public List<Workflow> branches() {
        return branches;
    }

    /** The member as written in the definition; null when it is absent. */
    @Nullable
    JsonNode member(String member) {
        return members.get(member);
    }

    /** The whole state as written. */
    ObjectNode members() {
        return members;
    }

    /** A text member; null when it is absent or not text. */
    @Nullable
    String text(String member) {
        JsonNode value = members.get(member);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    List<Retrier> retriers() {
        return retriers;
    }

    List<Catcher> catchers() {
        return catchers;
    }

    private static List<Retrier> retriersOf(ObjectNode members) {
        List<Retrier> found = new ArrayList<>();
        for (JsonNode entry : members.path("Retry")) {
            JsonNode maxDelay = entry.get("MaxDelaySeconds");
            found.add(new Retrier(names(entry),
                    Duration.ofMillis(Math.round(entry.path("IntervalSeconds").asDouble(1) * 1000)),
                    entry.path("MaxAttempts").asInt(3), entry.path("BackoffRate").asDouble(2),
                    maxDelay == null ? null : Duration.ofSeconds(maxDelay.asLong()),
                    "FULL".equals(entry.path("JitterStrategy").asText())));
        }
        return List.copyOf(found);
    }

    private static List<Catcher> catchersOf(ObjectNode members) {
        List<Catcher> found = new ArrayList<>();
        for (JsonNode entry : members.path("Catch")) {
            found.add(new Catcher(names(entry), entry.path("Next").asText(), (ObjectNode) entry));
        }
        return List.copyOf(found);
    }

    private static List<String> names(JsonNode entry) {
        List<String> names = new ArrayList<>();
        entry.path("ErrorEquals").forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    private static List<Workflow> branchesOf(ObjectNode members, QueryLanguage language) {
        List<Workflow> found = new ArrayList<>();
        members.path("Branches").forEach(branch -> found.add(Workflow.of((ObjectNode) branch, language)));
        for (String processor : List.of("ItemProcessor", "Iterator")) {
            if (members.get(processor) instanceof ObjectNode workflow) {
                found.add(Workflow.of(workflow, language));
            }
        }
        return List.copyOf(found);
    }
}
