package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupIpAddressTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Creates, changes and removes target groups. */
final class TargetGroups {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?");
    private static final Map<String, String> FIXED_ATTRIBUTES = Map.of("slow_start.duration_seconds", "0",
            "stickiness.enabled", "false", "load_balancing.algorithm.type", "round_robin");

    private final Inventory inventory;
    private final TargetChecks.Surroundings surroundings;

    TargetGroups(Inventory inventory, TargetChecks.Surroundings surroundings) {
        this.inventory = inventory;
        this.surroundings = surroundings;
    }

    CreateTargetGroupResponse create(CreateTargetGroupRequest request) {
        String name = String.valueOf(request.name());
        if (!NAME.matcher(name).matches()) {
            throw Faults.validation("Target group name '" + name
                    + "' must have 1 to 32 letters, digits and hyphens, no hyphen at either end");
        }
        TargetTypeEnum type = request.targetType() == null ? TargetTypeEnum.INSTANCE : request.targetType();
        if (type != TargetTypeEnum.INSTANCE && type != TargetTypeEnum.IP) {
            throw Actions.unsupported("Target groups of the type '" + request.targetTypeAsString()
                    + "' are not simulated; use ip");
        }
        if (request.protocol() != ProtocolEnum.HTTP || request.port() == null) {
            throw Actions.unsupported("Target group '" + name
                    + "' must have a Port and the Protocol HTTP, the only one that is simulated, got "
                    + request.protocolAsString());
        }
        TargetGroup described = checked(TargetGroup.builder().targetGroupName(name).protocol(ProtocolEnum.HTTP)
                .protocolVersion(orHttp1(request.protocolVersion())).port(Numbers.within("Port", request.port(), 1,
                        65535))
                .vpcId(request.vpcId()).targetType(type).ipAddressType(TargetGroupIpAddressTypeEnum.IPV4)
                .healthCheckProtocol(or(request.healthCheckProtocol(), ProtocolEnum.HTTP)).healthCheckPort(or(request
                        .healthCheckPort(), "traffic-port"))
                .healthCheckEnabled(true).healthCheckPath(or(request.healthCheckPath(), "/"))
                .healthCheckIntervalSeconds(or(request.healthCheckIntervalSeconds(), 30)).healthCheckTimeoutSeconds(or(
                        request.healthCheckTimeoutSeconds(), 5))
                .healthyThresholdCount(or(request.healthyThresholdCount(), 5)).unhealthyThresholdCount(or(request
                        .unhealthyThresholdCount(), 2))
                .matcher(matcher(request.matcher())).build());
        for (GroupState known : inventory.groups.values()) {
            if (known.described().targetGroupName().equals(name)) {
                if (known.described().toBuilder().targetGroupArn(null).build().equals(described)) {
                    return CreateTargetGroupResponse.builder().targetGroups(shown(known)).build();
                }
                throw Faults.of(DuplicateTargetGroupNameException.builder(), "DuplicateTargetGroupName",
                        "A target group with the same name '" + name + "' exists, but with different settings");
            }
        }
        String arn = inventory.arn("targetgroup/" + name + "/" + inventory.newId());
        GroupState group = new GroupState(described.toBuilder().targetGroupArn(arn).build(), surroundings);
        inventory.groups.put(arn, group);
        inventory.tag(arn, request.tags());
        return CreateTargetGroupResponse.builder().targetGroups(shown(group)).build();
    }

    DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        List<GroupState> found = List.copyOf(inventory.groups.values());
        if (request.hasTargetGroupArns()) {
            found = request.targetGroupArns().stream().map(inventory::group).toList();
        } else if (request.hasNames()) {
            found = request.names().stream().map(this::named).toList();
        } else if (request.loadBalancerArn() != null) {
            String balancer = inventory.balancer(request.loadBalancerArn()).arn();
            found = found.stream().filter(group -> inventory.balancersUsing(group.arn).contains(balancer)).toList();
        }
        Page<TargetGroup> page = Page.of(found.stream().map(this::shown).toList(), request.marker(), request
                .pageSize());
        return DescribeTargetGroupsResponse.builder().targetGroups(page.items()).nextMarker(page.nextMarker()).build();
    }

    ModifyTargetGroupResponse modify(ModifyTargetGroupRequest request) {
        GroupState group = inventory.group(request.targetGroupArn());
        TargetGroup was = group.described();
        group.describe(checked(was.toBuilder().healthCheckProtocol(or(request.healthCheckProtocol(), was
                .healthCheckProtocol())).healthCheckPort(or(request.healthCheckPort(), was.healthCheckPort()))
                .healthCheckEnabled(or(request.healthCheckEnabled(), was.healthCheckEnabled())).healthCheckPath(or(
                        request.healthCheckPath(), was.healthCheckPath()))
                .healthCheckIntervalSeconds(or(request.healthCheckIntervalSeconds(), was.healthCheckIntervalSeconds()))
                .healthCheckTimeoutSeconds(or(request.healthCheckTimeoutSeconds(), was.healthCheckTimeoutSeconds()))
                .healthyThresholdCount(or(request.healthyThresholdCount(), was.healthyThresholdCount()))
                .unhealthyThresholdCount(or(request.unhealthyThresholdCount(), was.unhealthyThresholdCount())).matcher(
                        request.matcher() == null ? was.matcher() : matcher(request.matcher()))
                .build()));
        return ModifyTargetGroupResponse.builder().targetGroups(shown(group)).build();
    }

    DeleteTargetGroupResponse delete(DeleteTargetGroupRequest request) {
        GroupState group = inventory.groups.get(String.valueOf(request.targetGroupArn()));
        if (group != null) {
            if (!inventory.balancersUsing(group.arn).isEmpty()) {
                throw Faults.of(ResourceInUseException.builder(), "ResourceInUse", "Target group '" + group.arn
                        + "' is currently in use by a listener or a rule");
            }
            group.checks.clear();
            inventory.groups.remove(group.arn);
            inventory.forgetTags(group.arn);
        }
        return DeleteTargetGroupResponse.builder().build();
    }

    ModifyTargetGroupAttributesResponse modifyAttributes(ModifyTargetGroupAttributesRequest request) {
        GroupState group = inventory.group(request.targetGroupArn());
        request.attributes().forEach(attribute -> check(group, attribute));
        request.attributes().forEach(attribute -> group.set(attribute.key(), attribute.value()));
        return ModifyTargetGroupAttributesResponse.builder().attributes(attributes(group)).build();
    }

    List<TargetGroupAttribute> attributes(GroupState group) {
        return group.attributes.entrySet().stream().map(entry -> TargetGroupAttribute.builder().key(entry.getKey())
                .value(entry.getValue()).build()).toList();
    }

    private static void check(GroupState group, TargetGroupAttribute attribute) {
        if (!group.attributes.containsKey(attribute.key())) {
            throw Faults.validation("Target group attribute key '" + attribute.key() + "' is not recognized");
        }
        if (attribute.key().equals(GroupState.DEREGISTRATION_DELAY)) {
            Numbers.within(attribute.key(), attribute.value(), 0, 3600);
        }
        String only = FIXED_ATTRIBUTES.get(attribute.key());
        if (only != null && !only.equals(attribute.value())) {
            throw Actions.unsupported("Target group attribute " + attribute.key() + " = '" + attribute.value()
                    + "' is not simulated; leave it at '" + only + "'");
        }
    }

    private static TargetGroup checked(TargetGroup group) {
        int interval = Numbers.within("HealthCheckIntervalSeconds", group.healthCheckIntervalSeconds(), 5, 300);
        int timeout = Numbers.within("HealthCheckTimeoutSeconds", group.healthCheckTimeoutSeconds(), 2, 120);
        Numbers.within("HealthyThresholdCount", group.healthyThresholdCount(), 2, 10);
        Numbers.within("UnhealthyThresholdCount", group.unhealthyThresholdCount(), 2, 10);
        if (timeout >= interval) {
            throw Faults.validation("Health check timeout '" + timeout + "' must be smaller than the interval '"
                    + interval + "'");
        }
        if (!group.healthCheckPath().startsWith("/")) {
            throw Faults.validation("Health check path '" + group.healthCheckPath() + "' must begin with '/'");
        }
        if (!group.healthCheckPort().equals("traffic-port")) {
            Numbers.within("HealthCheckPort", group.healthCheckPort(), 1, 65535);
        }
        if (group.healthCheckProtocol() != ProtocolEnum.HTTP || !Set.of("HTTP1").contains(group.protocolVersion())
                || !group.healthCheckEnabled()) {
            throw Actions.unsupported("Health checks of target group '" + group.targetGroupName()
                    + "' must be enabled and use HTTP with ProtocolVersion HTTP1, all that is simulated");
        }
        StatusMatcher.of(group.matcher().httpCode());
        return group;
    }

    private GroupState named(String name) {
        return inventory.groups.values().stream().filter(group -> group.described().targetGroupName().equals(name))
                .findFirst().orElseThrow(() -> Faults.of(TargetGroupNotFoundException.builder(), "TargetGroupNotFound",
                        "Target group '" + name + "' not found"));
    }

    private TargetGroup shown(GroupState group) {
        return group.described().toBuilder().loadBalancerArns(inventory.balancersUsing(group.arn)).build();
    }

    private static Matcher matcher(@Nullable Matcher asked) {
        if (asked != null && asked.grpcCode() != null) {
            throw Actions.unsupported("GrpcCode of a Matcher is not simulated; use HttpCode");
        }
        return Matcher.builder().httpCode(asked == null ? "200" : or(asked.httpCode(), "200")).build();
    }

    /** An empty one is none: Terraform sends it so. */
    private static String orHttp1(@Nullable String protocolVersion) {
        return protocolVersion == null || protocolVersion.isEmpty() ? "HTTP1" : protocolVersion;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }
}
