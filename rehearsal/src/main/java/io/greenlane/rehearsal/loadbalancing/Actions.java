package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.loadbalancing.RoutingAction.Weighted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidLoadBalancerActionException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyUniqueTargetGroupsPerLoadBalancerException;

/** Between the actions of the API and what a listener does. */
final class Actions {
    private static final int MAX_GROUPS = 5;
    private static final int MAX_WEIGHT = 999;

    private Actions() {}

    /** The target groups an action refers to. */
    static Stream<String> groupArns(Action action) {
        ForwardActionConfig forward = action.forwardConfig();
        return forward == null
                ? Stream.ofNullable(action.targetGroupArn())
                : forward.targetGroups().stream().map(TargetGroupTuple::targetGroupArn);
    }

    /**
     * Checks the actions of one rule and writes them as the Describe calls show them: a single target group appears both as
     * TargetGroupArn and as ForwardConfig, several only as ForwardConfig.
     */
    static List<Action> normalised(List<Action> actions, Inventory inventory) {
        if (actions.size() != 1) {
            throw Faults.of(InvalidLoadBalancerActionException.builder(), "InvalidLoadBalancerAction",
                    "A rule must have exactly one action of the type forward, redirect or fixed-response, got "
                            + actions.size() + " actions");
        }
        Action action = actions.getFirst();
        return List.of(switch (action.type()) {
            case FORWARD -> forward(action, inventory);
            case FIXED_RESPONSE -> fixedResponse(action);
            case REDIRECT -> redirect(action);
            default -> throw unsupported("Actions of the type '" + action.typeAsString()
                    + "' are not simulated; use forward, redirect or fixed-response");
        });
    }

    /** The same as a listener carries it out. */
    static RoutingAction routing(Action action, Inventory inventory) {
        return switch (action.type()) {
            case FORWARD -> new RoutingAction.Forward(action.forwardConfig().targetGroups().stream().map(
                    tuple -> new Weighted(inventory.group(tuple.targetGroupArn()).upstream, tuple.weight())).toList());
            case FIXED_RESPONSE -> new RoutingAction.FixedResponse(Integer.parseInt(action.fixedResponseConfig()
                    .statusCode()), action.fixedResponseConfig().contentType(), action.fixedResponseConfig()
                            .messageBody());
            case REDIRECT -> {
                RedirectActionConfig to = action.redirectConfig();
                yield new RoutingAction.Redirect(to.statusCode() == RedirectActionStatusCodeEnum.HTTP_301 ? 301 : 302,
                        to.protocol().toLowerCase(Locale.ROOT), to.host(), to.port(), to.path(), to.query());
            }
            default -> throw new IllegalStateException("An action that was refused is in use: " + action);
        };
    }

    private static Action forward(Action action, Inventory inventory) {
        ForwardActionConfig asked = action.forwardConfig();
        List<TargetGroupTuple> tuples = new ArrayList<>();
        if (asked != null && asked.hasTargetGroups()) {
            tuples.addAll(asked.targetGroups());
        } else if (action.targetGroupArn() != null) {
            tuples.add(TargetGroupTuple.builder().targetGroupArn(action.targetGroupArn()).build());
        }
        if (tuples.isEmpty()) {
            throw Faults.validation("A forward action must have a TargetGroupArn or a ForwardConfig with TargetGroups");
        }
        if (tuples.size() > MAX_GROUPS) {
            throw Faults.of(TooManyUniqueTargetGroupsPerLoadBalancerException.builder(),
                    "TooManyUniqueTargetGroupsPerLoadBalancer", "A forward action can have at most " + MAX_GROUPS
                            + " target groups, got " + tuples.size());
        }
        if (new HashSet<>(tuples.stream().map(TargetGroupTuple::targetGroupArn).toList()).size() < tuples.size()) {
            throw Faults.validation("A target group is listed twice in one forward action");
        }
        TargetGroupStickinessConfig stickiness = asked == null ? null : asked.targetGroupStickinessConfig();
        if (stickiness != null && Boolean.TRUE.equals(stickiness.enabled())) {
            throw unsupported("Target group stickiness is not simulated; leave TargetGroupStickinessConfig disabled");
        }
        boolean single = tuples.size() == 1;
        List<TargetGroupTuple> weighted = tuples.stream().map(tuple -> {
            inventory.group(tuple.targetGroupArn());
            int weight = tuple.weight() == null ? (single ? 1 : missingWeight(tuple)) : tuple.weight();
            return tuple.toBuilder().weight(Numbers.within("Weight of " + tuple.targetGroupArn(), weight, 0,
                    MAX_WEIGHT)).build();
        }).toList();
        return Action.builder().type(ActionTypeEnum.FORWARD).order(action.order()).targetGroupArn(single
                ? weighted.getFirst().targetGroupArn()
                : null)
                .forwardConfig(ForwardActionConfig.builder().targetGroups(weighted).targetGroupStickinessConfig(
                        TargetGroupStickinessConfig.builder().enabled(false).build()).build())
                .build();
    }

    private static int missingWeight(TargetGroupTuple tuple) {
        throw Faults.validation("Weight of " + tuple.targetGroupArn()
                + " must be given, because the action forwards to several target groups");
    }

    private static Action fixedResponse(Action action) {
        FixedResponseActionConfig config = action.fixedResponseConfig();
        if (config == null) {
            throw Faults.validation("A fixed-response action must have a FixedResponseConfig");
        }
        Numbers.within("StatusCode of the fixed response", config.statusCode(), 200, 599);
        return action.toBuilder().fixedResponseConfig(config.toBuilder().contentType(orElse(config.contentType(),
                "text/plain")).messageBody(orElse(config.messageBody(), "")).build()).build();
    }

    private static Action redirect(Action action) {
        RedirectActionConfig config = action.redirectConfig();
        if (config == null || config.statusCode() == null) {
            throw Faults.validation("A redirect action must have a RedirectConfig with a StatusCode");
        }
        return action.toBuilder().redirectConfig(config.toBuilder().protocol(orElse(config.protocol(), "#{protocol}"))
                .host(orElse(config.host(), "#{host}")).port(orElse(config.port(), "#{port}")).path(orElse(config
                        .path(), "/#{path}"))
                .query(orElse(config.query(), "#{query}")).build()).build();
    }

    static RuntimeException unsupported(String message) {
        return Faults.of(InvalidConfigurationRequestException.builder(), "InvalidConfigurationRequest", message);
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
