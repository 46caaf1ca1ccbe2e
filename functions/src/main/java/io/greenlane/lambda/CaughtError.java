package io.greenlane.lambda;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;

/**
 * An error as a workflow caught it.
 *
 * @param name of the error; for a function's exception its class name (Step Functions guide)
 * @param message empty when it has none
 */
record CaughtError(String name, String message) {
    /** Reads {@code {Error, Cause}}. */
    static CaughtError of(JsonObject error) {
        String cause = error.optionalText("Cause");
        return new CaughtError(error.text("Error"), cause == null ? "" : message(cause));
    }

    /** A function's error arrives as JSON text with {@code errorMessage}; others as plain text. */
    private static String message(String cause) {
        try {
            return Json.object(cause).get("errorMessage") instanceof String message ? message : cause;
        } catch (IllegalArgumentException e) {
            return cause;
        }
    }

    /** As it stands in a sentence. */
    @Override
    public String toString() {
        return name.substring(name.lastIndexOf('.') + 1) + (message.isBlank() ? "" : ": " + message);
    }
}
