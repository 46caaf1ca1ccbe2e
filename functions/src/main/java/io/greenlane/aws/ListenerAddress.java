package io.greenlane.aws;

import io.greenlane.probe.Listener;
import io.greenlane.service.ServiceNotDeployableException;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** Where listeners of load balancers answer. */
final class ListenerAddress {
    private ListenerAddress() {}

    /** The address of a listener, or a {@link ServiceNotDeployableException} when there is none. */
    static Listener of(ElasticLoadBalancingV2Client client, String listenerArn) {
        try {
            var listener = client.describeListeners(call -> call.listenerArns(listenerArn)).listeners().get(0);
            String host = client.describeLoadBalancers(call -> call.loadBalancerArns(listener.loadBalancerArn()))
                    .loadBalancers().get(0).dnsName();
            return new Listener(List.of(ProtocolEnum.HTTPS, ProtocolEnum.TLS).contains(listener.protocol()), host,
                    listener.port());
        } catch (ListenerNotFoundException | LoadBalancerNotFoundException e) {
            throw new ServiceNotDeployableException("Listener " + listenerArn + " or its load balancer does not exist");
        }
    }
}
