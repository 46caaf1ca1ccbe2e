package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.ecs.DescribeNoise;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.ecs.SimulatedEcs;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.sns.SnsClient;

/** CodeDeploy with the simulated ECS and load balancer, in virtual time. */
class WholeServiceTest {
    private static final CloudWatchClient NO_ALARMS = new CloudWatchClient() {
        @Override
        public String serviceName() {
            return "monitoring";
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    };
    private static final SnsClient NO_TOPICS = new SnsClient() {
        @Override
        public String serviceName() {
            return "sns";
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    };
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");

    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final Map<String, Behaviour> images = new HashMap<>();
    private final InMemoryTaskRunner runner = new InMemoryTaskRunner(timeline,
            image -> images.getOrDefault(image, new Behaviour.Serves(Duration.ofSeconds(3), 200)));
    private final Journal journal = new Journal(timeline);
    private final SimulatedLoadBalancing balancing = new SimulatedLoadBalancing(ACCOUNT, timeline, journal,
            runner.healthProbe(), ListenerSockets.NONE, new Random(1));
    private final SimulatedEcs ecs = new SimulatedEcs(ACCOUNT, timeline, journal, (source, type, resources, detail) -> {
    }, balancing, balancing, runner, DescribeNoise.AS_AWS, new Random(2));
    private final SimulatedCodeDeploy codeDeploy = new SimulatedCodeDeploy(timeline, journal, new Random(3),
            new Neighbours(ACCOUNT, ecs, ecs.taskSetWatch(), balancing, this::invoke, NO_ALARMS, NO_TOPICS,
                    (source, type, resources, detail) -> {
                    }, Authority.UNLIMITED),
            CodeDeployBehaviour.DEFAULT);

    @BeforeEach
    void createTheService() {
        String one = targetGroup("one");
        targetGroup("two");
        String balancer = balancing.createLoadBalancer(request -> request.name("shop").subnets("subnet-1", "subnet-2"))
                .loadBalancers().getFirst().loadBalancerArn();
        String production = listener(balancer, 80, one);
        String test = listener(balancer, 8080, one);
        ecs.createCluster(request -> request.clusterName("main"));
        ecs.createService(request -> request.cluster("main").serviceName("shop").taskDefinition(register("v1"))
                .desiredCount(2)
                .deploymentController(controller -> controller.type(DeploymentControllerType.CODE_DEPLOY))
                .loadBalancers(
                        LoadBalancer.builder().targetGroupArn(one).containerName("web").containerPort(80).build())
                .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1"))));
        codeDeploy.createApplication(request -> request.applicationName("shop").computePlatform(ComputePlatform.ECS));
        codeDeploy.createDeploymentGroup(World.groupRequest()
                .ecsServices(ECSService.builder().clusterName("main").serviceName("shop").build())
                .loadBalancerInfo(LoadBalancerInfo.builder()
                        .targetGroupPairInfoList(TargetGroupPairInfo.builder()
                                .targetGroups(TargetGroupInfo.builder().name("one").build(),
                                        TargetGroupInfo.builder().name("two").build())
                                .prodTrafficRoute(route -> route.listenerArns(production))
                                .testTrafficRoute(route -> route.listenerArns(test)).build())
                        .build())
                .build());
        timeline.advance(Duration.ofMinutes(5));
    }

    @Test
    void two_deployments_bring_two_images_live_and_leave_one_task_set() {
        for (String image : List.of("v2", "v3")) {
            String id = deploy(register(image));
            timeline.advance(Duration.ofHours(2));

            assertThat(deployment(id).errorInformation()).isNull();
            assertThat(deployment(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
            assertThat(liveImage()).isEqualTo(image);
        }
    }

    @Test
    void an_image_that_is_not_healthy_yet_can_be_taken_back_and_never_was_live() {
        images.put("v2", new Behaviour.Serves(Duration.ofSeconds(3), 500));
        String id = deploy(register("v2"));
        timeline.advance(Duration.ofMinutes(2));

        codeDeploy.stopDeployment(request -> request.deploymentId(id).autoRollbackEnabled(true));
        timeline.advance(Duration.ofMinutes(20));

        assertThat(deployment(id).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThat(deployment(deployment(id).rollbackInfo().rollbackDeploymentId()).status())
                .isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(liveImage()).isEqualTo("v1");
    }

    @Test
    void an_image_that_never_becomes_healthy_is_rolled_back_after_an_hour_and_never_was_live() {
        images.put("v2", new Behaviour.Serves(Duration.ofSeconds(3), 500));

        String id = deploy(register("v2"));
        timeline.advance(Duration.ofHours(2));

        assertThat(deployment(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment(id).rollbackInfo().rollbackDeploymentId()).isNotNull();
        assertThat(liveImage()).isEqualTo("v1");
    }

    @Test
    void an_appspec_that_names_another_container_fails_with_what_ecs_says() {
        String id = codeDeploy.createDeployment(request -> request.applicationName("shop")
                .deploymentGroupName("shop-api").revision(World.revision(World.appSpec(2, "[]")
                        .replace("arn:web:2", register("v2")).replace("\"web\"", "\"worker\""))))
                .deploymentId();
        timeline.advance(Duration.ofMinutes(1));

        assertThat(deployment(id).errorInformation().code()).isEqualTo(ErrorCode.ECS_UPDATE_ERROR);
        assertThat(deployment(id).errorInformation().message()).contains("worker");
        assertThat(liveImage()).isEqualTo("v1");
    }

    private String deploy(String taskDefinition) {
        return codeDeploy.createDeployment(request -> request.applicationName("shop")
                .deploymentGroupName("shop-api")
                .revision(World.revision(World.appSpec(2, "[]").replace("arn:web:2", taskDefinition)))).deploymentId();
    }

    private DeploymentInfo deployment(String id) {
        return codeDeploy.getDeployment(request -> request.deploymentId(id)).deploymentInfo();
    }

    private String liveImage() {
        List<TaskSet> taskSets = ecs.describeServices(request -> request.cluster("main").services("shop")).services()
                .getFirst().taskSets();
        assertThat(taskSets).singleElement().extracting(TaskSet::status).isEqualTo("PRIMARY");
        return ecs.describeTaskDefinition(request -> request.taskDefinition(taskSets.getFirst().taskDefinition()))
                .taskDefinition().containerDefinitions().getFirst().image();
    }

    private String register(String image) {
        return ecs.registerTaskDefinition(request -> request.family("shop").cpu("256").memory("512")
                .networkMode(NetworkMode.AWSVPC).requiresCompatibilities(Compatibility.FARGATE)
                .containerDefinitions(ContainerDefinition.builder().name("web").image(image)
                        .portMappings(PortMapping.builder().containerPort(80).build()).build()))
                .taskDefinition().taskDefinitionArn();
    }

    private String targetGroup(String name) {
        return balancing.createTargetGroup(request -> request.name(name).protocol(ProtocolEnum.HTTP).port(80)
                .targetType(TargetTypeEnum.IP).healthCheckIntervalSeconds(10)).targetGroups().getFirst()
                .targetGroupArn();
    }

    private String listener(String balancer, int port, String targetGroup) {
        return balancing.createListener(request -> request.loadBalancerArn(balancer).port(port)
                .protocol(ProtocolEnum.HTTP).defaultActions(
                        Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup).build()))
                .listeners().getFirst().listenerArn();
    }

    private void invoke(String function, String payload, Consumer<FunctionInvoker.Answer> done) {
        throw new IllegalStateException("No hook is to be called, but " + function + " was");
    }
}
