package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of one state: the members of its type and language, and what they hold. */
final class StateChecks {
    private static final Set<String> EVERYWHERE = Set.of("Type", "Comment", "QueryLanguage");
    private static final Set<String> TRANSITION = Set.of("Next", "End");
    private static final Map<StateType, Set<String>> BOTH = Map.of(StateType.PASS, Set.of("Assign"), StateType.TASK,
            Set.of("Resource", "TimeoutSeconds", "HeartbeatSeconds", "Retry", "Catch", "Assign", "Credentials"),
            StateType.CHOICE, Set.of("Choices", "Default", "Assign"), StateType.WAIT,
            Set.of("Seconds", "Timestamp", "Assign"), StateType.SUCCEED, Set.of(), StateType.FAIL,
            Set.of("Error", "Cause"), StateType.PARALLEL, Set.of("Branches", "Retry", "Catch", "Assign"), StateType.MAP,
            Set.of("ItemProcessor", "Iterator", "ItemSelector", "ItemBatcher", "ItemReader", "ResultWriter",
                    "MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage", "Label", "Retry", "Catch",
                    "Assign"));
    private static final Set<String> IN_AND_OUT = Set.of("InputPath", "OutputPath");
    private static final Set<String> RESULTS = Set.of("InputPath", "OutputPath", "Parameters", "ResultSelector",
            "ResultPath");
    private static final Map<StateType, Set<String>> PATHS = Map.of(StateType.PASS,
            Set.of("InputPath", "OutputPath", "Parameters", "Result", "ResultPath"), StateType.TASK,
            with(RESULTS, "TimeoutSecondsPath", "HeartbeatSecondsPath"), StateType.CHOICE, IN_AND_OUT, StateType.WAIT,
            with(IN_AND_OUT, "SecondsPath", "TimestampPath"), StateType.SUCCEED, IN_AND_OUT, StateType.FAIL,
            Set.of("ErrorPath", "CausePath"), StateType.PARALLEL, RESULTS, StateType.MAP,
            with(RESULTS, "ItemsPath", "MaxConcurrencyPath", "ToleratedFailureCountPath",
                    "ToleratedFailurePercentagePath"));
    private static final Map<StateType, Set<String>> EXPRESSIONS = Map.of(StateType.PASS, Set.of("Output"),
            StateType.TASK,
            Set.of("Arguments", "Output"), StateType.CHOICE, Set.of("Output"), StateType.WAIT, Set.of("Output"),
            StateType.SUCCEED, Set.of("Output"), StateType.FAIL, Set.of(), StateType.PARALLEL,
            Set.of("Arguments", "Output"), StateType.MAP, Set.of("Items", "Output"));

    private final List<Diagnostic> found;
    private final QueryChecks queries;

    StateChecks(List<Diagnostic> found) {
        this.found = found;
        this.queries = new QueryChecks(this);
    }

    /** Checks the state and returns its query language. */
    QueryLanguage check(ObjectNode state, String at, QueryLanguage inherited) {
        QueryLanguage language = language(state, inherited, at);
        if (inherited == QueryLanguage.JSONATA && language == QueryLanguage.JSONPATH) {
            schema("QueryLanguage can not be 'JSONPath' if set to 'JSONata' for whole state machine",
                    at + "/QueryLanguage");
        }
        Optional<StateType> type = StateType.of(state.path("Type").asText());
        if (type.isEmpty()) {
            schema("These fields are required: [Type], one of Task, Pass, Choice, Wait, Succeed, Fail, Parallel, Map",
                    at + "/Type");
            return language;
        }
        Set<String> allowed = new HashSet<>(EVERYWHERE);
        allowed.addAll(BOTH.getOrDefault(type.get(), Set.of()));
        allowed.addAll((language == QueryLanguage.JSONPATH ? PATHS : EXPRESSIONS).getOrDefault(type.get(), Set.of()));
        if (isTransit(type.get())) {
            allowed.addAll(TRANSITION);
            transition(state, at);
        }
        onlyMembers(state, allowed, at);
        body(type.get(), state, at, language);
        if (type.get().canFailSoftly()) {
            softly(state, at, language);
        }
        queries.check(state, at, language, type.get());
        return language;
    }

    QueryLanguage language(ObjectNode holder, QueryLanguage inherited, String at) {
        JsonNode word = holder.get("QueryLanguage");
        Optional<QueryLanguage> language = word == null ? Optional.of(inherited) : QueryLanguage.of(word.asText());
        if (language.isEmpty()) {
            schema("Value is not one of JSONPath, JSONata", at + "/QueryLanguage");
        }
        return language.orElse(inherited);
    }

    void onlyMembers(ObjectNode holder, Set<String> allowed, String at) {
        holder.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                schema("Field is not supported", at + "/" + name);
            }
        });
    }

    boolean requires(ObjectNode holder, String member, String at) {
        if (!holder.has(member)) {
            schema("These fields are required: [" + member + "]", at);
            return false;
        }
        return true;
    }

    void schema(String message, String location) {
        found.add(new Diagnostic(Diagnostic.Severity.ERROR, "SCHEMA_VALIDATION_FAILED", message, location));
    }

    private void transition(ObjectNode state, String at) {
        boolean ends = state.path("End").asBoolean();
        if (state.has("Next") == ends) {
            schema(ends ? "Only one of Next and End is allowed" : "These fields are required: [Next] or [End]", at);
        }
    }

    private void body(StateType type, ObjectNode state, String at, QueryLanguage language) {
        switch (type) {
            case TASK -> task(state, at);
            case CHOICE -> choice(state, at, language);
            case WAIT -> exactlyOne(state, at,
                    language == QueryLanguage.JSONPATH
                            ? List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath")
                            : List.of("Seconds", "Timestamp"));
            case FAIL -> {
                atMostOne(state, at, List.of("Error", "ErrorPath"));
                atMostOne(state, at, List.of("Cause", "CausePath"));
            }
            case PARALLEL -> {
                if (requires(state, "Branches", at)
                        && !(state.get("Branches").isArray() && !state.get("Branches").isEmpty())) {
                    schema("Branches must be an array with at least one branch", at + "/Branches");
                }
            }
            case MAP -> {
                exactlyOne(state, at, List.of("ItemProcessor", "Iterator"));
                atMostOne(state, at, List.of("MaxConcurrency", "MaxConcurrencyPath"));
                if (state.has("ResultWriter")) {
                    schema("The local cloud has no object store to write results to: ResultWriter",
                            at + "/ResultWriter");
                }
            }
            case PASS, SUCCEED -> {
            }
        }
    }

    private void task(ObjectNode state, String at) {
        if (requires(state, "Resource", at) && TaskResource.of(state.path("Resource").asText()).isEmpty()) {
            schema("Value is not a valid resource ARN", at + "/Resource");
        }
        atMostOne(state, at, List.of("TimeoutSeconds", "TimeoutSecondsPath"));
        atMostOne(state, at, List.of("HeartbeatSeconds", "HeartbeatSecondsPath"));
        JsonNode timeout = state.path("TimeoutSeconds");
        JsonNode heartbeat = state.path("HeartbeatSeconds");
        if (timeout.isNumber() && heartbeat.isNumber() && heartbeat.asLong() >= timeout.asLong()) {
            schema("HeartbeatSeconds must be smaller than TimeoutSeconds", at + "/HeartbeatSeconds");
        }
    }

    private void choice(ObjectNode state, String at, QueryLanguage language) {
        if (!requires(state, "Choices", at)) {
            return;
        }
        JsonNode choices = state.get("Choices");
        if (!choices.isArray() || choices.isEmpty()) {
            schema("Choices must be an array with at least one rule", at + "/Choices");
            return;
        }
        for (int i = 0; i < choices.size(); i++) {
            String place = at + "/Choices[" + i + "]";
            if (choices.get(i) instanceof ObjectNode rule) {
                requires(rule, "Next", place);
                if (language == QueryLanguage.JSONATA) {
                    requires(rule, "Condition", place);
                    onlyMembers(rule, Set.of("Condition", "Next", "Assign", "Output", "Comment"), place);
                } else {
                    comparison(rule, place);
                }
            } else {
                schema("A rule must be an object", place);
            }
        }
    }

    private void comparison(JsonNode rule, String at) {
        if (rule.has("And") || rule.has("Or")) {
            String list = rule.has("And") ? "And" : "Or";
            for (int i = 0; i < rule.path(list).size(); i++) {
                comparison(rule.path(list).get(i), at + "/" + list + "[" + i + "]");
            }
            return;
        }
        if (rule.has("Not")) {
            comparison(rule.get("Not"), at + "/Not");
            return;
        }
        if (!JsonPaths.isPath(rule.path("Variable").asText())) {
            schema("These fields are required: [Variable], a JSONPath", at + "/Variable");
        }
        String operator = ChoiceRule.operatorOf(rule);
        if (operator == null) {
            schema("A comparison operator is required", at);
        } else if (operator.endsWith("Path") && !JsonPaths.isPath(rule.path(operator).asText())) {
            schema("Value is not a valid JSONPath", at + "/" + operator);
        }
    }

    private void softly(ObjectNode state, String at, QueryLanguage language) {
        names(state, "Retry", at, Set.of("ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate",
                "MaxDelaySeconds", "JitterStrategy", "Comment"));
        names(state, "Catch", at, language == QueryLanguage.JSONPATH
                ? Set.of("ErrorEquals", "Next", "ResultPath", "Assign", "Comment")
                : Set.of("ErrorEquals", "Next", "Output", "Assign", "Comment"));
        for (int i = 0; i < state.path("Catch").size(); i++) {
            if (state.path("Catch").get(i) instanceof ObjectNode catcher) {
                requires(catcher, "Next", at + "/Catch[" + i + "]");
            }
        }
        for (int i = 0; i < state.path("Retry").size(); i++) {
            retry(state.path("Retry").get(i), at + "/Retry[" + i + "]");
        }
    }

    private void retry(JsonNode retrier, String at) {
        range(retrier, "IntervalSeconds", 1, 99_999_999, at);
        range(retrier, "MaxAttempts", 0, 99_999_999, at);
        range(retrier, "BackoffRate", 1, Integer.MAX_VALUE, at);
        range(retrier, "MaxDelaySeconds", 1, 31_622_400, at);
        if (retrier.has("JitterStrategy")
                && !Set.of("FULL", "NONE").contains(retrier.path("JitterStrategy").asText())) {
            schema("Value is not one of FULL, NONE", at + "/JitterStrategy");
        }
    }

    private void range(JsonNode holder, String member, long least, long most, String at) {
        JsonNode value = holder.get(member);
        if (value != null && !(value.isNumber() && value.asDouble() >= least && value.asDouble() <= most)) {
            schema("Value must be a number between " + least + " and " + most, at + "/" + member);
        }
    }

    private void names(ObjectNode state, String list, String at, Set<String> allowed) {
        JsonNode entries = state.path(list);
        for (int i = 0; i < entries.size(); i++) {
            String place = at + "/" + list + "[" + i + "]";
            if (!(entries.get(i) instanceof ObjectNode entry)) {
                schema("An entry must be an object", place);
                continue;
            }
            onlyMembers(entry, allowed, place);
            JsonNode errors = entry.path("ErrorEquals");
            if (!errors.isArray() || errors.isEmpty()) {
                schema("These fields are required: [ErrorEquals], with at least one error name", place);
            }
            for (JsonNode error : errors) {
                if (error.asText().equals(ErrorNames.ALL) && (errors.size() > 1 || i < entries.size() - 1)) {
                    schema("States.ALL must appear alone and in the last entry", place + "/ErrorEquals");
                }
            }
        }
    }

    private void exactlyOne(ObjectNode state, String at, List<String> members) {
        if (members.stream().noneMatch(state::has)) {
            schema("These fields are required: one of " + members, at);
        }
        atMostOne(state, at, members);
    }

    private void atMostOne(ObjectNode state, String at, List<String> members) {
        if (members.stream().filter(state::has).count() > 1) {
            schema("Only one of " + members + " is allowed", at);
        }
    }

    private static boolean isTransit(StateType type) {
        return type != StateType.CHOICE && type != StateType.SUCCEED && type != StateType.FAIL;
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
