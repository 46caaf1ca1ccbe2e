package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.UnsupportedProtocolException;

/** Creates, changes and removes listeners; keeps their sockets and their routing in step. */
final class Listeners {
    private final Inventory inventory;
    private final ListenerSockets sockets;
    private final Timeline timeline;
    private final Journal journal;
    private final ListenerChanges changes;

    Listeners(Inventory inventory, ListenerSockets sockets, Timeline timeline, Journal journal,
            ListenerChanges changes) {
        this.inventory = inventory;
        this.sockets = sockets;
        this.timeline = timeline;
        this.journal = journal;
        this.changes = changes;
    }

    CreateListenerResponse create(CreateListenerRequest request) {
        BalancerState balancer = inventory.balancer(request.loadBalancerArn());
        int port = port(request.port());
        requireHttp(request.protocol(), request.protocolAsString());
        requireFree(port, balancer.arn(), null);
        List<Action> actions = Actions.normalised(request.defaultActions(), inventory);
        String arn = balancer.arn().replace(":loadbalancer/", ":listener/") + "/" + inventory.newId();
        Listener described = Listener.builder().listenerArn(arn).loadBalancerArn(balancer.arn()).port(port).protocol(
                ProtocolEnum.HTTP).defaultActions(actions).build();
        ListenerState listener = new ListenerState(described, arn.replace(":listener/", ":listener-rule/") + "/"
                + inventory.newId(), new RoutingTable(List.of(), Actions.routing(actions.getFirst(), inventory)));
        open(listener, balancer, port);
        inventory.listeners.put(arn, listener);
        inventory.tag(arn, request.tags());
        journal.write("elasticloadbalancing", "CreateListener", arn, Map.of("port", Integer.toString(port)),
                "Listener on port " + port + " of " + balancer.described.loadBalancerName() + " is open");
        refreshUse(Set.of());
        return CreateListenerResponse.builder().listeners(described).build();
    }

    DescribeListenersResponse describe(DescribeListenersRequest request) {
        List<ListenerState> found = request.hasListenerArns()
                ? request.listenerArns().stream().map(
                        inventory::listener).toList()
                : ofBalancer(inventory.balancer(request.loadBalancerArn()).arn());
        Page<Listener> page = Page.of(found.stream().map(ListenerState::shown).toList(), request.marker(),
                request.pageSize());
        return DescribeListenersResponse.builder().listeners(page.items()).nextMarker(page.nextMarker()).build();
    }

    ModifyListenerResponse modify(ModifyListenerRequest request) {
        ListenerState listener = inventory.listener(request.listenerArn());
        Listener before = listener.described;
        Set<String> usedBefore = listener.groupArns().collect(Collectors.toSet());
        Listener.Builder changed = before.toBuilder();
        if (request.protocol() != null) {
            requireHttp(request.protocol(), request.protocolAsString());
        }
        if (request.hasDefaultActions()) {
            changed.defaultActions(Actions.normalised(request.defaultActions(), inventory));
        }
        if (request.port() != null && !request.port().equals(before.port())) {
            int port = port(request.port());
            requireFree(port, before.loadBalancerArn(), before.listenerArn());
            changed.port(port);
            BalancerState balancer = inventory.balancer(before.loadBalancerArn());
            open(listener, balancer, port);
        }
        listener.described = changed.build();
        reroute(listener, usedBefore);
        if (!listener.described.defaultActions().equals(before.defaultActions())) {
            journal.write("elasticloadbalancing", "ModifyListener", listener.arn(), Map.of("port", listener.described
                    .port().toString(), "weights", weights(listener)), "Listener on port " + listener.described.port()
                            + " now sends " + weights(listener));
        }
        return ModifyListenerResponse.builder().listeners(listener.described).build();
    }

    DeleteListenerResponse delete(DeleteListenerRequest request) {
        remove(inventory.listener(request.listenerArn()));
        return DeleteListenerResponse.builder().build();
    }

    List<ListenerState> ofBalancer(String balancerArn) {
        return inventory.listeners.values().stream().filter(listener -> listener.balancerArn().equals(balancerArn))
                .toList();
    }

    void remove(ListenerState listener) {
        Set<String> used = listener.groupArns().collect(Collectors.toSet());
        listener.close();
        inventory.listeners.remove(listener.arn());
        inventory.forgetTags(listener.arn());
        listener.rules().forEach(rule -> inventory.forgetTags(rule.ruleArn()));
        refreshUse(used);
    }

    /** Brings what requests see in step with the listener and its rules, at once or late. */
    void reroute(ListenerState listener, Set<String> usedBefore) {
        List<RoutingTable.Entry> entries = new ArrayList<>();
        listener.rules().forEach(rule -> entries.add(new RoutingTable.Entry(Conditions.all(rule.conditions()), Actions
                .routing(rule.actions().getFirst(), inventory))));
        RoutingTable table = new RoutingTable(List.copyOf(entries), Actions.routing(listener.described.defaultActions()
                .getFirst(), inventory));
        Duration delay = changes.delay().get();
        if (delay.isZero()) {
            listener.takesEffect(table);
        } else {
            listener.changesLater(timeline.after(delay, () -> listener.takesEffect(table)),
                    changes.description() == ListenerChanges.Description.AT_ONCE);
        }
        refreshUse(usedBefore);
    }

    void close() {
        inventory.listeners.values().forEach(ListenerState::close);
    }

    private void refreshUse(Set<String> usedBefore) {
        Set<String> concerned = new HashSet<>(usedBefore);
        inventory.listeners.values().forEach(listener -> listener.groupArns().forEach(concerned::add));
        concerned.stream().sorted().forEach(arn -> {
            GroupState group = inventory.groups.get(arn);
            if (group != null) {
                group.checks.inUse(!inventory.balancersUsing(arn).isEmpty());
            }
        });
    }

    private void open(ListenerState listener, BalancerState balancer, int port) {
        try {
            listener.opened(sockets.open(port, listener::routing, balancer::idleTimeout));
        } catch (IOException failure) {
            throw Actions.unsupported("Port " + port + " of 127.0.0.1 cannot be opened for this listener ("
                    + failure.getMessage() + "): give the listener a port that is free and allowed for this user");
        }
    }

    private void requireFree(int port, String balancerArn, @Nullable String exceptListener) {
        inventory.listeners.values().stream().filter(listener -> !listener.arn().equals(exceptListener)
                && listener.described.port() == port).findFirst().ifPresent(other -> {
                    if (other.balancerArn().equals(balancerArn)) {
                        throw Faults.of(DuplicateListenerException.builder(), "DuplicateListener",
                                "A listener already exists on port " + port + " for this load balancer '" + balancerArn
                                        + "'");
                    }
                    throw Actions.unsupported("Port " + port + " is the port of listener '" + other.arn()
                            + "': all load balancers share 127.0.0.1, so give this listener another port");
                });
    }

    private static int port(@Nullable Integer port) {
        if (port == null) {
            throw Faults.validation("A listener must have a Port");
        }
        return Numbers.within("Port", port, 1, 65535);
    }

    private static void requireHttp(@Nullable ProtocolEnum protocol, @Nullable String asText) {
        if (protocol != ProtocolEnum.HTTP) {
            throw Faults.of(UnsupportedProtocolException.builder(), "UnsupportedProtocol", "Protocol '" + asText
                    + "' is not simulated for listeners; use HTTP");
        }
    }

    private static String weights(ListenerState listener) {
        Action action = listener.described.defaultActions().getFirst();
        if (action.forwardConfig() == null) {
            return action.typeAsString();
        }
        return action.forwardConfig().targetGroups().stream().map(tuple -> nameOf(tuple.targetGroupArn()) + "=" + tuple
                .weight()).collect(Collectors.joining(", "));
    }

    private static String nameOf(String groupArn) {
        String resource = groupArn.substring(groupArn.indexOf(":targetgroup/") + ":targetgroup/".length());
        return resource.substring(0, resource.indexOf('/'));
    }
}
