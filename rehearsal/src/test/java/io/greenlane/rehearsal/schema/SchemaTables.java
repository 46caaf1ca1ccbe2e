package io.greenlane.rehearsal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A schema as tables for people. */
final class SchemaTables {
    private final JsonNode schema;

    SchemaTables(JsonNode schema) {
        this.schema = schema;
    }

    /** In Markdown: a table for each object with names of its own, and one of the values with units and syntax. */
    String markdown() {
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        objects.put("validation.yaml", schema);
        Map<String, JsonNode> values = new LinkedHashMap<>();
        schema.path("definitions").properties().forEach(definition -> {
            JsonNode one = definition.getValue();
            if (one.has("title")) {
                (one.has("properties") ? objects : values).putIfAbsent(one.path("title").asText(), one);
            }
        });
        return objects.entrySet().stream().map(entry -> table(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n")) + "\n### Values\n\n| Value | What it is |\n|---|---|\n"
                + values.entrySet().stream()
                        .map(entry -> "| " + entry.getKey() + " | " + told(entry.getValue())
                                + examples(entry.getValue())
                                + " |\n")
                        .collect(Collectors.joining());
    }

    private String table(String name, JsonNode object) {
        return "### " + name + "\n\n" + told(object) + "\n\n| Key | Value | What it is | Default |\n|---|---|---|---|\n"
                + object.path("properties").properties().stream()
                        .map(property -> row(property.getKey(), property.getValue(),
                                isRequired(object, property.getKey())))
                        .collect(Collectors.joining());
    }

    private static boolean isRequired(JsonNode object, String name) {
        for (JsonNode required : object.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private String row(String name, JsonNode property, boolean required) {
        return "| `" + name + "` | " + value(property) + " | " + told(property) + examples(property) + " | "
                + (required ? "required" : defaultOf(property)) + " |\n";
    }

    private String value(JsonNode property) {
        JsonNode described = property.has("$ref") ? schema.at(property.path("$ref").asText().substring(1)) : property;
        if (described.has("title")) {
            return described.path("title").asText();
        }
        return switch (described.path("type").asText()) {
            case "boolean" -> "true or false";
            case "" -> "`" + described.path("const").asText() + "`";
            case String type -> type;
        };
    }

    private static String told(JsonNode one) {
        return Objects.requireNonNullElse(one.path("markdownDescription").textValue(), one.path("description").asText())
                .replace("|", "\\|");
    }

    private static String examples(JsonNode one) {
        JsonNode first = one.path("examples").path(0);
        return first.isMissingNode() ? "" : " Example: `" + shown(first) + "`";
    }

    private static String defaultOf(JsonNode property) {
        return property.has("default") ? "`" + shown(property.path("default")) + "`" : "";
    }

    private static String shown(JsonNode value) {
        return value.isTextual()
                ? value.asText()
                : value.toString().replace("\"", "").replace(":", ": ").replace(",", ", ");
    }
}
