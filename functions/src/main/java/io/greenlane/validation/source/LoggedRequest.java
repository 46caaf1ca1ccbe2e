package io.greenlane.validation.source;

/**
 * A request that clients once sent, without its secrets.
 *
 * @param method GET or HEAD
 * @param target path with its query if any; begins with one slash, fit for a request line
 */
public record LoggedRequest(String method, String target) {
    public LoggedRequest {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new IllegalArgumentException("Only GET and HEAD are sent again, got " + method);
        }
        if (!target.startsWith("/") || target.startsWith("//")) {
            throw new IllegalArgumentException("The target of a request begins with one slash, got '" + target + "'");
        }
    }
}
