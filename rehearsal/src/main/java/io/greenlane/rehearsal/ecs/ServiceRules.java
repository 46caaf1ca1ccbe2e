package io.greenlane.rehearsal.ecs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UnsupportedFeatureException;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What CreateService, CreateTaskSet and UpdateService refuse. */
final class ServiceRules {
    private static final Map<DeploymentControllerType, Set<DeploymentControllerType>> MIGRATIONS = Map.of(
            DeploymentControllerType.CODE_DEPLOY, Set.of(DeploymentControllerType.ECS,
                    DeploymentControllerType.EXTERNAL),
            DeploymentControllerType.ECS, Set.of(DeploymentControllerType.EXTERNAL), DeploymentControllerType.EXTERNAL,
            Set.of(DeploymentControllerType.ECS));

    private final ElasticLoadBalancingV2Client balancing;

    ServiceRules(ElasticLoadBalancingV2Client balancing) {
        this.balancing = balancing;
    }

    void checkNew(CreateServiceRequest request, DeploymentControllerType controller) {
        if (controller == DeploymentControllerType.CODE_DEPLOY && (request.loadBalancers().size() != 1 || request
                .loadBalancers().getFirst().targetGroupArn() == null)) {
            throw Faults.invalidParameter("A service with the CODE_DEPLOY deployment controller needs exactly one load "
                    + "balancer with a target group, got " + request.loadBalancers().size());
        }
        if (request.schedulingStrategy() == SchedulingStrategy.DAEMON) {
            throw unsupported("The scheduling strategy DAEMON is not "
                    + (controller == DeploymentControllerType.ECS
                            ? "simulated"
                            : "supported with the deployment controller "
                                    + controller)
                    + "; use REPLICA");
        }
        checkStrategy(request.deploymentConfiguration());
        if (request.serviceConnectConfiguration() != null || !request.serviceRegistries().isEmpty() || !request
                .volumeConfigurations().isEmpty() || !request.vpcLatticeConfigurations().isEmpty()) {
            throw unsupported("Service Connect, service registries, volume and VPC Lattice configurations of services "
                    + "are not simulated");
        }
    }

    static void checkStrategy(@Nullable DeploymentConfiguration configuration) {
        if (configuration != null && configuration.strategy() != null
                && configuration.strategy() != DeploymentStrategy.ROLLING) {
            throw unsupported("The deployment strategy '" + configuration.strategyAsString()
                    + "' of the ECS deployment controller is not simulated; use ROLLING or the CODE_DEPLOY controller");
        }
    }

    /** Load balancers and network of what is to run must fit the task definition. */
    void checkFit(TaskDefinition definition, List<LoadBalancer> balancers, @Nullable NetworkConfiguration network) {
        boolean awsvpc = definition.networkMode() == NetworkMode.AWSVPC;
        if (awsvpc && (network == null || network.awsvpcConfiguration() == null)) {
            throw Faults.invalidParameter(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        for (LoadBalancer balancer : balancers) {
            ContainerDefinition container = definition.containerDefinitions().stream().filter(candidate -> candidate
                    .name().equals(balancer.containerName())).findFirst().orElseThrow(() -> Faults.invalidParameter(
                            "The container " + balancer.containerName() + " does not exist in the task definition."));
            if (container.portMappings().stream().noneMatch(mapping -> mapping.containerPort().equals(balancer
                    .containerPort()))) {
                throw Faults.invalidParameter("The container " + container.name()
                        + " did not have a container port " + balancer.containerPort() + " defined.");
            }
            checkTargetGroup(String.valueOf(balancer.targetGroupArn()), awsvpc);
        }
    }

    private void checkTargetGroup(String arn, boolean awsvpc) {
        TargetGroup group;
        try {
            group = balancing.describeTargetGroups(b -> b.targetGroupArns(arn)).targetGroups().getFirst();
        } catch (TargetGroupNotFoundException missing) {
            throw Faults.invalidParameter("The specified target group does not exist: " + arn);
        }
        if (awsvpc && group.targetType() != TargetTypeEnum.IP) {
            throw Faults.invalidParameter("The provided target group " + arn + " has target type " + group
                    .targetTypeAsString()
                    + ", which is incompatible with the awsvpc network mode specified in the task definition.");
        }
        if (group.loadBalancerArns().isEmpty()) {
            throw Faults.invalidParameter("The target group with targetGroupArn " + arn
                    + " does not have an associated load balancer.");
        }
    }

    /** What the deployment controller leaves to be changed (API reference, UpdateService). */
    static void checkUpdate(ServiceState service, UpdateServiceRequest request) {
        checkStrategy(request.deploymentConfiguration());
        DeploymentControllerType controller = service.controller();
        if (request.deploymentController() != null && request.deploymentController().type() != controller) {
            if (!MIGRATIONS.getOrDefault(controller, Set.of()).contains(request.deploymentController().type())) {
                throw Faults.invalidParameter("The deployment controller of a service cannot be changed from "
                        + controller + " to " + request.deploymentController().typeAsString() + ".");
            }
            if (service.taskSets.size() != 1) {
                throw Faults.invalidParameter("The deployment controller of service " + service.name()
                        + " cannot be changed while a deployment is in progress.");
            }
        }
        DeploymentControllerType after = request.deploymentController() == null
                ? controller
                : request
                        .deploymentController().type();
        if (after == DeploymentControllerType.ECS) {
            return;
        }
        if (request.taskDefinition() != null) {
            throw refused("update task definition", after);
        }
        if (request.networkConfiguration() != null) {
            throw refused("update network parameters", after);
        }
        if (request.platformVersion() != null) {
            throw refused("update platform version", after);
        }
        if (request.hasLoadBalancers()) {
            throw refused("update load balancers", after);
        }
        if (request.hasServiceRegistries()) {
            throw refused("update service registries", after);
        }
        if (!request.capacityProviderStrategy().isEmpty()) {
            throw refused("update capacity provider strategy", after);
        }
        if (Boolean.TRUE.equals(request.forceNewDeployment())) {
            throw refused("force a new deployment", after);
        }
        if (request.serviceConnectConfiguration() != null) {
            throw refused("update Service Connect configuration", after);
        }
        if (after == DeploymentControllerType.EXTERNAL && request.deploymentConfiguration() != null) {
            throw refused("update deployment configuration", after);
        }
    }

    private static RuntimeException refused(String what, DeploymentControllerType controller) {
        return Faults.invalidParameter("Unable to " + what + " on services with a " + controller
                + " deployment controller." + (controller == DeploymentControllerType.CODE_DEPLOY
                        ? " Use AWS CodeDeploy to trigger a new deployment."
                        : ""));
    }

    private static RuntimeException unsupported(String message) {
        return Faults.of(UnsupportedFeatureException.builder(), "UnsupportedFeatureException", message);
    }
}
