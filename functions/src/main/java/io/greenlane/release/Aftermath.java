package io.greenlane.release;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the end of a release says beyond its outcome.
 *
 * @param imageAtFault whether the image itself was seen to be bad; it is quarantined then
 * @param rollbackFailed whether nobody knows what production runs; the service is held then
 */
public record Aftermath(boolean imageAtFault, boolean rollbackFailed) {
    /** Nothing follows. */
    public static final Aftermath NONE = new Aftermath(false, false);

    private static final String IMAGE_AT_FAULT = "imageAtFault";
    private static final String ROLLBACK_FAILED = "rollbackFailed";

    /** Reads the members that {@link #members} has, beside others; what is missing did not happen. */
    public static Aftermath from(JsonObject object) {
        return new Aftermath(Boolean.TRUE.equals(object.members().get(IMAGE_AT_FAULT)),
                Boolean.TRUE.equals(object.members().get(ROLLBACK_FAILED)));
    }

    /** Only what happened. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (imageAtFault) {
            members.put(IMAGE_AT_FAULT, true);
        }
        if (rollbackFailed) {
            members.put(ROLLBACK_FAILED, true);
        }
        return members;
    }
}
