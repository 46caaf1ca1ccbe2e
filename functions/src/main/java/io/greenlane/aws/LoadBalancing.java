package io.greenlane.aws;

import io.greenlane.service.DeploymentGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceTopology.TargetGroup;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/**
 * The load balancer side of a deployment group.
 *
 * @param targetGroups in the order of the group
 * @param productionWeights what the production listener forwards, by target group ARN: the weights of its rules added up
 * @param testAddress scheme, host and port of the test listener
 */
record LoadBalancing(List<TargetGroup> targetGroups, Map<String, Integer> productionWeights, URI testAddress) {
    /** Looks it up; a {@link ServiceNotDeployableException} has everything that is missing. */
    static LoadBalancing find(ElasticLoadBalancingV2Client client, DeploymentGroup group) {
        List<String> problems = new ArrayList<>();
        List<TargetGroup> targetGroups = group.targetGroups().stream()
                .flatMap(name -> targetGroup(client, name, problems).stream()).toList();
        Optional<Listener> production = listener(client, "Production", group.productionListener(), problems);
        Optional<Listener> test = listener(client, "Test", group.testListener(), problems);
        if (!problems.isEmpty() || production.isEmpty() || test.isEmpty()) {
            throw new ServiceNotDeployableException(problems);
        }
        Map<String, Integer> weights = weights(client, production.get());
        if (targetGroups.stream().noneMatch(targetGroup -> weights.getOrDefault(targetGroup.arn(), 0) > 0)) {
            throw new ServiceNotDeployableException("Production listener " + group.productionListener()
                    + " forwards to none of the target groups " + String.join(" and ", group.targetGroups()));
        }
        return new LoadBalancing(targetGroups, weights, address(client, test.get()));
    }

    /** The target group of the pair that gets most of production. */
    TargetGroup serving() {
        TargetGroup first = targetGroups.get(0);
        TargetGroup second = targetGroups.get(1);
        return weight(second) > weight(first) ? second : first;
    }

    private int weight(TargetGroup targetGroup) {
        return productionWeights.getOrDefault(targetGroup.arn(), 0);
    }

    private static Optional<TargetGroup> targetGroup(ElasticLoadBalancingV2Client client, String name,
            List<String> problems) {
        try {
            return client.describeTargetGroups(call -> call.names(name)).targetGroups().stream()
                    .map(found -> new TargetGroup(name, found.targetGroupArn())).findFirst();
        } catch (TargetGroupNotFoundException e) {
            problems.add("Target group '" + name + "' does not exist");
            return Optional.empty();
        }
    }

    private static Optional<Listener> listener(ElasticLoadBalancingV2Client client, String role, String arn,
            List<String> problems) {
        try {
            return client.describeListeners(call -> call.listenerArns(arn)).listeners().stream().findFirst();
        } catch (ListenerNotFoundException e) {
            problems.add(role + " listener " + arn + " does not exist");
            return Optional.empty();
        }
    }

    /** What a listener forwards, by target group ARN: the weights of its rules added up; empty when there is no such listener. */
    static Map<String, Integer> weights(ElasticLoadBalancingV2Client client, String listenerArn) {
        return listener(client, "Test", listenerArn, new ArrayList<>()).map(listener -> weights(client, listener))
                .orElse(Map.of());
    }

    private static Map<String, Integer> weights(ElasticLoadBalancingV2Client client, Listener listener) {
        Map<String, Integer> weights = new HashMap<>();
        Forward.of(client, listener).forEach(forward -> forward.weights()
                .forEach((targetGroup, weight) -> weights.merge(targetGroup, weight, Integer::sum)));
        return weights;
    }

    /** ARN of the target group of the pair that is not this one; a {@link ServiceNotDeployableException} when there is none. */
    static String other(ElasticLoadBalancingV2Client client, DeploymentGroup group, String targetGroup) {
        List<String> problems = new ArrayList<>();
        List<String> arns = group.targetGroups().stream()
                .flatMap(name -> targetGroup(client, name, problems).stream()).map(TargetGroup::arn).toList();
        if (problems.isEmpty() && !arns.contains(targetGroup)) {
            problems.add("ECS service " + group.cluster() + "/" + group.service() + " has a task set in target group "
                    + targetGroup + ", which is none of " + String.join(" and ", group.targetGroups()));
        }
        if (!problems.isEmpty()) {
            throw new ServiceNotDeployableException(problems);
        }
        return arns.get(1 - arns.indexOf(targetGroup));
    }

    private static URI address(ElasticLoadBalancingV2Client client, Listener listener) {
        try {
            LoadBalancer loadBalancer = client
                    .describeLoadBalancers(call -> call.loadBalancerArns(listener.loadBalancerArn())).loadBalancers()
                    .get(0);
            boolean secure = listener.protocol() == ProtocolEnum.HTTPS || listener.protocol() == ProtocolEnum.TLS;
            return URI.create((secure ? "https" : "http") + "://" + loadBalancer.dnsName() + ":" + listener.port());
        } catch (LoadBalancerNotFoundException e) {
            throw new ServiceNotDeployableException("Load balancer " + listener.loadBalancerArn() + " of test listener "
                    + listener.listenerArn() + " does not exist");
        }
    }
}
