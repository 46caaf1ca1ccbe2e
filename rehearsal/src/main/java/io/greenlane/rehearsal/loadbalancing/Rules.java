package io.greenlane.rehearsal.loadbalancing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyRulesException;

/** Creates, changes and removes the rules of listeners. */
final class Rules {
    private static final int MAX_PRIORITY = 50_000;
    private static final int MAX_RULES = 100;

    private final Inventory inventory;
    private final Listeners listeners;

    Rules(Inventory inventory, Listeners listeners) {
        this.inventory = inventory;
        this.listeners = listeners;
    }

    CreateRuleResponse create(CreateRuleRequest request) {
        ListenerState listener = inventory.listener(request.listenerArn());
        if (request.priority() == null) {
            throw Faults.validation("A rule must have a Priority");
        }
        if (!request.transforms().isEmpty()) {
            throw Actions.unsupported("Transforms of rules are not simulated");
        }
        if (listener.rules().size() >= MAX_RULES) {
            throw Faults.of(TooManyRulesException.builder(), "TooManyRules", "A load balancer can have at most "
                    + MAX_RULES + " rules");
        }
        String priority = Integer.toString(Numbers.within("Priority", request.priority(), 1, MAX_PRIORITY));
        requireFree(listener, priority, Set.of());
        Conditions.all(request.conditions());
        Rule rule = Rule.builder().ruleArn(listener.arn().replace(":listener/", ":listener-rule/") + "/" + inventory
                .newId()).priority(priority).conditions(request.conditions()).actions(Actions.normalised(request
                        .actions(), inventory))
                .isDefault(false).build();
        Set<String> used = used(listener);
        listener.put(rule);
        inventory.tag(rule.ruleArn(), request.tags());
        listeners.reroute(listener, used);
        return CreateRuleResponse.builder().rules(rule).build();
    }

    DescribeRulesResponse describe(DescribeRulesRequest request) {
        List<Rule> found = request.hasRuleArns()
                ? request.ruleArns().stream().map(this::shown).toList()
                : inventory.listener(request.listenerArn()).shownRules();
        Page<Rule> page = Page.of(found, request.marker(), request.pageSize());
        return DescribeRulesResponse.builder().rules(page.items()).nextMarker(page.nextMarker()).build();
    }

    ModifyRuleResponse modify(ModifyRuleRequest request) {
        ListenerState listener = inventory.listenerOfRule(request.ruleArn());
        requireOrdinary(listener, String.valueOf(request.ruleArn()), "modified; modify its listener");
        if (!request.transforms().isEmpty()) {
            throw Actions.unsupported("Transforms of rules are not simulated");
        }
        Rule rule = rule(String.valueOf(request.ruleArn()));
        Rule.Builder changed = rule.toBuilder();
        if (request.hasConditions()) {
            Conditions.all(request.conditions());
            changed.conditions(request.conditions());
        }
        if (request.hasActions()) {
            changed.actions(Actions.normalised(request.actions(), inventory));
        }
        Set<String> used = used(listener);
        listener.put(changed.build());
        listeners.reroute(listener, used);
        return ModifyRuleResponse.builder().rules(changed.build()).build();
    }

    DeleteRuleResponse delete(DeleteRuleRequest request) {
        ListenerState listener = inventory.listenerOfRule(request.ruleArn());
        String arn = String.valueOf(request.ruleArn());
        requireOrdinary(listener, arn, "deleted");
        Set<String> used = used(listener);
        listener.remove(arn);
        inventory.forgetTags(arn);
        listeners.reroute(listener, used);
        return DeleteRuleResponse.builder().build();
    }

    SetRulePrioritiesResponse setPriorities(SetRulePrioritiesRequest request) {
        Map<String, String> priorities = new LinkedHashMap<>();
        for (RulePriorityPair pair : request.rulePriorities()) {
            ListenerState listener = inventory.listenerOfRule(pair.ruleArn());
            requireOrdinary(listener, pair.ruleArn(), "given a priority");
            priorities.put(pair.ruleArn(), Integer.toString(Numbers.within("Priority", pair.priority(), 1,
                    MAX_PRIORITY)));
        }
        priorities.forEach((arn, priority) -> requireFree(inventory.listenerOfRule(arn), priority, priorities
                .keySet()));
        List<Rule> changed = new ArrayList<>();
        priorities.forEach((arn, priority) -> {
            ListenerState listener = inventory.listenerOfRule(arn);
            Rule rule = rule(arn).toBuilder().priority(priority).build();
            listener.put(rule);
            listeners.reroute(listener, Set.of());
            changed.add(rule);
        });
        return SetRulePrioritiesResponse.builder().rules(changed).build();
    }

    private Rule shown(String arn) {
        return inventory.listenerOfRule(arn).shownRules().stream().filter(rule -> rule.ruleArn().equals(arn))
                .findFirst().orElseGet(() -> rule(arn));
    }

    private Rule rule(String arn) {
        return inventory.listenerOfRule(arn).rule(arn).orElseThrow();
    }

    private static Set<String> used(ListenerState listener) {
        return listener.groupArns().collect(Collectors.toSet());
    }

    private static void requireFree(ListenerState listener, String priority, Set<String> except) {
        if (listener.rules().stream().anyMatch(rule -> rule.priority().equals(priority) && !except.contains(rule
                .ruleArn()))) {
            throw Faults.of(PriorityInUseException.builder(), "PriorityInUse", "Priority '" + priority
                    + "' is currently in use");
        }
    }

    private static void requireOrdinary(ListenerState listener, String arn, String what) {
        if (arn.equals(listener.defaultRuleArn)) {
            throw Faults.of(OperationNotPermittedException.builder(), "OperationNotPermitted", "Default rule '" + arn
                    + "' cannot be " + what);
        }
    }
}
