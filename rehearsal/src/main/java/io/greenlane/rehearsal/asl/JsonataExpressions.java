package io.greenlane.rehearsal.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * JSONata as Step Functions evaluates it: expressions between <code>{%</code> and <code>%}</code>, {@code $states} and the
 * variables bound, AWS's additional functions, no {@code $eval}, and an error where a field would be undefined (Step
 * Functions guide, JSONata page).
 */
final class JsonataExpressions {
    /** AWS gives up after one second; ours only guards against endless recursion, so that a busy machine changes nothing. */
    private static final long LIMIT_MILLIS = 20_000;
    private static final int MAX_DEPTH = 500;

    private final JsonataFunctions functions;
    private final Map<String, Jsonata> compiled = new HashMap<>();

    JsonataExpressions(Timeline timeline, RandomGenerator random) {
        this.functions = new JsonataFunctions(timeline, random);
    }

    static boolean isExpression(JsonNode value) {
        return value.isTextual() && isExpression(value.textValue());
    }

    private static boolean isExpression(String text) {
        return text.length() >= 4 && text.startsWith("{%") && text.endsWith("%}");
    }

    /**
     * Reads the expression, without evaluating it.
     *
     * @throws IllegalArgumentException when it is not JSONata, or not allowed in Step Functions
     */
    static void check(String text) {
        String expression = inner(text);
        try {
            Jsonata.jsonata(expression);
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    /**
     * The value with every expression in it, at any depth, replaced by its result.
     *
     * @param location the field, for example {@code Output}
     * @throws StatesFault States.QueryEvaluationError
     */
    JsonNode fill(JsonNode template, String location, Bindings bindings) {
        if (isExpression(template)) {
            return evaluate(template.textValue(), location, bindings);
        }
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                filled.set(member.getKey(), fill(member.getValue(), location + "/" + member.getKey(), bindings));
            }
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                filled.add(fill(array.get(i), location + "[" + i + "]", bindings));
            }
            return filled;
        }
        return template;
    }

    /** Like {@link #fill}, and the result must have the type, by its name in JSON: {@code number}, {@code boolean} ... */
    JsonNode fill(JsonNode template, String location, Bindings bindings, String type) {
        JsonNode value = fill(template, location, bindings);
        if (!typeOf(value).equals(type)) {
            throw StatesFault.evaluation(location,
                    "The JSONata expression '" + (template.isTextual() ? inner(template.textValue()) : template)
                            + "' specified for the field '" + location
                            + "' returned an unexpected result type. Expected '" + type + "', but was '" + typeOf(value)
                            + "' for value: " + JsonText.write(value));
        }
        return value;
    }

    private JsonNode evaluate(String text, String location, Bindings bindings) {
        String expression = inner(text);
        String subject = "The JSONata expression '" + expression + "' specified for the field '" + location + "' ";
        Object result;
        try {
            Jsonata program = compiled.computeIfAbsent(expression, source -> {
                Jsonata fresh = Jsonata.jsonata(source);
                fresh.setOutputConvertNulls(false);
                fresh.setValidateInput(false);
                return fresh;
            });
            Jsonata.Frame frame = program.createFrame();
            frame.setRuntimeBounds(LIMIT_MILLIS, MAX_DEPTH);
            functions.bindTo(frame);
            bindings.values().forEach((name, value) -> frame.bind(name, JsonataValues.toJsonata(value)));
            result = program.evaluate(null, frame);
        } catch (JException failed) {
            throw StatesFault.evaluation(location,
                    subject + "threw an error during evaluation. " + failed.getError() + ": " + failed.getMessage());
        } catch (RuntimeException failed) {
            throw StatesFault.evaluation(location,
                    subject + "threw an error during evaluation. " + reason(failed));
        }
        if (result == null) {
            throw StatesFault.evaluation(location, subject + "returned nothing (undefined).");
        }
        try {
            return JsonataValues.toJson(result);
        } catch (IllegalArgumentException noJson) {
            throw StatesFault.evaluation(location,
                    subject + "returned an unsupported result type: " + noJson.getMessage());
        }
    }

    /** What a function of ours complained about, however often the engine has wrapped it. */
    private static String reason(Throwable failed) {
        Throwable cause = failed.getCause();
        if (cause == null || failed instanceof IllegalArgumentException) {
            return String.valueOf(failed.getMessage());
        }
        return reason(cause);
    }

    private static String inner(String text) {
        return isExpression(text) ? text.substring(2, text.length() - 2).strip() : text;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }

    /** What an expression can name: the variables, and {@code $states}. */
    record Bindings(Map<String, JsonNode> values) {
        static Bindings of(Scope scope, @Nullable JsonNode result, @Nullable JsonNode errorOutput) {
            ObjectNode states = JsonNodeFactory.instance.objectNode();
            states.set("input", scope.input());
            states.set("context", scope.context());
            if (result != null) {
                states.set("result", result);
            }
            if (errorOutput != null) {
                states.set("errorOutput", errorOutput);
            }
            Map<String, JsonNode> values = scope.variables().visible();
            values.put("states", states);
            return new Bindings(values);
        }
    }
}
