package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A load balancer in virtual time, with health findings that the test decides. */
@SuppressWarnings("unchecked") // the SDK's varargs of consumers
final class Balancing implements AutoCloseable {
    final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    final List<TrafficObserver.Served> served = new CopyOnWriteArrayList<>();
    final Map<Integer, HealthProbe.Finding> findings = new HashMap<>();
    final SimulatedLoadBalancing api;
    final String balancerArn;

    Balancing(boolean withSockets) {
        this(withSockets, ListenerChanges.AT_ONCE);
    }

    Balancing(boolean withSockets, ListenerChanges changes) {
        HealthProbe probe = (check, done) -> timeline.after(Duration.ofMillis(5), () -> done.accept(findings
                .getOrDefault(check.port(), new HealthProbe.Finding.Answered(200))));
        api = new SimulatedLoadBalancing(new Account("123456789012", "us-east-1"), timeline, new Journal(timeline),
                probe, withSockets ? ListenerSockets.http(random(), served::add) : ListenerSockets.NONE, changes,
                random());
        balancerArn = api.createLoadBalancer(b -> b.name("website").subnets("subnet-1", "subnet-2")).loadBalancers()
                .getFirst().loadBalancerArn();
    }

    static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    }

    String group(String name) {
        return api.createTargetGroup(b -> b.name(name).protocol(ProtocolEnum.HTTP).port(80).targetType(
                TargetTypeEnum.IP).vpcId("vpc-1").healthCheckIntervalSeconds(10)).targetGroups().getFirst()
                .targetGroupArn();
    }

    String listener(int port, TargetGroupTuple... groups) {
        return api.createListener(b -> b.loadBalancerArn(balancerArn).port(port).protocol(ProtocolEnum.HTTP)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).forwardConfig(f -> f.targetGroups(groups))))
                .listeners().getFirst().listenerArn();
    }

    void shift(String listenerArn, TargetGroupTuple... groups) {
        api.modifyListener(b -> b.listenerArn(listenerArn).defaultActions(a -> a.type(ActionTypeEnum.FORWARD)
                .forwardConfig(f -> f.targetGroups(groups))));
    }

    static TargetGroupTuple weight(String groupArn, int weight) {
        return TargetGroupTuple.builder().targetGroupArn(groupArn).weight(weight).build();
    }

    void register(String groupArn, int... ports) {
        api.registerTargets(b -> b.targetGroupArn(groupArn).targets(Arrays.stream(ports).mapToObj(
                port -> software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription.builder().id(
                        "127.0.0.1").port(port).build())
                .toList()));
    }

    void deregister(String groupArn, int port) {
        api.deregisterTargets(b -> b.targetGroupArn(groupArn).targets(t -> t.id("127.0.0.1").port(port)));
    }

    TargetHealth health(String groupArn, int port) {
        return api.describeTargetHealth(b -> b.targetGroupArn(groupArn).targets(t -> t.id("127.0.0.1").port(port)))
                .targetHealthDescriptions().getFirst().targetHealth();
    }

    @Override
    public void close() {
        api.close();
    }
}
