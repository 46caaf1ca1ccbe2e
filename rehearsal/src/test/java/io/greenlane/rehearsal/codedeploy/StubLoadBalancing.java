package io.greenlane.rehearsal.codedeploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Listeners {@code prod} and {@code test}, both forwarding to the first target group at the start. */
final class StubLoadBalancing implements ElasticLoadBalancingV2Client {
    private final Map<String, List<Action>> listeners = new TreeMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    StubLoadBalancing() {
        listeners.put("prod", List.of(forward(World.GROUP_1)));
        listeners.put("test", List.of(forward(World.GROUP_1)));
    }

    static Action forward(String targetGroupArn) {
        return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroupArn).build();
    }

    void defaultActions(String listener, List<Action> actions) {
        listeners.put(listener, actions);
    }

    void addRule(String arn, List<Action> actions) {
        rules.put(arn, Rule.builder().ruleArn(arn).isDefault(false).priority("1").actions(actions).build());
    }

    /** For example {@code blue=10 green=90}, by the names of the target groups. */
    String weights(String listener) {
        return weights(actions(listener));
    }

    String ruleWeights(String rule) {
        return weights(Optional.ofNullable(rules.get(rule)).orElseThrow().actions());
    }

    List<Action> actions(String listener) {
        return Optional.ofNullable(listeners.get(listener)).orElseThrow();
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(request.names().stream().map(
                        name -> TargetGroup.builder().targetGroupName(name).targetGroupArn("arn:tg/" + name).build())
                        .toList())
                .build();
    }

    @Override
    public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
        return DescribeListenersResponse.builder()
                .listeners(request
                        .listenerArns().stream().map(arn -> Listener.builder().listenerArn(arn)
                                .defaultActions(listeners.getOrDefault(arn, List.of())).build())
                        .toList())
                .build();
    }

    @Override
    public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
        List<Rule> all = new ArrayList<>(request.listenerArn().equals("prod") ? rules.values() : List.of());
        all.add(Rule.builder().ruleArn("default").isDefault(true).actions(listeners.get(request.listenerArn()))
                .build());
        return DescribeRulesResponse.builder().rules(all).build();
    }

    @Override
    public ModifyListenerResponse modifyListener(ModifyListenerRequest request) {
        listeners.put(request.listenerArn(), request.defaultActions());
        return ModifyListenerResponse.builder().build();
    }

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
        addRule(request.ruleArn(), request.actions());
        return ModifyRuleResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    private static String weights(List<Action> actions) {
        Action last = actions.get(actions.size() - 1);
        return last.forwardConfig() == null
                ? last.targetGroupArn().substring("arn:tg/".length())
                : last.forwardConfig().targetGroups().stream()
                        .map(target -> target.targetGroupArn().substring("arn:tg/".length()) + "=" + target.weight())
                        .sorted().collect(Collectors.joining(" "));
    }
}
