package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * InputPath, Parameters, ResultSelector, ResultPath and OutputPath, in this order (Step Functions guide, input and output
 * processing).
 */
final class JsonPathDataFlow implements DataFlow {
    private final State state;
    private final Supplier<Scope> raw;
    private final RandomGenerator random;

    /**
     * @param raw the state's input as it was entered with, and the context of the moment
     */
    JsonPathDataFlow(State state, Supplier<Scope> raw, RandomGenerator random) {
        this.state = state;
        this.raw = raw;
        this.random = random;
    }

    @Override
    public JsonNode input() {
        return filtered("InputPath", raw.get());
    }

    @Override
    public JsonNode arguments() {
        JsonNode parameters = state.member("Parameters");
        return parameters == null || state.type() == StateType.MAP
                ? input()
                : PayloadTemplate.fill(parameters, effective(), random);
    }

    @Override
    public Exit exit(JsonNode result) {
        JsonNode selector = state.member("ResultSelector");
        JsonNode selected = selector == null
                ? result
                : PayloadTemplate.fill(selector, raw.get().withInput(result), random);
        JsonNode combined = combined(state.member("ResultPath"), selected);
        return new Exit(filtered("OutputPath", raw.get().withInput(combined)),
                assigned(state.member("Assign"), selected));
    }

    @Override
    public Exit caught(Catcher catcher, ObjectNode errorOutput) {
        return new Exit(combined(catcher.members().get("ResultPath"), errorOutput),
                assigned(catcher.members().get("Assign"), errorOutput));
    }

    @Override
    public @Nullable Choice choose() {
        Scope scope = effective();
        JsonNode output = filtered("OutputPath", scope);
        JsonNode choices = state.member("Choices");
        if (choices != null) {
            for (JsonNode rule : choices) {
                if (ChoiceRule.holds(rule, scope)) {
                    return new Choice(rule.path("Next").asText(),
                            new Exit(output, assigned(rule.get("Assign"), scope.input())));
                }
            }
        }
        String otherwise = state.text("Default");
        return otherwise == null
                ? null
                : new Choice(otherwise, new Exit(output, assigned(state.member("Assign"), scope.input())));
    }

    @Override
    public @Nullable String text(String field) {
        String literal = state.text(field);
        if (literal != null) {
            return literal;
        }
        JsonNode found = atPath(field);
        if (found == null) {
            return null;
        }
        if (!found.isTextual()) {
            throw StatesFault.runtime("The " + field + "Path parameter does not reference a string: "
                    + state.text(field + "Path") + " == " + JsonText.write(found));
        }
        return found.textValue();
    }

    @Override
    public @Nullable Double number(String field) {
        JsonNode literal = state.member(field);
        JsonNode found = literal != null ? literal : atPath(field);
        if (found == null) {
            return null;
        }
        if (found.isNumber()) {
            return found.doubleValue();
        }
        try {
            return Double.valueOf(found.asText());
        } catch (NumberFormatException noNumber) {
            throw StatesFault.runtime("The " + field + "Path parameter does not reference a number: "
                    + state.text(field + "Path") + " == " + JsonText.write(found));
        }
    }

    @Override
    public ArrayNode items() {
        String path = state.text("ItemsPath");
        JsonNode found = path == null ? input() : PayloadTemplate.query("ItemsPath", path, effective(), random);
        if (found instanceof ArrayNode items) {
            return items;
        }
        throw StatesFault.runtime("Reference path \"" + (path == null ? "$" : path) + "\" must point to array.");
    }

    @Override
    public JsonNode itemInput(JsonNode item) {
        JsonNode selector = state.member("ItemSelector");
        JsonNode template = selector == null ? state.member("Parameters") : selector;
        return template == null ? item : PayloadTemplate.fill(template, effective(), random);
    }

    @Override
    public @Nullable JsonNode batchInput() {
        JsonNode batcher = state.member("ItemBatcher");
        JsonNode template = batcher == null ? null : batcher.get("BatchInput");
        return template == null ? null : PayloadTemplate.fill(template, effective(), random);
    }

    @Override
    public @Nullable String role() {
        JsonNode credentials = state.member("Credentials");
        return credentials == null
                ? null
                : PayloadTemplate.fill(credentials, effective(), random).path("RoleArn").asText();
    }

    private Scope effective() {
        return raw.get().withInput(input());
    }

    private @Nullable JsonNode atPath(String field) {
        String path = state.text(field + "Path");
        return path == null ? null : PayloadTemplate.query(field + "Path", path, effective(), random);
    }

    private JsonNode filtered(String field, Scope scope) {
        JsonNode path = state.member(field);
        if (path == null) {
            return scope.input();
        }
        return path.isNull()
                ? JsonNodeFactory.instance.objectNode()
                : PayloadTemplate.query(field, path.asText(), scope, random);
    }

    private JsonNode combined(@Nullable JsonNode path, JsonNode result) {
        if (path == null) {
            return result;
        }
        return path instanceof NullNode ? raw.get().input() : JsonPaths.put(path.asText(), raw.get().input(), result);
    }

    private Map<String, JsonNode> assigned(@Nullable JsonNode template, JsonNode input) {
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        if (template != null) {
            PayloadTemplate.fill(template, raw.get().withInput(input), random).properties()
                    .forEach(member -> variables.put(member.getKey(), member.getValue()));
        }
        return variables;
    }

}
