package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** Creates, changes and removes load balancers. */
final class LoadBalancers {
    private static final Pattern NAME = Pattern.compile("(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?");
    private static final String DELETION_PROTECTION = "deletion_protection.enabled";

    private final Inventory inventory;
    private final Listeners listeners;
    private final Timeline timeline;
    private final String region;

    LoadBalancers(Inventory inventory, Listeners listeners, Timeline timeline, String region) {
        this.inventory = inventory;
        this.listeners = listeners;
        this.timeline = timeline;
        this.region = region;
    }

    CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        String name = String.valueOf(request.name());
        if (!NAME.matcher(name).matches()) {
            throw Faults.validation("Load balancer name '" + name
                    + "' must have 1 to 32 letters, digits and hyphens, no hyphen at either end, and not begin with internal-");
        }
        LoadBalancerTypeEnum type = request.type() == null ? LoadBalancerTypeEnum.APPLICATION : request.type();
        if (type != LoadBalancerTypeEnum.APPLICATION) {
            throw Actions.unsupported("Load balancers of the type '" + request.typeAsString()
                    + "' are not simulated; use application");
        }
        List<String> subnets = new ArrayList<>(request.subnets());
        request.subnetMappings().stream().map(SubnetMapping::subnetId).forEach(subnets::add);
        if (subnets.isEmpty()) {
            throw Faults.validation("At least one subnet must be specified");
        }
        LoadBalancer.Builder described = LoadBalancer.builder().loadBalancerName(name).type(type).scheme(request
                .scheme() == null ? LoadBalancerSchemeEnum.INTERNET_FACING : request.scheme()).ipAddressType(
                        IpAddressType.IPV4)
                .securityGroups(request.securityGroups()).vpcId("vpc-00000000000000001").availabilityZones(zones(
                        subnets));
        for (BalancerState known : inventory.balancers.values()) {
            if (known.described.loadBalancerName().equals(name)) {
                LoadBalancer same = described.loadBalancerArn(known.arn()).dnsName(known.described.dnsName())
                        .canonicalHostedZoneId(known.described.canonicalHostedZoneId()).createdTime(known.described
                                .createdTime())
                        .state(known.described.state()).build();
                if (same.equals(known.described)) {
                    return CreateLoadBalancerResponse.builder().loadBalancers(known.described).build();
                }
                throw Faults.of(DuplicateLoadBalancerNameException.builder(), "DuplicateLoadBalancerName",
                        "A load balancer with the same name '" + name + "' exists, but with different settings");
            }
        }
        String arn = inventory.arn("loadbalancer/app/" + name + "/" + inventory.newId());
        BalancerState balancer = new BalancerState(described.loadBalancerArn(arn).dnsName("127.0.0.1")
                .canonicalHostedZoneId("Z00000000000000000000").createdTime(timeline.now()).state(LoadBalancerState
                        .builder().code(LoadBalancerStateEnum.ACTIVE).build())
                .build());
        inventory.balancers.put(arn, balancer);
        inventory.tag(arn, request.tags());
        return CreateLoadBalancerResponse.builder().loadBalancers(balancer.described).build();
    }

    DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        List<BalancerState> found = List.copyOf(inventory.balancers.values());
        if (request.hasLoadBalancerArns()) {
            found = request.loadBalancerArns().stream().map(inventory::balancer).toList();
        } else if (request.hasNames()) {
            found = request.names().stream().map(this::named).toList();
        }
        Page<LoadBalancer> page = Page.of(found.stream().map(balancer -> balancer.described).toList(), request.marker(),
                request.pageSize());
        return DescribeLoadBalancersResponse.builder().loadBalancers(page.items()).nextMarker(page.nextMarker())
                .build();
    }

    DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        BalancerState balancer = inventory.balancers.get(String.valueOf(request.loadBalancerArn()));
        if (balancer != null) {
            if (Boolean.parseBoolean(balancer.attributes.get(DELETION_PROTECTION))) {
                throw Faults.of(OperationNotPermittedException.builder(), "OperationNotPermitted", "Load balancer '"
                        + balancer.arn() + "' cannot be deleted because deletion protection is enabled");
            }
            listeners.ofBalancer(balancer.arn()).forEach(listeners::remove);
            inventory.balancers.remove(balancer.arn());
            inventory.forgetTags(balancer.arn());
        }
        return DeleteLoadBalancerResponse.builder().build();
    }

    ModifyLoadBalancerAttributesResponse modifyAttributes(ModifyLoadBalancerAttributesRequest request) {
        BalancerState balancer = inventory.balancer(request.loadBalancerArn());
        request.attributes().stream().filter(attribute -> !balancer.attributes.containsKey(attribute.key())).findFirst()
                .ifPresent(unknown -> {
                    throw Faults.validation("Load balancer attribute key '" + unknown.key() + "' is not recognized");
                });
        request.attributes().forEach(attribute -> balancer.set(attribute.key(), String.valueOf(attribute.value())));
        return ModifyLoadBalancerAttributesResponse.builder().attributes(attributes(balancer)).build();
    }

    List<LoadBalancerAttribute> attributes(BalancerState balancer) {
        return balancer.attributes.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(
                entry -> LoadBalancerAttribute.builder().key(entry.getKey()).value(entry.getValue()).build()).toList();
    }

    List<AvailabilityZone> zones(List<String> subnets) {
        List<AvailabilityZone> zones = new ArrayList<>();
        for (String subnet : subnets) {
            zones.add(AvailabilityZone.builder().zoneName(region + (char) ('a' + zones.size() % 6)).subnetId(subnet)
                    .build());
        }
        return zones;
    }

    private BalancerState named(String name) {
        return inventory.balancers.values().stream().filter(balancer -> balancer.described.loadBalancerName().equals(
                name)).findFirst().orElseThrow(() -> Faults.of(LoadBalancerNotFoundException.builder(),
                        "LoadBalancerNotFound", "Load balancers '[" + name + "]' not found"));
    }
}
