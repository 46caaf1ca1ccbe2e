package io.greenlane.probe;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, without a word about where it goes: that is the {@link Listener}'s.
 *
 * @param method in capitals
 * @param target path with its query if any; begins with a slash
 * @param headers by name as it is sent
 * @param body null for none
 * @param timeout until the whole answer is there
 */
public record Request(String method, String target, Map<String, String> headers, @Nullable String body,
        Duration timeout) {
    public Request {
        headers = Map.copyOf(headers);
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("The target of a request begins with a slash, got '" + target + "'");
        }
    }

    /** As it stands in a sentence, such as {@code GET /health}. */
    public String line() {
        return method + " " + target;
    }
}
