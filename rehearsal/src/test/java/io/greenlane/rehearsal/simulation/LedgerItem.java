package io.greenlane.rehearsal.simulation;

import java.util.List;
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

    /** Whether it is the release of a service, or of a group. */
    boolean isRelease() {
        return isA("release") || isA("group-release");
    }

    /** Whether it is the queue of a service or a group. */
    boolean isQueue() {
        return isA("service") || isA("group");
    }

    /** The release whose turn a release has: itself, or that of its group. */
    String turn() {
        String group = text("groupRelease");
        return group == null ? name() : group;
    }

    /** The service that it is about, as the ledger names it; null when it is about none or several. */
    @Nullable
    String service() {
        String application = text("service", "application");
        return application == null ? null : application + "/" + text("service", "deploymentGroup");
    }

    /** The objects in a list of it; empty when there is none. */
    List<LedgerItem> list(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? List.of() : value.l().stream().map(one -> new LedgerItem(id, one.m())).toList();
    }

    /** Whether somebody has still to look after it. */
    boolean isOpen() {
        return "release".equals(text("open"));
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }
}
