package io.greenlane.release;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the end of a release says beyond its outcome.
 *
 * @param imageAtFault whether the image itself was seen to be bad; it is quarantined then
 * @param rollbackFailed whether nobody knows what production runs; the service is held then
 * @param differences what somebody else changed at the service while it was deployed to; the reason tells of it
 * @param noRollback whether a deployment ended badly and CodeDeploy took nothing back
 */
public record Aftermath(boolean imageAtFault, boolean rollbackFailed, List<Difference> differences,
        boolean noRollback) {
    /** Nothing follows. */
    public static final Aftermath NONE = new Aftermath(false, false);

    private static final String IMAGE_AT_FAULT = "imageAtFault";
    private static final String ROLLBACK_FAILED = "rollbackFailed";
    static final String DIFFERENCES = "differences";
    private static final String NO_ROLLBACK = "noRollback";

    public Aftermath {
        differences = List.copyOf(differences);
    }

    /** Nobody changed anything; with a rollback, if there was something to roll back. */
    public Aftermath(boolean imageAtFault, boolean rollbackFailed) {
        this(imageAtFault, rollbackFailed, List.of(), false);
    }

    /** Reads the members that {@link #members} has, beside others; what is missing did not happen. */
    public static Aftermath from(JsonObject object) {
        return new Aftermath(Boolean.TRUE.equals(object.members().get(IMAGE_AT_FAULT)),
                Boolean.TRUE.equals(object.members().get(ROLLBACK_FAILED)),
                object.objects(DIFFERENCES).stream().map(Difference::from).toList(),
                Boolean.TRUE.equals(object.members().get(NO_ROLLBACK)));
    }

    /** The same with differences. */
    public Aftermath with(List<Difference> found) {
        return new Aftermath(imageAtFault, rollbackFailed, found, noRollback);
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
        if (!differences.isEmpty()) {
            members.put(DIFFERENCES, differences.stream().map(Difference::members).toList());
        }
        if (noRollback) {
            members.put(NO_ROLLBACK, true);
        }
        return members;
    }
}
