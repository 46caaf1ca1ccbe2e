package io.greenlane.rehearsal.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Functions that do what a test says, and remember their calls. */
final class ScriptedFunctions implements FunctionInvoker {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Timeline timeline;
    private final Map<String, Function<JsonNode, Object>> scripts = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    ScriptedFunctions(Timeline timeline) {
        this.timeline = timeline;
    }

    record Call(String function, JsonNode payload) {}

    /** Thrown by a script: what the function fails with. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String type;

        Thrown(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    void on(String function, Function<JsonNode, Object> script) {
        scripts.put(function, script);
    }

    List<JsonNode> callsOf(String function) {
        return calls.stream().filter(call -> call.function().equals(function)).map(Call::payload).toList();
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        JsonNode input = read(payload);
        calls.add(new Call(function, input));
        timeline.after(Duration.ofMillis(100), () -> done.accept(answer(function, input)));
    }

    private Answer answer(String function, JsonNode input) {
        try {
            return new Answer.Returned(
                    JSON.valueToTree(Objects.requireNonNull(scripts.get(function), function).apply(input)).toString());
        } catch (Thrown e) {
            ObjectNode error = JSON.createObjectNode().put("errorMessage", e.getMessage()).put("errorType", e.type);
            return new Answer.Failed(error.toString());
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
