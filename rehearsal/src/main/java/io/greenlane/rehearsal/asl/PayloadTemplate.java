package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Parameters, ResultSelector, ItemSelector and Assign in JSONPath: a member whose name ends in {@code .$} is a query. */
final class PayloadTemplate {
    private static final String QUERY = ".$";

    private PayloadTemplate() {}

    /** The template with every query replaced by what it finds. */
    static JsonNode fill(JsonNode template, Scope scope, RandomGenerator random) {
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                String name = member.getKey();
                if (name.endsWith(QUERY)) {
                    filled.set(name.substring(0, name.length() - QUERY.length()),
                            query(name, member.getValue().asText(), scope, random));
                } else {
                    filled.set(name, fill(member.getValue(), scope, random));
                }
            }
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> filled.add(fill(element, scope, random)));
            return filled;
        }
        return template;
    }

    /**
     * What a path or an intrinsic function gives.
     *
     * @param field the field it is written in, for the message
     * @throws StatesFault States.Runtime when a path finds nothing
     */
    static JsonNode query(String field, String text, Scope scope, RandomGenerator random) {
        if (Intrinsic.looksLikeOne(text)) {
            return Intrinsic.evaluate(text, scope, random);
        }
        if (!JsonPaths.isPath(text)) {
            throw StatesFault.runtime("The value '" + text + "' of the field '" + field
                    + "' is neither a JSONPath nor an intrinsic function");
        }
        return JsonPaths.read(text, scope)
                .orElseThrow(() -> StatesFault.runtime("The JSONPath '" + text + "' specified for the field '" + field
                        + "' could not be found in the input '" + JsonText.write(scope.input()) + "'"));
    }
}
