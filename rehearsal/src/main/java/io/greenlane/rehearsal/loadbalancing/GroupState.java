package io.greenlane.rehearsal.loadbalancing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** A target group: its settings, its attributes and its targets. */
final class GroupState {
    static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";

    final String arn;
    final Upstream upstream;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final Map<TargetAddress, TargetState> targets = new LinkedHashMap<>();
    final TargetChecks checks;
    private TargetGroup described;
    private StatusMatcher matcher;

    GroupState(TargetGroup described, TargetChecks.Surroundings surroundings) {
        this.arn = described.targetGroupArn();
        this.described = described;
        this.upstream = new Upstream(arn);
        this.matcher = StatusMatcher.of(described.matcher().httpCode());
        attributes.put(DEREGISTRATION_DELAY, "300");
        attributes.put("slow_start.duration_seconds", "0");
        attributes.put("stickiness.enabled", "false");
        attributes.put("stickiness.type", "lb_cookie");
        attributes.put("stickiness.lb_cookie.duration_seconds", "86400");
        attributes.put("load_balancing.algorithm.type", "round_robin");
        attributes.put("load_balancing.cross_zone.enabled", "use_load_balancer_configuration");
        this.checks = new TargetChecks(targets, upstream, surroundings);
        checks.settings(settings());
    }

    TargetGroup described() {
        return described;
    }

    /** Takes new settings; the checks go by them from the next one on. */
    void describe(TargetGroup changed) {
        matcher = StatusMatcher.of(changed.matcher().httpCode());
        described = changed;
        checks.settings(settings());
    }

    void set(String attribute, String value) {
        attributes.put(attribute, value);
        checks.settings(settings());
    }

    private TargetChecks.Settings settings() {
        return new TargetChecks.Settings(described.healthCheckPath(), described.healthCheckPort(), Duration.ofSeconds(
                described.healthCheckIntervalSeconds()), Duration.ofSeconds(described.healthCheckTimeoutSeconds()),
                described.healthyThresholdCount(), described.unhealthyThresholdCount(), matcher, Duration.ofSeconds(Long
                        .parseLong(attributes.getOrDefault(DEREGISTRATION_DELAY, "300"))));
    }
}
