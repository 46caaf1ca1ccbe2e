package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Arguments, Output and Assign, all evaluated with the variables as they were on entering. */
final class JsonataDataFlow implements DataFlow {
    private final State state;
    private final Supplier<Scope> raw;
    private final JsonataExpressions expressions;

    /**
     * @param raw the state's input as it was entered with, and the context of the moment
     */
    JsonataDataFlow(State state, Supplier<Scope> raw, JsonataExpressions expressions) {
        this.state = state;
        this.raw = raw;
        this.expressions = expressions;
    }

    @Override
    public JsonNode input() {
        return raw.get().input();
    }

    @Override
    public JsonNode arguments() {
        JsonNode arguments = state.member("Arguments");
        return arguments == null ? input() : expressions.fill(arguments, "Arguments", bindings());
    }

    @Override
    public Exit exit(JsonNode result) {
        return exit(state.members(), "", result,
                state.type().canFailSoftly() ? JsonataExpressions.Bindings.of(raw.get(), result, null) : bindings());
    }

    @Override
    public Exit caught(Catcher catcher, ObjectNode errorOutput) {
        String location = "Catch[" + state.catchers().indexOf(catcher) + "]/";
        return exit(catcher.members(), location, errorOutput,
                JsonataExpressions.Bindings.of(raw.get(), null, errorOutput));
    }

    @Override
    public @Nullable Choice choose() {
        JsonNode choices = state.member("Choices");
        for (int i = 0; choices != null && i < choices.size(); i++) {
            String location = "Choices[" + i + "]/";
            ObjectNode rule = (ObjectNode) choices.get(i);
            if (expressions.fill(rule.path("Condition"), location + "Condition", bindings(), "boolean")
                    .booleanValue()) {
                return new Choice(rule.path("Next").asText(), exit(rule, location, input(), bindings()));
            }
        }
        String otherwise = state.text("Default");
        return otherwise == null ? null : new Choice(otherwise, exit(state.members(), "", input(), bindings()));
    }

    @Override
    public @Nullable String text(String field) {
        JsonNode member = state.member(field);
        return member == null ? null : expressions.fill(member, field, bindings(), "string").textValue();
    }

    @Override
    public @Nullable Double number(String field) {
        JsonNode member = state.member(field);
        return member == null ? null : (Double) expressions.fill(member, field, bindings(), "number").doubleValue();
    }

    @Override
    public ArrayNode items() {
        JsonNode items = state.member("Items");
        if (items != null) {
            return (ArrayNode) expressions.fill(items, "Items", bindings(), "array");
        }
        if (input() instanceof ArrayNode array) {
            return array;
        }
        throw StatesFault.runtime("The input of a Map state without Items must be an array, got "
                + JsonText.write(input()));
    }

    @Override
    public JsonNode itemInput(JsonNode item) {
        JsonNode selector = state.member("ItemSelector");
        return selector == null ? item : expressions.fill(selector, "ItemSelector", bindings());
    }

    @Override
    public @Nullable JsonNode batchInput() {
        JsonNode batcher = state.member("ItemBatcher");
        JsonNode template = batcher == null ? null : batcher.get("BatchInput");
        return template == null ? null : expressions.fill(template, "ItemBatcher/BatchInput", bindings());
    }

    @Override
    public @Nullable String role() {
        JsonNode credentials = state.member("Credentials");
        return credentials == null
                ? null
                : expressions.fill(credentials, "Credentials", bindings()).path("RoleArn").asText();
    }

    private Exit exit(ObjectNode members, String location, JsonNode result, JsonataExpressions.Bindings bindings) {
        JsonNode assign = members.get("Assign");
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        if (assign != null) {
            expressions.fill(assign, location + "Assign", bindings).properties()
                    .forEach(member -> variables.put(member.getKey(), member.getValue()));
        }
        JsonNode output = members.get("Output");
        return new Exit(output == null ? result : expressions.fill(output, location + "Output", bindings), variables);
    }

    private JsonataExpressions.Bindings bindings() {
        return JsonataExpressions.Bindings.of(raw.get(), null, null);
    }
}
