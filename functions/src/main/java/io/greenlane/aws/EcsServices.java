package io.greenlane.aws;

import io.greenlane.service.DeploymentGroup;
import io.greenlane.service.ServiceNotDeployableException;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** ECS services that CodeDeploy deploys to. */
final class EcsServices {
    private final EcsClient ecs;

    EcsServices(EcsClient ecs) {
        this.ecs = ecs;
    }

    /** A service with the task set that serves production and the load balancer mapping of that. */
    record Running(Service service, TaskSet primary, LoadBalancer mapping) {}

    /** The service, or a {@link ServiceNotDeployableException} with what is wrong with it. */
    Running find(DeploymentGroup group) {
        Service service = describe(group);
        String subject = "ECS service " + group.cluster() + "/" + group.service() + " ";
        if (!"ACTIVE".equals(service.status())) {
            throw new ServiceNotDeployableException(subject + "is " + service.status() + ", not ACTIVE");
        }
        DeploymentControllerType controller = service.deploymentController() == null
                ? DeploymentControllerType.ECS
                : service.deploymentController().type();
        if (controller != DeploymentControllerType.CODE_DEPLOY) {
            throw new ServiceNotDeployableException(subject + "is deployed by " + controller
                    + "; only services with the deployment controller CODE_DEPLOY can be released to");
        }
        List<TaskSet> primary = service.taskSets().stream().filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                .toList();
        if (primary.size() != 1) {
            throw new ServiceNotDeployableException(
                    subject + "has " + primary.size() + " PRIMARY task sets, not one; does it run at all?");
        }
        List<LoadBalancer> mappings = primary.get(0).loadBalancers().isEmpty()
                ? service.loadBalancers()
                : primary.get(0).loadBalancers();
        if (mappings.size() != 1) {
            throw new ServiceNotDeployableException(
                    subject + "has " + mappings.size() + " load balancer mappings, CodeDeploy needs exactly one");
        }
        return new Running(service, primary.get(0), mappings.get(0));
    }

    private Service describe(DeploymentGroup group) {
        try {
            DescribeServicesResponse answer = ecs
                    .describeServices(call -> call.cluster(group.cluster()).services(group.service()));
            if (answer.services().isEmpty()) {
                throw new ServiceNotDeployableException(
                        "ECS service '" + group.service() + "' does not exist in cluster '"
                                + group.cluster() + "'");
            }
            return answer.services().get(0);
        } catch (ClusterNotFoundException e) {
            throw new ServiceNotDeployableException("ECS cluster '" + group.cluster() + "' does not exist");
        }
    }
}
