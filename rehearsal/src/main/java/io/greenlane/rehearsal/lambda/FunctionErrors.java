package io.greenlane.rehearsal.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Locale;

/** The error bodies that Lambda itself writes, where the function could not. Wording as seen in public bug reports. */
final class FunctionErrors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FunctionErrors() {}

    static String timedOut(String requestId, Duration timeout) {
        return body("Sandbox.Timedout", String.format(Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds", requestId, timeout.toMillis() / 1000.0));
    }

    static String exited(String requestId, int status) {
        String how = status > 128 && status < 160
                ? "signal: " + (status == 137 ? "killed" : status - 128)
                : "exit status " + status;
        return body("Runtime.ExitError", "RequestId: " + requestId + " Error: Runtime exited with error: " + how);
    }

    static String notStarted(String requestId, String why) {
        return body("Runtime.InvalidEntrypoint", "RequestId: " + requestId + " Error: " + why);
    }

    private static String body(String type, String message) {
        return JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString();
    }
}
