package io.greenlane.report;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A limit on latencies, as it is drawn into a plot.
 *
 * @param label for people, for example {@code latency_p95 at most 400 ms}
 * @param millis where it lies
 * @param line of the rule in its file; 0 when it has none
 */
public record Limit(String label, double millis, int line) {
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("label", label);
        members.put("millis", Rounded.of(millis));
        members.put("line", line);
        return members;
    }

    static Limit from(JsonObject json) {
        return new Limit(json.text("label"), json.number("millis"), (int) json.number("line"));
    }
}
