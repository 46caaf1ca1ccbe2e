package io.greenlane.validation;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one rule came to.
 *
 * @param rule by its name in the file, for example {@code checks.ready} or {@code analyses.side-by-side.latency_p95}
 * @param enforced false for a trial rule, which is told but never blocks
 * @param sentence for people: what was expected, what was seen, over how many samples
 * @param expected the rule in short, for example {@code at most 400 ms}
 * @param seen what was seen, for example {@code 612 ms}
 * @param samples how many answers it rests on
 * @param confidence 0 to 1; null where no statistics are involved
 */
public record Finding(String rule, Place place, Result result, boolean enforced, String sentence, String expected,
        String seen, int samples, @Nullable Double confidence) {
    /** As JSON has it. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("rule", rule);
        members.put("source", place.source());
        members.put("line", place.line());
        members.put("column", place.column());
        members.put("result", result.name());
        members.put("enforced", enforced);
        members.put("sentence", sentence);
        members.put("expected", expected);
        members.put("seen", seen);
        members.put("samples", samples);
        if (confidence != null) {
            members.put("confidence", confidence);
        }
        return members;
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    public static Finding from(JsonObject json) {
        return new Finding(json.text("rule"),
                new Place(json.text("source"), (int) json.number("line"), (int) json.number("column")),
                Result.valueOf(json.text("result")), json.truth("enforced"), json.text("sentence"),
                json.text("expected"), json.text("seen"), (int) json.number("samples"),
                json.members().get("confidence") == null ? null : json.number("confidence"));
    }
}
