package io.greenlane.rehearsal.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is asked of a policy: may this principal do that to this resource.
 *
 * @param action {@code ecs:DescribeServices}
 * @param resource an ARN, or {@code *} where the action knows no resource
 * @param context values by condition key in lower case; a key that is missing is not part of the request
 */
public record AccessRequest(Principal principal, String action, String resource, Map<String, List<String>> context) {
    /** Condition keys in any case; those that every request has are added. */
    public static AccessRequest of(Principal principal, String action, String resource,
            Map<String, List<String>> context) {
        Map<String, List<String>> all = new HashMap<>(principal.context());
        // The endpoint is a loopback address; on AWS the same client would use TLS.
        all.put("aws:securetransport", List.of("true"));
        context.forEach((key, values) -> all.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new AccessRequest(principal, action, resource, Map.copyOf(all));
    }

    /** The values of a condition key, in any case; empty when the request does not have it. */
    List<String> values(String key) {
        return context.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    boolean has(String key) {
        return context.containsKey(key.toLowerCase(Locale.ROOT));
    }
}
