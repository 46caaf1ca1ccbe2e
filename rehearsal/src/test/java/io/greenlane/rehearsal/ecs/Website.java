package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A website with a load balancer and two target groups, both attached to the listener, in virtual time. */
@SuppressWarnings("unchecked") // the SDK's varargs of consumers
final class Website {
    /** An event that was announced. */
    record Announced(String detailType, List<String> resources, Map<String, Object> detail) {}

    final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    final Map<String, Behaviour> images = new HashMap<>();
    final List<Announced> announced = new ArrayList<>();
    final InMemoryTaskRunner runner = new InMemoryTaskRunner(timeline, image -> images.getOrDefault(image,
            new Behaviour.Serves(Duration.ofSeconds(3), 200)));
    final SimulatedLoadBalancing balancing;
    final SimulatedEcs ecs;
    final String blue;
    final String green;

    Website(DescribeNoise noise) {
        Account account = new Account("123456789012", "us-east-1");
        Journal journal = new Journal(timeline);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        balancing = new SimulatedLoadBalancing(account, timeline, journal, runner.healthProbe(), ListenerSockets.NONE,
                random);
        ecs = new SimulatedEcs(account, timeline, journal, (source, type, resources, detail) -> announced.add(
                new Announced(type, resources, detail)), balancing, balancing, runner, noise, random);
        blue = group("blue");
        green = group("green");
        String balancer = balancing.createLoadBalancer(b -> b.name("website").subnets("subnet-1", "subnet-2"))
                .loadBalancers().getFirst().loadBalancerArn();
        balancing.createListener(b -> b.loadBalancerArn(balancer).port(80).protocol(ProtocolEnum.HTTP).defaultActions(
                a -> a.type(ActionTypeEnum.FORWARD).forwardConfig(f -> f.targetGroups(TargetGroupTuple.builder()
                        .targetGroupArn(blue).weight(1).build(),
                        TargetGroupTuple.builder().targetGroupArn(green)
                                .weight(0).build()))));
        ecs.createCluster(b -> b.clusterName("web"));
    }

    String group(String name) {
        return balancing.createTargetGroup(b -> b.name(name).protocol(ProtocolEnum.HTTP).port(80).targetType(
                TargetTypeEnum.IP).healthCheckIntervalSeconds(10)).targetGroups().getFirst().targetGroupArn();
    }

    /** Registers a revision of the family website that runs the image. */
    String register(String image) {
        return ecs.registerTaskDefinition(b -> b.family("website").cpu("256").memory("512").networkMode(
                NetworkMode.AWSVPC).requiresCompatibilities(Compatibility.FARGATE).containerDefinitions(
                        c -> c.name(
                                "website").image(image).portMappings(p -> p.containerPort(80))))
                .taskDefinition().taskDefinitionArn();
    }

    Service create(DeploymentControllerType controller, String taskDefinition, int desiredCount) {
        return ecs.createService(b -> b.cluster("web").serviceName("website").taskDefinition(taskDefinition)
                .desiredCount(desiredCount).deploymentController(c -> c.type(controller)).loadBalancers(balancer(blue))
                .networkConfiguration(network())).service();
    }

    CreateTaskSetResponse createGreen(String taskDefinition) {
        return ecs.createTaskSet(b -> b.cluster("web").service("website").taskDefinition(taskDefinition).externalId(
                "d-ABCDEFGHI").loadBalancers(balancer(green)).networkConfiguration(network()));
    }

    static LoadBalancer balancer(String group) {
        return LoadBalancer.builder().targetGroupArn(group).containerName("website").containerPort(80).build();
    }

    static NetworkConfiguration network() {
        return NetworkConfiguration.builder().awsvpcConfiguration(a -> a.subnets("subnet-1")).build();
    }

    Service service() {
        return ecs.describeServices(b -> b.cluster("web").services("website")).services().getFirst();
    }

    TaskSet taskSet(String arn) {
        return ecs.describeTaskSets(b -> b.cluster("web").service("website").taskSets(arn)).taskSets().getFirst();
    }

    List<String> eventNames() {
        return announced.stream().map(event -> event.detail().get("eventName")).filter(String.class::isInstance).map(
                String.class::cast).toList();
    }
}
