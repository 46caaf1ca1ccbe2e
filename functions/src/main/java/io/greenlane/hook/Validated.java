package io.greenlane.hook;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.validation.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a finished validation came to.
 *
 * @param sentence why, for people
 * @param digest of the image that was judged; null when that is not known
 * @param report name of the report in its bucket; null when there is none
 */
public record Validated(Result result, String sentence, @Nullable Digest digest, @Nullable String report) {
    /** As JSON has it. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("result", result.name());
        members.put("sentence", sentence);
        if (digest != null) {
            members.put("digest", digest.text());
        }
        if (report != null) {
            members.put("report", report);
        }
        return members;
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    public static Validated from(JsonObject json) {
        String digest = json.optionalText("digest");
        return new Validated(Result.valueOf(json.text("result")), json.text("sentence"),
                digest == null ? null : new Digest(digest), json.optionalText("report"));
    }
}
