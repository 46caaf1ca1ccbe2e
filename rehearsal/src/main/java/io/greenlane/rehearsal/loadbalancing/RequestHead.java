package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a rule can look at.
 *
 * @param host the Host header without the port; empty when absent
 * @param path raw, percent-encoded as sent
 * @param query raw, without the question mark; empty when absent
 * @param headers by lower-case name
 */
public record RequestHead(String method, String host, String path, String query, Map<String, List<String>> headers) {
    /** The values of a header, whatever the case of the name. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
