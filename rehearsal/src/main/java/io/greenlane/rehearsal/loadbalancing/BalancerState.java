package io.greenlane.rehearsal.loadbalancing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** A load balancer and its attributes. */
final class BalancerState {
    static final String IDLE_TIMEOUT = "idle_timeout.timeout_seconds";

    LoadBalancer described;
    final Map<String, String> attributes = new LinkedHashMap<>(Map.of(IDLE_TIMEOUT, "60",
            "deletion_protection.enabled", "false", "routing.http2.enabled", "true", "access_logs.s3.enabled", "false",
            "access_logs.s3.bucket", "", "access_logs.s3.prefix", "",
            "routing.http.drop_invalid_header_fields.enabled", "false", "routing.http.preserve_host_header.enabled",
            "false", "load_balancing.cross_zone.enabled", "true"));
    private volatile Duration idleTimeout = Duration.ofSeconds(60);

    BalancerState(LoadBalancer described) {
        this.described = described;
    }

    String arn() {
        return described.loadBalancerArn();
    }

    /** How long a target may be silent; read by the threads of the requests. */
    Duration idleTimeout() {
        return idleTimeout;
    }

    void set(String attribute, String value) {
        if (attribute.equals(IDLE_TIMEOUT)) {
            idleTimeout = Duration.ofSeconds(Numbers.within(attribute, value, 1, 4000));
        }
        attributes.put(attribute, value);
    }
}
