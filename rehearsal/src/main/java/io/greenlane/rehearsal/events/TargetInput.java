package io.greenlane.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target gets of an event: all of it, a part, a constant, or a template (EventBridge guide, input transformation). */
final class TargetInput {
    private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");
    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider()).mappingProvider(new JacksonMappingProvider()).build();

    private TargetInput() {}

    static String of(Target target, Rule rule, Event event, Instant ingested) {
        if (target.input() != null) {
            return target.input();
        }
        if (target.inputPath() != null) {
            return at(event.json(), target.inputPath()).orElse(NullNode.getInstance()).toString();
        }
        return target.inputTransformer() == null
                ? event.text()
                : transformed(target.inputTransformer(), rule, event, ingested);
    }

    private static String transformed(InputTransformer transformer, Rule rule, Event event, Instant ingested) {
        Map<String, JsonNode> variables = new HashMap<>();
        transformer.inputPathsMap()
                .forEach((name, path) -> at(event.json(), path).ifPresent(value -> variables.put(name, value)));
        variables.put("aws.events.rule-arn", TextNode.valueOf(rule.arn()));
        variables.put("aws.events.rule-name", TextNode.valueOf(rule.name()));
        variables.put("aws.events.event.ingestion-time", TextNode.valueOf(ingested.toString()));
        variables.put("aws.events.event.json", event.json());
        ObjectNode withoutDetail = event.json().deepCopy();
        withoutDetail.remove("detail");
        variables.put("aws.events.event", withoutDetail);
        return filled(transformer.inputTemplate(), variables);
    }

    /** A variable between quotes becomes bare text, one outside becomes JSON. */
    private static String filled(String template, Map<String, JsonNode> variables) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(template);
        boolean quoted = false;
        int end = 0;
        while (matcher.find()) {
            String between = template.substring(end, matcher.start());
            quoted ^= quotes(between) % 2 == 1;
            JsonNode value = variables.getOrDefault(matcher.group(1), NullNode.getInstance());
            filled.append(between).append(text(value, quoted));
            end = matcher.end();
        }
        return filled.append(template.substring(end)).toString();
    }

    private static String text(JsonNode value, boolean quoted) {
        if (!quoted) {
            return value.toString();
        }
        return value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static long quotes(String text) {
        return text.replace("\\\"", "").chars().filter(c -> c == '"').count();
    }

    private static Optional<JsonNode> at(JsonNode json, String path) {
        try {
            return Optional.ofNullable(JsonPath.using(JACKSON).parse(json).read(path, JsonNode.class));
        } catch (JsonPathException absent) {
            return Optional.empty();
        }
    }
}
