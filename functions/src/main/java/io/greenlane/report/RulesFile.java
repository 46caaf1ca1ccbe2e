package io.greenlane.report;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.rules.ValidationRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that was validated by. It only refers to secrets, so its text holds none.
 *
 * @param source as places of findings have it
 * @param version of the text where it came from; null when it has none
 * @param sha256 of the text, in hexadecimal
 * @param lines of the text; none when it could not be had
 */
public record RulesFile(String source, @Nullable String version, String sha256, List<String> lines) {
    public RulesFile {
        lines = List.copyOf(lines);
    }

    /** The file that these rules were read from. */
    public static RulesFile of(ValidationRules rules) {
        return new RulesFile(rules.source(), rules.version(), rules.sha256(), rules.lines());
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("source", source);
        if (version != null) {
            members.put("version", version);
        }
        members.put("sha256", sha256);
        members.put("lines", lines);
        return members;
    }

    static RulesFile from(JsonObject json) {
        return new RulesFile(json.text("source"), json.optionalText("version"), json.text("sha256"),
                json.members().get("lines") instanceof List<?> lines
                        ? lines.stream().map(String::valueOf).toList()
                        : List.of());
    }
}
