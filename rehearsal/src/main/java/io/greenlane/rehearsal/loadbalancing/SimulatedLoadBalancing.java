package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/**
 * Elastic Load Balancing: application load balancers whose listeners are real sockets on 127.0.0.1.
 *
 * <p>The threads of the requests never enter the timeline: they go by routing tables and lists of targets that the
 * operations replace as a whole. So a request sees the weights before a change or those after it, and is never failed by one.
 */
public final class SimulatedLoadBalancing implements ElasticLoadBalancingV2Client, TargetHealthWatch {
    /** How long a process may take to answer before its failed health checks count; see {@link TargetChecks.Surroundings}. */
    private static final Duration START_ALLOWANCE = Duration.ofSeconds(8);

    private final List<TargetHealthWatch.Listener> followers = new ArrayList<>();
    private final Inventory inventory;
    private final LoadBalancers balancers;
    private final Listeners listeners;
    private final Rules rules;
    private final TargetGroups groups;
    private final Targets targets;
    private final RandomGenerator random;

    /**
     * A load balancer whose listeners change at once.
     *
     * @param probe asks targets how they are: {@link HealthProbe#http} but in simulations
     * @param sockets opens the ports of listeners: {@link ListenerSockets#http} but in simulations
     * @param random for identifiers, and for {@link #serverOf}
     */
    public SimulatedLoadBalancing(Account account, Timeline timeline, Journal journal, HealthProbe probe,
            ListenerSockets sockets, RandomGenerator random) {
        this(account, timeline, journal, probe, sockets, ListenerChanges.AT_ONCE, random);
    }

    /** As the other constructor, with listeners that may change late. */
    public SimulatedLoadBalancing(Account account, Timeline timeline, Journal journal, HealthProbe probe,
            ListenerSockets sockets, ListenerChanges changes, RandomGenerator random) {
        this.random = random;
        this.inventory = new Inventory(account, random);
        this.listeners = new Listeners(inventory, sockets, timeline, journal, changes);
        this.balancers = new LoadBalancers(inventory, listeners, timeline, account.region());
        this.rules = new Rules(inventory, listeners);
        this.groups = new TargetGroups(inventory, new TargetChecks.Surroundings(timeline, probe, (group, id, port,
                health) -> List.copyOf(followers).forEach(follower -> follower.changed(group, id, port, health)),
                journal, START_ALLOWANCE));
        this.targets = new Targets(inventory);
    }

    @Override
    public void follow(TargetHealthWatch.Listener listener) {
        followers.add(listener);
    }

    /**
     * Who would serve a request now, as {@code <ip>:<port>}: for simulations without sockets. Draws a target group by weight
     * and takes the next target in turn, as a real request does.
     *
     * @return empty when no listener has the port, the listener answers by itself, or no target can be asked
     */
    public Optional<String> serverOf(int listenerPort, RequestHead request) {
        return inventory.listeners.values().stream().filter(listener -> listener.described.port() == listenerPort)
                .findFirst().map(listener -> listener.routing().route(request))
                .flatMap(action -> action instanceof RoutingAction.Forward forward
                        ? forward.choose(random).acquire(Set.of())
                        : Optional.empty())
                .map(backend -> {
                    backend.leave();
                    return backend.toString();
                });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Closes all sockets. */
    @Override
    public void close() {
        listeners.close();
    }

    @Override
    public CreateLoadBalancerResponse createLoadBalancer(CreateLoadBalancerRequest request) {
        return balancers.create(request);
    }

    @Override
    public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
        return balancers.describe(request);
    }

    @Override
    public DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest request) {
        return balancers.delete(request);
    }

    @Override
    public ModifyLoadBalancerAttributesResponse modifyLoadBalancerAttributes(
            ModifyLoadBalancerAttributesRequest request) {
        return balancers.modifyAttributes(request);
    }

    @Override
    public CreateTargetGroupResponse createTargetGroup(CreateTargetGroupRequest request) {
        return groups.create(request);
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        return groups.describe(request);
    }

    @Override
    public ModifyTargetGroupResponse modifyTargetGroup(ModifyTargetGroupRequest request) {
        return groups.modify(request);
    }

    @Override
    public DeleteTargetGroupResponse deleteTargetGroup(DeleteTargetGroupRequest request) {
        return groups.delete(request);
    }

    @Override
    public ModifyTargetGroupAttributesResponse modifyTargetGroupAttributes(ModifyTargetGroupAttributesRequest request) {
        return groups.modifyAttributes(request);
    }

    @Override
    public CreateListenerResponse createListener(CreateListenerRequest request) {
        return listeners.create(request);
    }

    @Override
    public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
        return listeners.describe(request);
    }

    @Override
    public ModifyListenerResponse modifyListener(ModifyListenerRequest request) {
        return listeners.modify(request);
    }

    @Override
    public DeleteListenerResponse deleteListener(DeleteListenerRequest request) {
        return listeners.delete(request);
    }

    @Override
    public CreateRuleResponse createRule(CreateRuleRequest request) {
        return rules.create(request);
    }

    @Override
    public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
        return rules.describe(request);
    }

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
        return rules.modify(request);
    }

    @Override
    public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
        return rules.delete(request);
    }

    @Override
    public SetRulePrioritiesResponse setRulePriorities(SetRulePrioritiesRequest request) {
        return rules.setPriorities(request);
    }

    @Override
    public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
        return targets.register(request);
    }

    @Override
    public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
        return targets.deregister(request);
    }

    @Override
    public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
        return targets.health(request);
    }

    @Override
    public DescribeLoadBalancerAttributesResponse describeLoadBalancerAttributes(
            DescribeLoadBalancerAttributesRequest request) {
        return DescribeLoadBalancerAttributesResponse.builder().attributes(balancers.attributes(inventory.balancer(
                request.loadBalancerArn()))).build();
    }

    @Override
    public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
            DescribeTargetGroupAttributesRequest request) {
        return DescribeTargetGroupAttributesResponse.builder().attributes(groups.attributes(inventory.group(request
                .targetGroupArn()))).build();
    }

    @Override
    public DescribeListenerAttributesResponse describeListenerAttributes(DescribeListenerAttributesRequest request) {
        inventory.listener(request.listenerArn());
        return DescribeListenerAttributesResponse.builder().attributes(ListenerAttribute.builder().key(
                "routing.http.response.server.enabled").value("true").build()).build();
    }

    @Override
    public SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest request) {
        BalancerState balancer = inventory.balancer(request.loadBalancerArn());
        balancer.described = balancer.described.toBuilder().securityGroups(request.securityGroups()).build();
        return SetSecurityGroupsResponse.builder().securityGroupIds(request.securityGroups()).build();
    }

    @Override
    public SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
        BalancerState balancer = inventory.balancer(request.loadBalancerArn());
        balancer.described = balancer.described.toBuilder().availabilityZones(balancers.zones(request.subnets()))
                .build();
        return SetSubnetsResponse.builder().availabilityZones(balancer.described.availabilityZones()).build();
    }

    @Override
    public AddTagsResponse addTags(AddTagsRequest request) {
        request.resourceArns().forEach(inventory::requireResource);
        request.resourceArns().forEach(arn -> inventory.tag(arn, request.tags()));
        return AddTagsResponse.builder().build();
    }

    @Override
    public RemoveTagsResponse removeTags(RemoveTagsRequest request) {
        request.resourceArns().forEach(inventory::requireResource);
        request.resourceArns().forEach(arn -> inventory.untag(arn, request.tagKeys()));
        return RemoveTagsResponse.builder().build();
    }

    @Override
    public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
        request.resourceArns().forEach(inventory::requireResource);
        return DescribeTagsResponse.builder().tagDescriptions(request.resourceArns().stream().map(
                arn -> TagDescription.builder().resourceArn(arn).tags(inventory.tagsOf(arn)).build()).toList())
                .build();
    }
}
