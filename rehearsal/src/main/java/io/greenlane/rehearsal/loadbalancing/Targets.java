package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Registers and deregisters targets and says how they are. */
final class Targets {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final TargetHealth NOT_REGISTERED = TargetHealth.builder().state(TargetHealthStateEnum.UNUSED)
            .reason(TargetHealthReasonEnum.TARGET_NOT_REGISTERED).description(
                    "Target is not registered to the target group")
            .build();

    private final Inventory inventory;

    Targets(Inventory inventory) {
        this.inventory = inventory;
    }

    RegisterTargetsResponse register(RegisterTargetsRequest request) {
        GroupState group = inventory.group(request.targetGroupArn());
        List<TargetAddress> keys = keys(group, request.targets());
        if (group.described().targetType() != TargetTypeEnum.IP) {
            throw Faults.of(InvalidTargetException.builder(), "InvalidTarget", "Target group '" + group.arn
                    + "' has the target type instance, and instances are not simulated; use target type ip");
        }
        keys.stream().filter(key -> !IPV4.matcher(key.id()).matches()).findFirst().ifPresent(key -> {
            throw Faults.of(InvalidTargetException.builder(), "InvalidTarget", "The IP address '" + key.id()
                    + "' is not a valid IPv4 address");
        });
        keys.forEach(group.checks::register);
        return RegisterTargetsResponse.builder().build();
    }

    DeregisterTargetsResponse deregister(DeregisterTargetsRequest request) {
        GroupState group = inventory.group(request.targetGroupArn());
        request.targets().forEach(target -> matching(group, target).forEach(group.checks::deregister));
        return DeregisterTargetsResponse.builder().build();
    }

    DescribeTargetHealthResponse health(DescribeTargetHealthRequest request) {
        GroupState group = inventory.group(request.targetGroupArn());
        List<TargetAddress> asked = request.hasTargets()
                ? keys(group, request.targets())
                : List.copyOf(group.targets.keySet());
        return DescribeTargetHealthResponse.builder().targetHealthDescriptions(asked.stream().map(key -> describe(group,
                key)).toList()).build();
    }

    private static TargetHealthDescription describe(GroupState group, TargetAddress key) {
        TargetState target = group.targets.get(key);
        String healthCheckPort = group.described().healthCheckPort();
        return TargetHealthDescription.builder().target(TargetDescription.builder().id(key.id()).port(key.port())
                .build()).healthCheckPort(healthCheckPort.equals("traffic-port")
                        ? Integer.toString(key.port())
                        : healthCheckPort)
                .targetHealth(target == null ? NOT_REGISTERED : target.health).build();
    }

    private static List<TargetAddress> keys(GroupState group, List<TargetDescription> targets) {
        if (targets.isEmpty()) {
            throw Faults.validation("Targets must name at least one target");
        }
        return targets.stream().map(target -> new TargetAddress(String.valueOf(target.id()), target.port() == null
                ? group.described().port()
                : target.port())).toList();
    }

    /** Without a port every registration of the address is meant. */
    private static List<TargetAddress> matching(GroupState group, TargetDescription target) {
        return group.targets.keySet().stream().filter(key -> key.id().equals(target.id()) && (target.port() == null
                || key.port() == target.port())).toList();
    }
}
