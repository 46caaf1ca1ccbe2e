package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.ecs.TaskRunner.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** A task, from its creation until it is forgotten an hour after it stopped. */
final class TaskState {
    /** A target group that has a port of this task as target. */
    record Registration(String targetGroupArn, int port) {}

    final TaskDefinition definition;
    final Optional<TaskSetState> owner;
    Task described;
    final Map<String, Container> containers = new LinkedHashMap<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    final Set<Registration> registered = new HashSet<>();
    final Set<Registration> healthy = new HashSet<>();
    final Set<Registration> unhealthy = new HashSet<>();
    TaskRunner.@Nullable Running running;
    boolean graceOver;
    /** Whether it once passed all its checks; a task that stops before that counts as a failed start. */
    boolean settledOnce;

    TaskState(Task described, TaskDefinition definition, Optional<TaskSetState> owner) {
        this.described = described;
        this.definition = definition;
        this.owner = owner;
        for (ContainerDefinition container : definition.containerDefinitions()) {
            containers.put(container.name(), Container.builder().containerArn(described.taskArn().replace(":task/",
                    ":container/") + "/" + container.name()).taskArn(described.taskArn()).name(container.name()).image(
                            container.image())
                    .lastStatus("PENDING").healthStatus(HealthStatus.UNKNOWN).build());
        }
    }

    String arn() {
        return described.taskArn();
    }

    String id() {
        return Names.last(arn());
    }

    /** For so long after its start failed checks do not count. */
    Duration gracePeriod() {
        return Duration.ofSeconds(owner.map(set -> set.service.described.healthCheckGracePeriodSeconds()).orElse(0));
    }

    /** Whether ECS wants it to go on. */
    boolean wanted() {
        return described.desiredStatus().equals("RUNNING");
    }

    boolean is(String lastStatus) {
        return described.lastStatus().equals(lastStatus);
    }

    boolean essential(String container) {
        return definition.containerDefinitions().stream().filter(candidate -> candidate.name().equals(container))
                .noneMatch(candidate -> Boolean.FALSE.equals(candidate.essential()));
    }

    /** Running, and every check that there is passes. */
    boolean settled() {
        boolean containersHealthy = definition.containerDefinitions().stream().filter(container -> container
                .healthCheck() != null).allMatch(container -> healthOf(container.name()) == HealthStatus.HEALTHY);
        return wanted() && is("RUNNING") && containersHealthy && healthy.containsAll(registered);
    }

    private @Nullable HealthStatus healthOf(String container) {
        Container state = containers.get(container);
        return state == null ? null : state.healthStatus();
    }

    /** As DescribeTasks shows it. */
    Task shown() {
        return described.toBuilder().containers(containers.values()).healthStatus(health()).build();
    }

    private HealthStatus health() {
        List<HealthStatus> checked = definition.containerDefinitions().stream().filter(container -> container
                .healthCheck() != null && essential(container.name())).map(container -> healthOf(container.name()))
                .map(status -> status == null ? HealthStatus.UNKNOWN : status).toList();
        if (checked.contains(HealthStatus.UNHEALTHY)) {
            return HealthStatus.UNHEALTHY;
        }
        return checked.isEmpty() || checked.contains(HealthStatus.UNKNOWN)
                ? HealthStatus.UNKNOWN
                : HealthStatus.HEALTHY;
    }

    void containerStatus(String status) {
        containers.replaceAll((name, container) -> container.toBuilder().lastStatus(status).build());
    }

    void version(Instant now) {
        described = described.toBuilder().version(described.version() + 1).build();
        if (is("STOPPED") && described.stoppedAt() == null) {
            described = described.toBuilder().stoppedAt(now).build();
        }
    }
}
