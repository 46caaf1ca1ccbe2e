package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** AWS::ElasticLoadBalancingV2 resources. */
record LoadBalancingResources(ElasticLoadBalancingV2Client elb) {
    private static final int LONGEST_NAME = 32;

    Map<String, ResourceType> types() {
        return Map.of("AWS::ElasticLoadBalancingV2::LoadBalancer", this::loadBalancer,
                "AWS::ElasticLoadBalancingV2::TargetGroup", this::targetGroup,
                "AWS::ElasticLoadBalancingV2::Listener", this::listener);
    }

    private Created loadBalancer(ResourceRequest request) {
        String name = request.name("Name", LONGEST_NAME);
        List<LoadBalancerAttribute> attributes = attributes(request, "LoadBalancerAttributes").stream()
                .map(each -> SdkShape
                        .fill(LoadBalancerAttribute.builder(), each, request.where("LoadBalancerAttributes")).build())
                .toList();
        LoadBalancer created = elb
                .createLoadBalancer(SdkShape.fill(CreateLoadBalancerRequest.builder().name(name), request).build())
                .loadBalancers().getFirst();
        if (!attributes.isEmpty()) {
            elb.modifyLoadBalancerAttributes(
                    modify -> modify.loadBalancerArn(created.loadBalancerArn()).attributes(attributes));
        }
        return new Created(created.loadBalancerArn(),
                Map.of("LoadBalancerArn", created.loadBalancerArn(), "DNSName", created.dnsName(), "LoadBalancerName",
                        name, "LoadBalancerFullName", after(created.loadBalancerArn(), ":loadbalancer/")));
    }

    private Created targetGroup(ResourceRequest request) {
        String name = request.name("Name", LONGEST_NAME);
        List<TargetGroupAttribute> attributes = attributes(request, "TargetGroupAttributes").stream()
                .map(each -> SdkShape
                        .fill(TargetGroupAttribute.builder(), each, request.where("TargetGroupAttributes")).build())
                .toList();
        TargetGroup created = elb
                .createTargetGroup(SdkShape.fill(CreateTargetGroupRequest.builder().name(name), request).build())
                .targetGroups().getFirst();
        if (!attributes.isEmpty()) {
            elb.modifyTargetGroupAttributes(
                    modify -> modify.targetGroupArn(created.targetGroupArn()).attributes(attributes));
        }
        return new Created(created.targetGroupArn(),
                Map.of("TargetGroupArn", created.targetGroupArn(), "TargetGroupName", name, "TargetGroupFullName",
                        "targetgroup/" + after(created.targetGroupArn(), ":targetgroup/")));
    }

    private Created listener(ResourceRequest request) {
        String arn = elb.createListener(SdkShape.fill(CreateListenerRequest.builder(), request).build()).listeners()
                .getFirst().listenerArn();
        return new Created(arn, Map.of("ListenerArn", arn));
    }

    private static List<?> attributes(ResourceRequest request, String name) {
        return Values.list(request.value(name).orElse(List.of()), request.where(name));
    }

    private static String after(String arn, String marker) {
        return arn.substring(arn.indexOf(marker) + marker.length());
    }
}
