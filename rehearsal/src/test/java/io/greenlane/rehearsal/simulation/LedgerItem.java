package io.greenlane.rehearsal.simulation;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item of the ledger as the table has it, read without the code that wrote it. */
record LedgerItem(String id, Map<String, AttributeValue> attributes) {
    static LedgerItem of(Map<String, AttributeValue> attributes) {
        return new LedgerItem(Optional.ofNullable(attributes.get("id")).map(AttributeValue::s).orElseThrow(),
                attributes);
    }

    boolean isA(String kind) {
        return id.startsWith(kind + "#");
    }

    /** What follows the kind. */
    String name() {
        return id.substring(id.indexOf('#') + 1);
    }

    /** Null when it has none. */
    @Nullable
    String text(String... path) {
        Map<String, AttributeValue> members = attributes;
        for (int i = 0; i < path.length - 1; i++) {
            AttributeValue value = members.get(path[i]);
            if (value == null || !value.hasM()) {
                return null;
            }
            members = value.m();
        }
        AttributeValue value = members.get(path[path.length - 1]);
        return value == null ? null : value.s() == null ? value.n() : value.s();
    }

    /** Whether the member of a member is there and true. */
    boolean isTrue(String member, String flag) {
        AttributeValue value = attributes.get(member);
        return value != null && value.hasM() && value.m().containsKey(flag)
                && Boolean.TRUE.equals(value.m().get(flag).bool());
    }

    /** How it ended; null while it has not, or when it is nothing that ends. */
    @Nullable
    String outcome() {
        AttributeValue ending = attributes.get("ending");
        return ending != null && ending.hasM() && ending.m().containsKey("diverged")
                ? "DIVERGED"
                : text("ending", "outcome");
    }

    /** The sentence with it; empty when there is none. */
    String reason() {
        String reason = text("ending", "reason");
        return reason == null ? "" : reason;
    }

    /** Whether it is of a service at which that was found. */
    boolean differs(String kind, String found) {
        AttributeValue drifts = attributes.get("drifts");
        return drifts != null && drifts.l().stream().map(AttributeValue::m)
                .anyMatch(drift -> AttributeValue.fromS(kind).equals(drift.get("kind"))
                        && AttributeValue.fromS(found).equals(drift.get("found")));
    }

    /** Whether somebody has still to look after it. */
    boolean isOpen() {
        return "release".equals(text("open"));
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }
}
