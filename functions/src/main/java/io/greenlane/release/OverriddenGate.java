package io.greenlane.release;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A gate that would have held a release, had nobody overridden it.
 *
 * @param gate as gates.yaml names it
 * @param found what it said to the release; no full stop
 * @param operator who overrode it, and why
 */
public record OverriddenGate(String gate, String found, Operator operator) {
    /** For people. */
    public String sentence() {
        return "Gate " + gate + " was overridden by " + operator.name() + " (" + operator.reason() + "): " + found
                + ".";
    }

    static OverriddenGate from(JsonObject members) {
        return new OverriddenGate(members.text("gate"), members.text("found"),
                new Operator(members.text("by"), members.text("reason")));
    }

    /** Members for the ledger and for messages; {@link #from} reads them back. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("gate", gate);
        members.put("by", operator.name());
        members.put("reason", operator.reason());
        members.put("found", found);
        return members;
    }
}
