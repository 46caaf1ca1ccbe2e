package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Map;

/**
 * What a call needs to be allowed.
 *
 * @param action {@code ecs:DescribeServices}
 * @param resource an ARN, {@code *} where the action knows no resource
 * @param context values by condition key
 */
record Need(String action, String resource, Map<String, List<String>> context) {
    static final String EVERYTHING = "*";

    static Need of(String action, String resource) {
        return new Need(action, resource, Map.of());
    }

    /** That a role may be handed to a service. */
    static Need passing(String role, String service) {
        return new Need("iam:PassRole", role, Map.of("iam:PassedToService", List.of(service)));
    }

    Need with(String key, String value) {
        return new Need(action, resource, Map.of(key, List.of(value)));
    }
}
