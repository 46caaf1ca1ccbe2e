package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.BlueGreen.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Sends the traffic of listeners to blue and green: by the weights of every forward action, default or of a rule, that names
 * one of the two target groups. Everything else on a listener stays as it is.
 */
final class Traffic {
    private final ElasticLoadBalancingV2Client loadBalancing;

    Traffic(ElasticLoadBalancingV2Client loadBalancing) {
        this.loadBalancing = loadBalancing;
    }

    /** The target groups by their names, in the order asked for. */
    List<TargetGroup> targetGroups(List<String> names) {
        return asking(() -> loadBalancing.describeTargetGroups(request -> request.names(names)).targetGroups().stream()
                .map(found -> new TargetGroup(found.targetGroupName(), found.targetGroupArn()))
                .sorted((one, other) -> Integer.compare(names.indexOf(one.name()), names.indexOf(other.name())))
                .toList());
    }

    /** Whether the listener sends anything to the target group. */
    boolean reaches(String listener, TargetGroup group) {
        return asking(() -> actions(listener)
                .anyMatch(action -> targets(action).stream().anyMatch(target -> target.targetGroupArn()
                        .equals(group.arn()) && (target.weight() == null || target.weight() > 0))));
    }

    /** Whether the listener names the target group, even if it sends nothing there. */
    boolean names(String listener, TargetGroup group) {
        return asking(() -> actions(listener)
                .anyMatch(action -> targets(action).stream()
                        .anyMatch(target -> target.targetGroupArn().equals(group.arn()))));
    }

    /**
     * Splits the listener's traffic.
     *
     * @param green percent of the traffic; blue gets the rest
     * @param keepEmpty whether a group without traffic stays listed, with weight 0
     */
    void split(String listener, BlueGreen pair, int green, boolean keepEmpty) {
        Set<String> arns = Set.of(pair.blueGroup().arn(), pair.greenGroup().arn());
        List<TargetGroupTuple> weights = Stream
                .of(weight(pair.greenGroup(), green), weight(pair.blueGroup(), 100 - green))
                .filter(target -> keepEmpty || target.weight() > 0).toList();
        asking(() -> {
            boolean found = splitDefault(listener, arns, weights);
            for (Rule rule : rules(listener)) {
                if (forwardsTo(rule.actions(), arns)) {
                    loadBalancing.modifyRule(
                            request -> request.ruleArn(rule.ruleArn()).actions(changed(rule.actions(), arns, weights)));
                    found = true;
                }
            }
            if (!found) {
                throw new DeploymentFault(ErrorCode.ELASTIC_LOAD_BALANCING_INVALID,
                        "The ELB could not be updated due to the following error: listener " + listener
                                + " forwards to neither target group of the pair");
            }
            return true;
        });
    }

    private boolean splitDefault(String listener, Set<String> arns, List<TargetGroupTuple> weights) {
        List<Action> defaults = defaultActions(listener);
        if (!forwardsTo(defaults, arns)) {
            return false;
        }
        loadBalancing.modifyListener(
                request -> request.listenerArn(listener).defaultActions(changed(defaults, arns, weights)));
        return true;
    }

    private List<Action> defaultActions(String listener) {
        return loadBalancing.describeListeners(request -> request.listenerArns(listener)).listeners().stream()
                .flatMap(found -> found.defaultActions().stream()).toList();
    }

    private List<Rule> rules(String listener) {
        return loadBalancing.describeRules(request -> request.listenerArn(listener)).rules().stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.isDefault())).toList();
    }

    private Stream<Action> actions(String listener) {
        return Stream.concat(defaultActions(listener).stream(),
                rules(listener).stream().flatMap(rule -> rule.actions().stream()));
    }

    private static List<Action> changed(List<Action> actions, Set<String> arns, List<TargetGroupTuple> weights) {
        return actions.stream().map(action -> forwardsTo(List.of(action), arns) ? changed(action, weights) : action)
                .toList();
    }

    private static Action changed(Action action, List<TargetGroupTuple> weights) {
        ForwardActionConfig config = action.forwardConfig() == null
                ? ForwardActionConfig.builder().build()
                : action.forwardConfig();
        return action.toBuilder().targetGroupArn(null).forwardConfig(config.toBuilder().targetGroups(weights).build())
                .build();
    }

    private static boolean forwardsTo(List<Action> actions, Set<String> arns) {
        return actions.stream().flatMap(action -> targets(action).stream())
                .anyMatch(target -> arns.contains(target.targetGroupArn()));
    }

    private static List<TargetGroupTuple> targets(Action action) {
        if (action.type() != ActionTypeEnum.FORWARD) {
            return List.of();
        }
        List<TargetGroupTuple> targets = new ArrayList<>(
                action.forwardConfig() == null ? List.of() : action.forwardConfig().targetGroups());
        Set<String> listed = targets.stream().map(TargetGroupTuple::targetGroupArn).collect(Collectors.toSet());
        if (action.targetGroupArn() != null && !listed.contains(action.targetGroupArn())) {
            targets.add(TargetGroupTuple.builder().targetGroupArn(action.targetGroupArn()).weight(1).build());
        }
        return targets;
    }

    private static TargetGroupTuple weight(TargetGroup group, int weight) {
        return TargetGroupTuple.builder().targetGroupArn(group.arn()).weight(weight).build();
    }

    private static <T> T asking(Supplier<T> call) {
        try {
            return call.get();
        } catch (ElasticLoadBalancingV2Exception refused) {
            throw new DeploymentFault(ErrorCode.ELASTIC_LOAD_BALANCING_INVALID,
                    "The ELB could not be updated due to the following error: " + refused.getMessage(), refused);
        }
    }
}
