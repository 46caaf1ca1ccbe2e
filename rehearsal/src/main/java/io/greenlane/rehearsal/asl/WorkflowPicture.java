package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws a state machine as a Mermaid flowchart, which GitHub shows as a picture. */
public final class WorkflowPicture {
    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+?)(?:Function)?(?:Arn)?}|.*function:([^:]+).*");
    private static final int LONGEST_CONDITION = 60;

    private final StringBuilder text = new StringBuilder();
    private int nodes;

    private WorkflowPicture() {}

    /** The flowchart's text, ending in a line break; the same definition always gives the same text. */
    public static String mermaid(StateMachineDefinition definition) {
        WorkflowPicture picture = new WorkflowPicture();
        picture.line(0, "flowchart TD");
        picture.line(1, "start((\"start\"))");
        picture.line(1, "done((\"done\"))");
        Drawn drawn = picture.workflow(definition.workflow(), 1, "done");
        picture.line(1, "start --> " + drawn.first());
        drawn.edges().forEach(edge -> picture.line(1, edge));
        picture.line(1, "classDef failed stroke:#c00,color:#c00");
        return picture.text.toString();
    }

    /**
     * A drawn workflow.
     *
     * @param first node of its first state
     * @param edges to be drawn outside of every frame, as Mermaid wants them
     */
    private record Drawn(String first, List<String> edges) {}

    private Drawn workflow(Workflow workflow, int depth, String end) {
        Ids ids = new Ids(workflow, nodes);
        nodes += workflow.states().size();
        List<String> edges = new ArrayList<>();
        for (State state : workflow.states().values()) {
            String id = ids.of(state.name());
            if (state.branches().isEmpty()) {
                line(depth, id + shape(state));
            } else {
                frame(state, id, depth, edges);
            }
            edges(state, id, ids, end, edges);
        }
        return new Drawn(ids.of(workflow.startAt()), edges);
    }

    private void frame(State state, String id, int depth, List<String> edges) {
        String what = state.type() == StateType.MAP ? "for each item" : "all branches";
        line(depth, "subgraph " + id + " [\"" + quoted(state.name()) + ": " + what + "\"]");
        for (Workflow branch : state.branches()) {
            String end = id + "done" + nodes;
            line(depth + 1, end + "((\"done\"))");
            Drawn drawn = workflow(branch, depth + 1, end);
            String begin = id + "start" + drawn.first();
            line(depth + 1, begin + "((\"start\"))");
            edges.add(begin + " --> " + drawn.first());
            edges.addAll(drawn.edges());
        }
        line(depth, "end");
    }

    private static void edges(State state, String id, Ids ids, String end, List<String> edges) {
        String next = state.next();
        if (state.type() == StateType.CHOICE) {
            choices(state, id, ids, edges);
        } else if (next != null) {
            edges.add(id + " --> " + ids.of(next));
        } else if (state.type() != StateType.FAIL) {
            edges.add(id + " --> " + end);
        }
        for (Catcher catcher : state.catchers()) {
            String errors = catcher.errorEquals().equals(List.of(ErrorNames.ALL))
                    ? "any error"
                    : String.join(", ", catcher.errorEquals());
            edges.add(id + " -. \"" + quoted(errors) + "\" .-> " + ids.of(catcher.next()));
        }
    }

    private static void choices(State state, String id, Ids ids, List<String> edges) {
        JsonNode rules = state.members().path("Choices");
        for (JsonNode rule : rules) {
            edges.add(id + " -- \"" + quoted(condition(rule)) + "\" --> " + ids.of(rule.path("Next").asText()));
        }
        String otherwise = state.text("Default");
        if (otherwise != null) {
            edges.add(id + " -- otherwise --> " + ids.of(otherwise));
        }
    }

    private static String condition(JsonNode rule) {
        JsonNode condition = rule.path("Condition");
        if (condition.isTextual()) {
            String text = condition.asText().replaceAll("^\\{%\\s*|\\s*%}$", "").replace("$states.input.", "");
            return text.length() <= LONGEST_CONDITION ? text : text.substring(0, LONGEST_CONDITION - 1) + "…";
        }
        String operator = ChoiceRule.operatorOf(rule);
        return operator == null
                ? "rule"
                : rule.path("Variable").asText() + " " + operator + " " + rule.path(operator).asText();
    }

    private static String shape(State state) {
        String name = quoted(state.name());
        return switch (state.type()) {
            case CHOICE -> "{\"" + name + "\"}";
            case SUCCEED -> "([\"" + name + "\"])";
            case FAIL -> "([\"" + name + "\"]):::failed";
            case WAIT -> "[/\"" + name + "\"/]";
            case TASK -> "[\"" + name + quoted(called(state)) + "\"]";
            default -> "[\"" + name + "\"]";
        };
    }

    /** What a task calls, unless its name says so already. */
    private static String called(State state) {
        String resource = String.valueOf(state.text("Resource"));
        String token = resource.endsWith(".waitForTaskToken") ? "\nwaits for its token" : "";
        JsonNode function = state.members().path("Arguments").path("FunctionName");
        Matcher named = FUNCTION.matcher(function.isTextual() ? function.textValue() : resource);
        if (!named.matches()) {
            return "\n" + resource.replaceFirst("arn:aws:states:::", "").replace(".waitForTaskToken", "") + token;
        }
        String called = named.group(1) == null ? named.group(2) : named.group(1);
        return (called.toLowerCase(Locale.ROOT).equals(state.name().toLowerCase(Locale.ROOT)) ? "" : "\n" + called)
                + token;
    }

    private static String quoted(String label) {
        return label.replace("\"", "#quot;").replace("\n", "<br>");
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }

    /** Short node ids: names may hold anything. */
    private record Ids(Workflow workflow, int offset) {
        String of(String name) {
            return "s" + (offset + List.copyOf(workflow.states().keySet()).indexOf(name));
        }
    }
}
