package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets.OpenSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** A listener, its rules and its socket. */
final class ListenerState {
    Listener described;
    final String defaultRuleArn;
    private final List<Rule> rules = new ArrayList<>();
    private volatile RoutingTable routing;
    private @Nullable OpenSocket socket;
    private Shown inEffect;
    private Timeline.@Nullable Alarm pending;
    private boolean pendingIsShown;

    /** What Describe shows. */
    private record Shown(Listener listener, List<Rule> rules) {}

    ListenerState(Listener described, String defaultRuleArn, RoutingTable routing) {
        this.described = described;
        this.defaultRuleArn = defaultRuleArn;
        this.routing = routing;
        this.inEffect = new Shown(described, List.of(defaultRule(described, defaultRuleArn)));
    }

    String arn() {
        return described.listenerArn();
    }

    String balancerArn() {
        return described.loadBalancerArn();
    }

    /** What the threads of the requests go by. */
    RoutingTable routing() {
        return routing;
    }

    /** Requests go by this table from now on. */
    void takesEffect(RoutingTable table) {
        pending = null;
        routing = table;
        inEffect = now();
    }

    /** A change takes effect later, and one that has not done so yet never does. */
    void changesLater(Timeline.Alarm alarm, boolean shownAtOnce) {
        if (pending != null) {
            pending.cancel();
        }
        pending = alarm;
        pendingIsShown = shownAtOnce;
    }

    /** The listener as Describe shows it. */
    Listener shown() {
        return shownNow().listener();
    }

    /** The rules as Describe shows them, the default rule last. */
    List<Rule> shownRules() {
        return shownNow().rules();
    }

    private Shown shownNow() {
        return pending == null || pendingIsShown ? now() : inEffect;
    }

    private Shown now() {
        return new Shown(described, allRules());
    }

    /** Answers on this socket from now on, and no longer on the one before. */
    void opened(OpenSocket opened) {
        close();
        socket = opened;
    }

    void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** The rules in order of priority, without the default rule. */
    List<Rule> rules() {
        return rules.stream().sorted(Comparator.comparingInt(rule -> Integer.parseInt(rule.priority()))).toList();
    }

    /** All rules, the default rule last. */
    List<Rule> allRules() {
        List<Rule> all = new ArrayList<>(rules());
        all.add(defaultRule(described, defaultRuleArn));
        return all;
    }

    private static Rule defaultRule(Listener listener, String arn) {
        return Rule.builder().ruleArn(arn).priority("default").isDefault(true).conditions(List.of())
                .actions(listener.defaultActions()).build();
    }

    Optional<Rule> rule(@Nullable String ruleArn) {
        return allRules().stream().filter(rule -> rule.ruleArn().equals(ruleArn)).findFirst();
    }

    void put(Rule rule) {
        remove(rule.ruleArn());
        rules.add(rule);
    }

    void remove(String ruleArn) {
        rules.removeIf(rule -> rule.ruleArn().equals(ruleArn));
    }

    Stream<String> groupArns() {
        return allRules().stream().flatMap(rule -> rule.actions().stream()).flatMap(Actions::groupArns);
    }
}
