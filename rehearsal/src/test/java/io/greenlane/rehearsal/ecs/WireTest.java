package io.greenlane.rehearsal.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.endpoint.LocalClients;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.TaskSetNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** ECS and Elastic Load Balancing as the real SDK clients see them. */
@SuppressWarnings("unchecked") // the SDK's varargs of consumers
class WireTest {
    private final Website website = new Website(DescribeNoise.AS_AWS);
    private final LocalClients clients = LocalClients.of(website.ecs, website.balancing);
    private final EcsClient ecs = clients.client(EcsClient.builder());
    private final ElasticLoadBalancingV2Client balancing = clients.client(ElasticLoadBalancingV2Client.builder());

    @Test
    void a_blue_green_change_over_the_wire() {
        String first = ecs.describeTaskDefinition(b -> b.taskDefinition(website.register("v1"))).taskDefinition()
                .taskDefinitionArn();
        ecs.createService(b -> b.cluster("web").serviceName("website").taskDefinition(first).desiredCount(2)
                .deploymentController(c -> c.type(DeploymentControllerType.CODE_DEPLOY)).loadBalancers(Website.balancer(
                        website.blue))
                .networkConfiguration(Website.network()).tags(t -> t.key("team").value("web")));
        website.timeline.advance(Duration.ofMinutes(1));
        Service service = ecs.describeServices(b -> b.cluster("web").services("website").include(ServiceField.TAGS))
                .services().getFirst();
        assertThat(service.taskSets().getFirst().stabilityStatus()).isEqualTo(StabilityStatus.STEADY_STATE);
        assertThat(service.tags().getFirst().value()).isEqualTo("web");
        assertThat(balancing.describeTargetHealth(b -> b.targetGroupArn(website.blue)).targetHealthDescriptions())
                .hasSize(2).allSatisfy(target -> assertThat(target.targetHealth().state()).isEqualTo(
                        TargetHealthStateEnum.HEALTHY));

        String green = ecs.createTaskSet(b -> b.cluster("web").service("website").taskDefinition(website.register("v2"))
                .externalId("d-1").loadBalancers(Website.balancer(website.green)).networkConfiguration(Website
                        .network()))
                .taskSet().taskSetArn();
        website.timeline.advance(Duration.ofMinutes(1));
        assertThat(ecs.updateServicePrimaryTaskSet(b -> b.cluster("web").service("website").primaryTaskSet(green))
                .taskSet().status()).isEqualTo("PRIMARY");
        assertThat(balancing.describeListeners(b -> b.loadBalancerArn(balancing.describeLoadBalancers().loadBalancers()
                .getFirst().loadBalancerArn())).listeners().getFirst().defaultActions().getFirst().forwardConfig()
                .targetGroups()).extracting(tuple -> tuple.weight()).containsExactly(1, 0);
    }

    @Test
    void refusals_arrive_as_their_own_exceptions() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 1);

        assertThatThrownBy(() -> ecs.describeTaskDefinition(b -> b.taskDefinition("none:1"))).isInstanceOf(
                ClientException.class).hasMessageContaining("Unable to describe task definition.");
        assertThatThrownBy(
                () -> ecs.updateService(b -> b.cluster("web").service("website").taskDefinition("website:1")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining(
                        "Use AWS CodeDeploy to trigger a new deployment.");
        assertThatThrownBy(() -> ecs.deleteTaskSet(b -> b.cluster("web").service("website").taskSet("none")))
                .isInstanceOf(TaskSetNotFoundException.class);
        assertThatThrownBy(() -> balancing.describeTargetHealth(b -> b.targetGroupArn("arn:aws:none"))).isInstanceOf(
                TargetGroupNotFoundException.class);
    }
}
