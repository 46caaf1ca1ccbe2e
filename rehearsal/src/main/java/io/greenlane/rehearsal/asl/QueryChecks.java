package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The checks of the paths, payload templates and expressions in a state. */
final class QueryChecks {
    private static final List<String> PATHS = List.of("InputPath", "OutputPath", "ItemsPath", "SecondsPath",
            "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath", "MaxConcurrencyPath",
            "ToleratedFailureCountPath", "ToleratedFailurePercentagePath", "ErrorPath", "CausePath");
    private static final List<String> TEMPLATES = List.of("Parameters", "ResultSelector", "ItemSelector", "Assign");
    /** Members that are not evaluated, or by somebody else: the states of branches are checked one by one. */
    private static final Set<String> NOT_EVALUATED = Set.of("Comment", "Resource", "Type", "Next", "Default",
            "Branches",
            "ItemProcessor", "Iterator", "Retry");

    private final StateChecks checks;

    QueryChecks(StateChecks checks) {
        this.checks = checks;
    }

    void check(ObjectNode state, String at, QueryLanguage language, StateType type) {
        if (language == QueryLanguage.JSONATA) {
            for (Map.Entry<String, JsonNode> member : state.properties()) {
                if (!NOT_EVALUATED.contains(member.getKey())) {
                    expressions(member.getValue(), at + "/" + member.getKey());
                }
            }
            return;
        }
        for (String path : PATHS) {
            JsonNode value = state.get(path);
            if (value != null && !value.isNull()) {
                query(value.asText(), at + "/" + path);
            }
        }
        resultPath(state, at);
        for (JsonNode catcher : state.path("Catch")) {
            resultPath(catcher, at + "/Catch");
        }
        for (String template : TEMPLATES) {
            template(state.path(template), at + "/" + template);
        }
        if (type == StateType.CHOICE) {
            state.path("Choices").forEach(rule -> template(rule.path("Assign"), at + "/Choices"));
        }
    }

    private void resultPath(JsonNode holder, String at) {
        JsonNode path = holder.get("ResultPath");
        if (path != null && !path.isNull() && !JsonPaths.isReferencePath(path.asText())) {
            checks.schema("Value is not a valid reference path", at + "/ResultPath");
        }
    }

    private void template(JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String place = at + "/" + member.getKey();
            if (!member.getKey().endsWith(".$")) {
                template(member.getValue(), place);
            } else if (member.getValue().isTextual()) {
                query(member.getValue().textValue(), place);
            } else {
                checks.schema("The value for the field '" + member.getKey()
                        + "' must be a valid JSONPath or a valid intrinsic function call", place);
            }
        }
        if (value.isArray()) {
            value.forEach(element -> template(element, at));
        }
    }

    private void query(String text, String at) {
        if (Intrinsic.looksLikeOne(text)) {
            try {
                Intrinsic.check(text);
            } catch (IllegalArgumentException malformed) {
                checks.schema(String.valueOf(malformed.getMessage()), at);
            }
        } else if (!JsonPaths.isPath(text)) {
            checks.schema("The value must be a valid JSONPath or a valid intrinsic function call: " + text, at);
        }
    }

    private void expressions(JsonNode value, String at) {
        if (JsonataExpressions.isExpression(value)) {
            try {
                JsonataExpressions.check(value.textValue());
            } catch (IllegalArgumentException malformed) {
                checks.schema("The value is not a valid JSONata expression: " + malformed.getMessage(), at);
            }
        }
        value.properties().forEach(member -> expressions(member.getValue(), at + "/" + member.getKey()));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                expressions(value.get(i), at + "[" + i + "]");
            }
        }
    }
}
