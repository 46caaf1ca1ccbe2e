package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workflow variables of one scope: the machine's, a branch's or an iteration's. An inner scope reads the outer ones and
 * assigns only its own (Step Functions guide, variables).
 */
final class Variables {
    private final @Nullable Variables outer;
    private final Map<String, JsonNode> own = new HashMap<>();

    private Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    static Variables ofMachine() {
        return new Variables(null);
    }

    Variables inner() {
        return new Variables(this);
    }

    void assign(Map<String, JsonNode> values) {
        own.putAll(values);
    }

    @Nullable
    JsonNode get(String name) {
        JsonNode value = own.get(name);
        return value != null || outer == null ? value : outer.get(name);
    }

    /** Every variable that can be read here, inner ones hiding outer ones. */
    Map<String, JsonNode> visible() {
        Map<String, JsonNode> all = outer == null ? new HashMap<>() : outer.visible();
        all.putAll(own);
        return all;
    }
}
