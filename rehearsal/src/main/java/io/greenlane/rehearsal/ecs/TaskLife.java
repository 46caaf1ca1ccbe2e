package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecs.TaskRunner.ContainerLaunch;
import io.greenlane.rehearsal.ecs.TaskRunner.Endpoint;
import io.greenlane.rehearsal.ecs.TaskState.Registration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** Takes tasks through their life: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, STOPPED. */
final class TaskLife {
    private static final String ADDRESS = "127.0.0.1";
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Timeline timeline;
    private final TaskRunner runner;
    private final ElasticLoadBalancingV2Client balancing;
    private final Announcements announcements;
    private final Consumer<TaskState> changed;

    /** @param changed called after every change of a task that can matter to its service */
    TaskLife(Timeline timeline, TaskRunner runner, ElasticLoadBalancingV2Client balancing, Announcements announcements,
            Consumer<TaskState> changed) {
        this.timeline = timeline;
        this.runner = runner;
        this.balancing = balancing;
        this.announcements = announcements;
        this.changed = changed;
    }

    void start(TaskState task) {
        announcements.task(task);
        become(task, "PENDING");
        task.described = task.described.toBuilder().pullStartedAt(timeline.now()).build();
        task.running = runner.start(new TaskRunner.Launch(task.arn(), task.definition.family(),
                task.definition.executionRoleArn(),
                task.definition.containerDefinitions().stream().map(TaskLife::launch).toList()), new Hearing(task));
    }

    /**
     * Deregisters the task from its target groups, waits until they have drained it, then ends its containers. Nothing
     * happens when it is stopping already.
     */
    void stop(TaskState task, TaskStopCode code, String reason) {
        if (!task.wanted()) {
            return;
        }
        task.described = task.described.toBuilder().desiredStatus("STOPPED").stopCode(code).stoppedReason(reason)
                .stoppingAt(timeline.now()).build();
        if (task.registered.isEmpty()) {
            end(task);
        } else {
            become(task, "DEACTIVATING");
            deregister(task, List.copyOf(task.registered));
        }
        changed.accept(task);
    }

    /** A target group has finished draining the task. */
    void drained(TaskState task, Registration registration) {
        if (task.registered.remove(registration) && task.registered.isEmpty() && task.is("DEACTIVATING")) {
            end(task);
        }
    }

    private void end(TaskState task) {
        become(task, "STOPPING");
        if (task.running != null) {
            task.running.stop();
        }
        if (!anyContainerRuns(task)) {
            stopped(task);
        }
    }

    private void deregister(TaskState task, List<Registration> registrations) {
        for (Registration registration : registrations) {
            try {
                balancing.deregisterTargets(b -> b.targetGroupArn(registration.targetGroupArn()).targets(target(
                        registration)));
            } catch (ElasticLoadBalancingV2Exception groupIsGone) {
                drained(task, registration);
            }
        }
    }

    private static TargetDescription target(
            Registration registration) {
        return TargetDescription.builder().id(ADDRESS)
                .port(registration.port()).build();
    }

    private void stopped(TaskState task) {
        if (!task.is("STOPPED")) {
            task.described = task.described.toBuilder().desiredStatus("STOPPED").executionStoppedAt(timeline.now())
                    .build();
            task.containerStatus("STOPPED");
            List<Registration> left = List.copyOf(task.registered);
            task.registered.clear();
            become(task, "STOPPED");
            changed.accept(task);
            deregister(task, left);
        }
    }

    private void become(TaskState task, String status) {
        task.described = task.described.toBuilder().lastStatus(status).build();
        task.version(timeline.now());
        announcements.task(task);
    }

    private static boolean anyContainerRuns(TaskState task) {
        return task.containers.values().stream().anyMatch(container -> container.lastStatus().equals("RUNNING"));
    }

    private void register(TaskState task) {
        List<LoadBalancer> balancers = task.owner.map(owner -> owner.described.loadBalancers()).orElse(List.of());
        for (LoadBalancer balancer : balancers) {
            for (Endpoint endpoint : task.endpoints) {
                if (endpoint.container().equals(balancer.containerName()) && endpoint.containerPort() == balancer
                        .containerPort()) {
                    Registration registration = new Registration(balancer.targetGroupArn(), endpoint.hostPort());
                    task.registered.add(registration);
                    balancing.registerTargets(b -> b.targetGroupArn(registration.targetGroupArn()).targets(target(
                            registration)));
                    task.owner.ifPresent(owner -> announcements.serviceEvent(owner.service, "(service " + owner.service
                            .name() + ") registered 1 targets in (target-group " + balancer.targetGroupArn() + ")"));
                }
            }
        }
    }

    private static ContainerLaunch launch(ContainerDefinition container) {
        Map<String, String> environment = new HashMap<>();
        container.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        boolean awslogs = container.logConfiguration() != null
                && container.logConfiguration().logDriver() == LogDriver.AWSLOGS;
        return new ContainerLaunch(container.name(), container.image(), container.entryPoint(), container.command(),
                environment, Optional.ofNullable(container.workingDirectory()), container.portMappings().stream().map(
                        PortMapping::containerPort).toList(),
                container.stopTimeout() == null ? DEFAULT_STOP_TIMEOUT : Duration.ofSeconds(container.stopTimeout()),
                Optional.ofNullable(container.healthCheck()), awslogs
                        ? container.logConfiguration().options()
                        : Map
                                .of());
    }

    /** What the runner reports about one task. */
    private final class Hearing implements TaskRunner.Progress {
        private final TaskState task;

        Hearing(TaskState task) {
            this.task = task;
        }

        @Override
        public void pulled(String container, String imageDigest) {
            update(container, state -> state.toBuilder().imageDigest(imageDigest).build());
        }

        @Override
        public void started(List<Endpoint> endpoints) {
            if (!task.wanted()) {
                return;
            }
            task.containerStatus("RUNNING");
            task.endpoints.addAll(endpoints);
            task.described = task.described.toBuilder().pullStoppedAt(timeline.now()).build();
            become(task, "ACTIVATING");
            register(task);
            task.described = task.described.toBuilder().startedAt(timeline.now()).build();
            become(task, "RUNNING");
            timeline.after(task.gracePeriod(), () -> {
                task.graceOver = true;
                changed.accept(task);
            });
            changed.accept(task);
        }

        @Override
        public void failed(String container, String reason) {
            update(container, state -> state.toBuilder().reason(reason).build());
            giveUp(TaskStopCode.TASK_FAILED_TO_START, reason);
        }

        @Override
        public void exited(String container, int exitCode) {
            update(container, state -> state.toBuilder().exitCode(exitCode).lastStatus("STOPPED").build());
            if (task.essential(container)) {
                giveUp(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
            } else if (!task.wanted() && !anyContainerRuns(task)) {
                stopped(task);
            }
        }

        @Override
        public void health(String container, boolean healthy) {
            update(container, state -> state.toBuilder().healthStatus(healthy
                    ? HealthStatus.HEALTHY
                    : HealthStatus.UNHEALTHY).build());
            task.version(timeline.now());
            announcements.task(task);
            changed.accept(task);
        }

        private void giveUp(TaskStopCode code, String reason) {
            if (task.wanted()) {
                task.described = task.described.toBuilder().desiredStatus("STOPPED").stopCode(code).stoppedReason(
                        reason).stoppingAt(timeline.now()).build();
                if (task.running != null) {
                    task.running.stop();
                }
            }
            if (!anyContainerRuns(task)) {
                stopped(task);
            }
        }

        private void update(String container, UnaryOperator<Container> change) {
            task.containers.computeIfPresent(container, (name, state) -> change.apply(state));
        }
    }
}
