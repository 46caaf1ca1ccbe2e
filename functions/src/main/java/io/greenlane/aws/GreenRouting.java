package io.greenlane.aws;

import io.greenlane.validation.Routing;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * Looks at a listener and at the health of green's targets. Which rule a request would match is not worked out: whatever forwards to one
 * of the two target groups of the service has to forward to green's alone; what forwards elsewhere belongs to other services.
 */
final class GreenRouting implements Routing {
    /** They get no new requests (load balancer guide, target health). */
    private static final Set<TargetHealthStateEnum> LEAVING = Set.of(TargetHealthStateEnum.DRAINING,
            TargetHealthStateEnum.UNHEALTHY_DRAINING);
    private static final String PERMISSIONS = "elasticloadbalancing:DescribeListeners, DescribeRules and"
            + " DescribeTargetHealth, and ecs:DescribeServices";

    private final ElasticLoadBalancingV2Client client;
    private final Way way;
    private final Supplier<OptionalInt> desired;

    /**
     * A routing to be looked at again and again.
     *
     * @param desired how many tasks green wants now; empty when green is gone
     */
    GreenRouting(ElasticLoadBalancingV2Client client, Way way, Supplier<OptionalInt> desired) {
        this.client = client;
        this.way = way;
        this.desired = desired;
    }

    /**
     * The way that requests take.
     *
     * @param name as it stands in a sentence, such as {@code test listener}
     * @param arn of the listener, or of the one rule that is green's
     * @param green ARN of green's target group
     * @param blue ARN of the other target group of the service
     */
    record Way(String name, String arn, String green, String blue) {}

    @Override
    public @Nullable String doubt() {
        try {
            String astray = astray(Forward.of(client, way.arn()));
            return astray == null ? incomplete() : astray;
        } catch (SdkException e) {
            return "AWS could not be asked about green: " + Refusal.of(e, PERMISSIONS);
        }
    }

    private @Nullable String astray(List<Forward> forwards) {
        List<Forward> ours = forwards.stream()
                .filter(forward -> forward.reaches(way.green()) || forward.reaches(way.blue())).toList();
        for (Forward forward : ours) {
            for (Map.Entry<String, Integer> other : forward.weights().entrySet()) {
                if (!other.getKey().equals(way.green())) {
                    return subject(forward) + " sends " + other.getValue() + " of " + forward.total()
                            + " requests to target group " + Forward.targetGroup(other.getKey());
                }
            }
        }
        return ours.isEmpty()
                ? "The " + way.name() + " does not forward to green's target group " + Forward.targetGroup(way.green())
                : null;
    }

    private String subject(Forward forward) {
        return forward.rule().isEmpty() ? "The " + way.name() : "Rule " + forward.rule() + " of the " + way.name();
    }

    private @Nullable String incomplete() {
        OptionalInt wanted = desired.get();
        if (wanted.isEmpty()) {
            return "Green is gone: ECS has no task set of this deployment any more";
        }
        List<TargetHealth> targets = client.describeTargetHealth(call -> call.targetGroupArn(way.green()))
                .targetHealthDescriptions().stream().map(target -> target.targetHealth())
                .filter(health -> !LEAVING.contains(health.state())).toList();
        List<TargetHealth> unwell = targets.stream().filter(health -> health.state() != TargetHealthStateEnum.HEALTHY)
                .toList();
        int healthy = targets.size() - unwell.size();
        if (wanted.getAsInt() == 0) {
            return "Green's task set wants no tasks, so there is nothing to ask";
        }
        if (healthy == wanted.getAsInt() && unwell.isEmpty()) {
            return null;
        }
        return "Green has " + healthy + " healthy " + (healthy == 1 ? "target" : "targets") + " of "
                + wanted.getAsInt()
                + (unwell.isEmpty() ? "" : ", and " + unwell.size() + " not healthy: " + reasons(unwell));
    }

    private static String reasons(List<TargetHealth> unwell) {
        return unwell.stream()
                .map(health -> (health.reason() == null ? health.stateAsString() : health.reasonAsString())
                        + (health.description() == null ? "" : " (" + health.description() + ")"))
                .distinct().collect(Collectors.joining(", "));
    }
}
