package io.greenlane.sample;

/**
 * A request as far as the website looks at it.
 *
 * @param method in capitals
 * @param path without a query
 * @param body empty for none
 */
public record Request(String method, String path, String body) {
    /** A GET request. */
    public static Request get(String path) {
        return new Request("GET", path, "");
    }
}
