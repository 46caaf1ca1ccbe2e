package io.greenlane.release;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something at a service that is not as the ledger has it: somebody else has changed it.
 *
 * @param expected what was to be there
 * @param found what is there; the same text each time that the same is found
 * @param sentence for people, with what they can do
 */
public record Difference(Kind kind, String expected, String found, String sentence) {
    /** The closed list of what can differ. */
    public enum Kind {
        /** Production runs another revision than the one that was deployed last. */
        REVISION,
        /** The production listener sends requests elsewhere than to the task set that is to serve production. */
        PRODUCTION_LISTENER,
        /** The test listener forwards to neither target group of the service, or to both. */
        TEST_LISTENER,
        /** The service wants another number of tasks than before its last deployment. */
        DESIRED_COUNT,
        /** Nothing can be deployed to the service as it stands. */
        NOT_DEPLOYABLE;

        /** Whether it is an alarm as long as it lasts; numbers of tasks change of good right, by Auto Scaling. */
        public boolean isAlarming() {
            return this != DESIRED_COUNT;
        }
    }

    /** Whether the same was found, whatever is said about it. */
    public boolean isSameAs(Difference other) {
        return kind == other.kind && found.equals(other.found);
    }

    static Difference from(JsonObject members) {
        return new Difference(Kind.valueOf(members.text("kind")), members.text("expected"), members.text("found"),
                members.text("sentence"));
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", kind.name());
        members.put("expected", expected);
        members.put("found", found);
        members.put("sentence", sentence);
        return members;
    }
}
