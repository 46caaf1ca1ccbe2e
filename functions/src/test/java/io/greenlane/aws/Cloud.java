package io.greenlane.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupResponse;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** One service as AWS would describe it, to be bent by a test. */
@SuppressWarnings("unchecked") // the SDK builders take lists as generic varargs
final class Cloud {
    static final String HOST = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

    DeploymentGroupInfo group = DeploymentGroupInfo.builder().computePlatform(ComputePlatform.ECS)
            .deploymentStyle(style -> style.deploymentType(DeploymentType.BLUE_GREEN)
                    .deploymentOption(DeploymentOption.WITH_TRAFFIC_CONTROL))
            .ecsServices(service -> service.clusterName("shop").serviceName("api"))
            .loadBalancerInfo(load -> load.targetGroupPairInfoList(
                    pair -> pair.targetGroups(first -> first.name("blue"), second -> second.name("green"))
                            .prodTrafficRoute(route -> route.listenerArns("listener/prod"))
                            .testTrafficRoute(route -> route.listenerArns("listener/test"))))
            .build();
    Service service = Service.builder().serviceName("api").status("ACTIVE").desiredCount(2)
            .deploymentController(controller -> controller.type(DeploymentControllerType.CODE_DEPLOY))
            .taskSets(TaskSet.builder().id("ecs-svc/1").status("PRIMARY")
                    .taskDefinition("arn:aws:ecs:eu-west-1:111122223333:task-definition/api:41")
                    .platformVersion("1.4.0")
                    .networkConfiguration(network -> network.awsvpcConfiguration(
                            awsvpc -> awsvpc.subnets("subnet-1", "subnet-2").securityGroups("sg-1")
                                    .assignPublicIp("ENABLED")))
                    .loadBalancers(
                            balancer -> balancer.targetGroupArn("arn/blue").containerName("api").containerPort(80))
                    .build())
            .build();
    final Map<String, String> containers = new TreeMap<>(
            Map.of("api", HOST + "/shop/api@sha256:" + "00".repeat(32), "proxy", "public.example/proxy:1"));
    final Map<String, String> targetGroups = new TreeMap<>(Map.of("blue", "arn/blue", "green", "arn/green"));
    final Map<String, Listener> listeners = new TreeMap<>(Map.of("listener/prod", listener("prod", 80, "arn/blue"),
            "listener/test", listener("test", 8080, "arn/blue")));
    List<Rule> rules = List.of();
    boolean repositoryExists = true;
    boolean applicationExists = true;
    boolean clusterExists = true;
    final List<String> asked = new ArrayList<>();

    static Listener listener(String name, int port, String targetGroup) {
        return Listener.builder().listenerArn("listener/" + name).loadBalancerArn("balancer").port(port)
                .protocol(ProtocolEnum.HTTP).defaultActions(forward(Map.of(targetGroup, 1))).build();
    }

    static Action forward(Map<String, Integer> weights) {
        return Action.builder().type(ActionTypeEnum.FORWARD)
                .forwardConfig(forward -> forward.targetGroups(weights.entrySet().stream()
                        .map(it -> software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple
                                .builder()
                                .targetGroupArn(it.getKey()).weight(it.getValue()).build())
                        .toList()))
                .build();
    }

    ServiceDiscovery discovery() {
        return new ServiceDiscovery(new CodeDeploy(), new Ecs(), new LoadBalancers(), new Ecr());
    }

    EcsRunningTaskDefinitions running() {
        return new EcsRunningTaskDefinitions(new CodeDeploy(), new Ecs());
    }

    ElasticLoadBalancingV2Client loadBalancing() {
        return new LoadBalancers();
    }

    private class CodeDeploy implements CodeDeployClient {
        @Override
        public GetDeploymentGroupResponse getDeploymentGroup(GetDeploymentGroupRequest request) {
            if (!applicationExists) {
                throw ApplicationDoesNotExistException.builder().build();
            }
            if (!request.deploymentGroupName().equals("api")) {
                throw DeploymentGroupDoesNotExistException.builder().build();
            }
            return GetDeploymentGroupResponse.builder().deploymentGroupInfo(group).build();
        }

        @Override
        public String serviceName() {
            return "codedeploy";
        }

        @Override
        public void close() {}
    }

    private class Ecs implements EcsClient {
        @Override
        public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
            if (!clusterExists) {
                throw ClusterNotFoundException.builder().build();
            }
            return service == null || !request.services().contains(service.serviceName())
                    ? DescribeServicesResponse.builder().failures(failure -> failure.reason("MISSING")).build()
                    : DescribeServicesResponse.builder().services(service).build();
        }

        @Override
        public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
            asked.add(request.taskDefinition());
            TaskDefinition.Builder taskDefinition = TaskDefinition.builder()
                    .containerDefinitions(containers.entrySet().stream()
                            .map(it -> software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder()
                                    .name(it.getKey()).image(it.getValue()).build())
                            .toList());
            return DescribeTaskDefinitionResponse.builder().taskDefinition(taskDefinition.build()).build();
        }

        @Override
        public String serviceName() {
            return "ecs";
        }

        @Override
        public void close() {}
    }

    private class LoadBalancers implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
            String name = request.names().get(0);
            if (!targetGroups.containsKey(name)) {
                throw TargetGroupNotFoundException.builder().build();
            }
            return DescribeTargetGroupsResponse.builder()
                    .targetGroups(group -> group.targetGroupName(name).targetGroupArn(targetGroups.get(name))).build();
        }

        @Override
        public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
            Listener listener = listeners.get(request.listenerArns().get(0));
            if (listener == null) {
                throw ListenerNotFoundException.builder().build();
            }
            return DescribeListenersResponse.builder().listeners(listener).build();
        }

        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            return DescribeRulesResponse.builder().rules(rules).build();
        }

        @Override
        public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
            return DescribeTargetHealthResponse.builder().build();
        }

        @Override
        public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
            return DescribeLoadBalancersResponse.builder()
                    .loadBalancers(balancer -> balancer.dnsName("shop.eu-west-1.elb.amazonaws.com")).build();
        }

        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }

    private class Ecr implements EcrClient {
        @Override
        public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
            if (!repositoryExists) {
                throw RepositoryNotFoundException.builder().build();
            }
            String name = request.repositoryNames().get(0);
            return DescribeRepositoriesResponse.builder()
                    .repositories(repository -> repository
                            .repositoryArn("arn:aws:ecr:eu-west-1:111122223333:repository/" + name)
                            .repositoryUri("127.0.0.1:5000/" + name))
                    .build();
        }

        @Override
        public String serviceName() {
            return "ecr";
        }

        @Override
        public void close() {}
    }
}
