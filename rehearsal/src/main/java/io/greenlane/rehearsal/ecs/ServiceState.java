package io.greenlane.rehearsal.ecs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/** A service and its task sets. */
final class ServiceState {
    private static final int EVENTS_KEPT = 100;

    /** Without counts, task sets, deployments and events, which are put in when shown. */
    Service described;
    final List<TaskSetState> taskSets = new ArrayList<>();
    private final Deque<ServiceEvent> events = new ArrayDeque<>();
    boolean steadyAnnounced;

    ServiceState(Service described) {
        this.described = described;
    }

    String arn() {
        return described.serviceArn();
    }

    String name() {
        return described.serviceName();
    }

    boolean active() {
        return described.status().equals("ACTIVE");
    }

    DeploymentControllerType controller() {
        return described.deploymentController().type();
    }

    /** Whether ECS itself rolls out new task definitions. */
    boolean rolling() {
        return controller() == DeploymentControllerType.ECS;
    }

    Optional<TaskSetState> primary() {
        return taskSets.stream().filter(set -> set.is(TaskSetState.PRIMARY)).findFirst();
    }

    void add(ServiceEvent event) {
        events.addFirst(event);
        if (events.size() > EVENTS_KEPT) {
            events.removeLast();
        }
    }

    /** As DescribeServices shows it, without tags. */
    Service shown() {
        Service.Builder shown = described.toBuilder().events(List.copyOf(events)).runningCount(taskSets.stream()
                .mapToInt(TaskSetState::runningCount).sum()).pendingCount(taskSets.stream()
                        .mapToInt(
                                TaskSetState::pendingCount)
                        .sum());
        if (rolling()) {
            shown.deployments(taskSets.stream().filter(set -> !set.is(TaskSetState.DRAINING)).map(
                    ServiceState::deployment).toList());
        } else {
            shown.deployments(List.of()).taskSets(taskSets.stream().map(TaskSetState::shown).toList());
        }
        return shown.build();
    }

    private static Deployment deployment(TaskSetState set) {
        return Deployment.builder().id(set.described.id()).status(set.described.status()).taskDefinition(set.described
                .taskDefinition()).desiredCount(set.computedDesiredCount()).runningCount(set.runningCount())
                .pendingCount(set.pendingCount()).failedTasks(set.failedStarts).createdAt(set.described.createdAt())
                .updatedAt(set.described.updatedAt()).launchType(set.described.launchType()).platformVersion(
                        set.described.platformVersion())
                .platformFamily(set.described.platformFamily()).networkConfiguration(set.described
                        .networkConfiguration())
                .rolloutState(set.steady() ? DeploymentRolloutState.COMPLETED : DeploymentRolloutState.IN_PROGRESS)
                .rolloutStateReason("ECS deployment " + set.described.id() + (set.steady()
                        ? " completed."
                        : " in progress."))
                .build();
    }
}
