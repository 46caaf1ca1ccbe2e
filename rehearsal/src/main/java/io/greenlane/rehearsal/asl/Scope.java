package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What paths and expressions can see at one moment.
 *
 * @param input what {@code $} stands for in JSONPath
 * @param context the context object
 */
record Scope(JsonNode input, ObjectNode context, Variables variables) {
    Scope withInput(JsonNode other) {
        return new Scope(other, context, variables);
    }
}
