package io.greenlane.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * What a rule of a listener forwards, or its default.
 *
 * @param rule its priority; empty for the default
 * @param weights by target group ARN, of those that get requests
 */
record Forward(String rule, Map<String, Integer> weights) {
    private static final String RULE = ":listener-rule/";

    Forward {
        weights = Map.copyOf(weights);
    }

    /**
     * As it is now.
     *
     * @param arn of a listener, for its default and all of its rules, or of one rule
     * @throws ListenerNotFoundException when there is no such listener
     */
    static List<Forward> of(ElasticLoadBalancingV2Client client, String arn) {
        if (arn.contains(RULE)) {
            return client.describeRules(call -> call.ruleArns(arn)).rules().stream().map(Forward::of).toList();
        }
        return client.describeListeners(call -> call.listenerArns(arn)).listeners().stream()
                .flatMap(listener -> of(client, listener).stream()).toList();
    }

    /** As above, of a listener whose default is known. */
    static List<Forward> of(ElasticLoadBalancingV2Client client, Listener listener) {
        List<Forward> forwards = new ArrayList<>();
        forwards.add(new Forward("", weights(listener.defaultActions())));
        client.describeRulesPaginator(call -> call.listenerArn(listener.listenerArn())).rules().stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.isDefault())).map(Forward::of).forEach(forwards::add);
        return forwards;
    }

    private static Forward of(Rule rule) {
        return new Forward(Boolean.TRUE.equals(rule.isDefault()) || rule.priority() == null ? "" : rule.priority(),
                weights(rule.actions()));
    }

    private static Map<String, Integer> weights(List<Action> actions) {
        Map<String, Integer> weights = new HashMap<>();
        for (Action action : actions) {
            if (action.forwardConfig() != null && !action.forwardConfig().targetGroups().isEmpty()) {
                action.forwardConfig().targetGroups().forEach(tuple -> weights.merge(tuple.targetGroupArn(),
                        tuple.weight() == null ? 1 : tuple.weight(), Integer::sum));
            } else if (action.targetGroupArn() != null) {
                weights.merge(action.targetGroupArn(), 1, Integer::sum);
            }
        }
        weights.values().removeIf(weight -> weight <= 0);
        return weights;
    }

    /** Name of a target group, from its ARN {@code ...:targetgroup/name/id}. */
    static String targetGroup(String arn) {
        String[] parts = arn.split("/", -1);
        return parts.length == 3 ? parts[1] : arn;
    }

    /** Whether it sends requests to the target group. */
    boolean reaches(String targetGroup) {
        return weights.containsKey(targetGroup);
    }

    /** Of how many requests the weights are. */
    int total() {
        return weights.values().stream().mapToInt(Integer::intValue).sum();
    }
}
