package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How data goes through one entered state, in the state's query language. Every method may raise a {@link StatesFault}.
 */
interface DataFlow {
    /** What the state works on. */
    JsonNode input();

    /** What a Task calls with, what branches begin with, what a Pass state passes. */
    JsonNode arguments();

    /** What leaves the state when its work gave the result. */
    Exit exit(JsonNode result);

    /** What leaves the state when a Catch took the error. */
    Exit caught(Catcher catcher, ObjectNode errorOutput);

    /** The first rule of a Choice state that holds, or its Default; null when there is neither. */
    @Nullable
    Choice choose();

    /** A text member, or what its Path or expression gives; null when the state has none. */
    @Nullable
    String text(String field);

    /** A number member, or what its Path or expression gives; null when the state has none. */
    @Nullable
    Double number(String field);

    /** The items of a Map state. */
    ArrayNode items();

    /** What the iteration over an item begins with; its index and value are in the context object. */
    JsonNode itemInput(JsonNode item);

    /** What every batch of a Map state carries besides its items; null for nothing. */
    @Nullable
    JsonNode batchInput();

    /** The role of the member Credentials, null when the execution's own is used. */
    @Nullable
    String role();

    /**
     * What leaves a state.
     *
     * @param assigned variables by name
     */
    record Exit(JsonNode output, Map<String, JsonNode> assigned) {}

    /** Where a Choice state goes. */
    record Choice(String next, Exit exit) {}
}
