package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.codedeploy.BlueGreen.TargetGroup;
import io.greenlane.rehearsal.ecs.TaskSetWatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Blue and green as ECS sees them: the task sets of the service. */
final class TaskSets {
    private final EcsClient ecs;
    private final TaskSetWatch watch;
    private final Traffic traffic;

    TaskSets(EcsClient ecs, TaskSetWatch watch, Traffic traffic) {
        this.ecs = ecs;
        this.watch = watch;
        this.traffic = traffic;
    }

    /** Tells blue from green, or says why the service cannot be deployed to. */
    BlueGreen find(ECSService named, TargetGroupPairInfo pair) {
        Service service = service(named);
        TaskSet primary = service.taskSets().stream().filter(taskSet -> "PRIMARY".equals(taskSet.status())).findFirst()
                .orElseThrow(() -> new DeploymentFault(ErrorCode.INVALID_ECS_SERVICE,
                        "The ECS service " + named.serviceName() + " has no primary task set"));
        List<TargetGroup> groups = traffic
                .targetGroups(pair.targetGroups().stream().map(group -> group.name()).toList());
        TargetGroup blue = groups.stream()
                .filter(group -> primary.loadBalancers().stream()
                        .anyMatch(balancer -> group.arn().equals(balancer.targetGroupArn())))
                .findFirst()
                .orElseThrow(() -> new DeploymentFault(ErrorCode.INVALID_ECS_SERVICE,
                        "The primary task set of " + named.serviceName() + " is behind neither of " + groups));
        TargetGroup green = groups.stream().filter(group -> !group.equals(blue)).findFirst()
                .orElseThrow(() -> new DeploymentFault(ErrorCode.ELASTIC_LOAD_BALANCING_INVALID,
                        "Only one target group of the pair exists: " + groups));
        String production = pair.prodTrafficRoute().listenerArns().get(0);
        if (!traffic.reaches(production, blue)) {
            throw new DeploymentFault(ErrorCode.ELASTIC_LOAD_BALANCING_INVALID,
                    "The ELB could not be updated due to the following error: Primary taskset target group must be"
                            + " behind listener " + production);
        }
        return new BlueGreen(named.clusterName(), named.serviceName(), blue, green, primary, production,
                pair.testTrafficRoute() == null ? null : pair.testTrafficRoute().listenerArns().get(0));
    }

    /** Creates green at full scale; what the AppSpec leaves out is as on blue. */
    TaskSet createGreen(String deploymentId, AppSpec appSpec, BlueGreen pair) {
        TaskSet blue = pair.blue();
        CreateTaskSetRequest.Builder request = CreateTaskSetRequest.builder().cluster(pair.cluster())
                .service(pair.service()).externalId(deploymentId).taskDefinition(appSpec.taskDefinition())
                .loadBalancers(LoadBalancer.builder().targetGroupArn(pair.greenGroup().arn())
                        .containerName(appSpec.containerName()).containerPort(appSpec.containerPort()).build())
                .scale(scale -> scale.unit(ScaleUnit.PERCENT).value(100.0))
                .serviceRegistries(blue.serviceRegistries())
                .networkConfiguration(appSpec.networkConfiguration().orElse(blue.networkConfiguration()))
                .platformVersion(appSpec.platformVersion().orElse(blue.platformVersion()));
        if (!appSpec.capacityProviders().isEmpty()) {
            request.capacityProviderStrategy(appSpec.capacityProviders());
        } else if (blue.hasCapacityProviderStrategy() && !blue.capacityProviderStrategy().isEmpty()) {
            request.capacityProviderStrategy(blue.capacityProviderStrategy());
        } else {
            request.launchType(blue.launchTypeAsString());
        }
        return asking(() -> ecs.createTaskSet(request.build()).taskSet());
    }

    Timeline.Alarm whenSteady(TaskSet taskSet, Runnable action) {
        return watch.whenSteady(taskSet.taskSetArn(), action);
    }

    /** Runs the action each time that the service is scaled while the task set is there. */
    Timeline.Alarm whenScaled(TaskSet taskSet, Runnable action) {
        return watch.whenScaled(taskSet.taskSetArn(), action);
    }

    /** Whether every task set of the service is steady. */
    boolean areSteady(BlueGreen pair) {
        return asking(() -> ecs.describeServices(request -> request.cluster(pair.cluster()).services(pair.service())))
                .services().stream().flatMap(service -> service.taskSets().stream())
                .allMatch(taskSet -> taskSet.stabilityStatus() == StabilityStatus.STEADY_STATE);
    }

    void makePrimary(BlueGreen pair, TaskSet taskSet) {
        asking(() -> ecs.updateServicePrimaryTaskSet(request -> request.cluster(pair.cluster()).service(pair.service())
                .primaryTaskSet(taskSet.taskSetArn())));
    }

    void delete(BlueGreen pair, TaskSet taskSet) {
        asking(() -> ecs.deleteTaskSet(request -> request.cluster(pair.cluster()).service(pair.service())
                .taskSet(taskSet.taskSetArn()).force(true)));
    }

    /** The task set as it is now, while it exists. */
    Optional<TaskSet> now(BlueGreen pair, TaskSet taskSet) {
        try {
            return ecs.describeServices(request -> request.cluster(pair.cluster()).services(pair.service())).services()
                    .stream().flatMap(service -> service.taskSets().stream())
                    .filter(found -> found.taskSetArn().equals(taskSet.taskSetArn())).findFirst();
        } catch (EcsException gone) {
            return Optional.empty();
        }
    }

    private Service service(ECSService named) {
        return asking(() -> ecs.describeServices(
                request -> request.cluster(named.clusterName()).services(named.serviceName())).services()).stream()
                .filter(service -> "ACTIVE".equals(service.status())).findFirst()
                .orElseThrow(() -> new DeploymentFault(ErrorCode.INVALID_ECS_SERVICE, "The ECS service "
                        + named.serviceName() + " does not exist in cluster " + named.clusterName()));
    }

    private static <T> T asking(Supplier<T> call) {
        try {
            return call.get();
        } catch (EcsException refused) {
            throw new DeploymentFault(ErrorCode.ECS_UPDATE_ERROR,
                    "The ECS service cannot be updated due to the following error: " + refused.getMessage(), refused);
        }
    }
}
