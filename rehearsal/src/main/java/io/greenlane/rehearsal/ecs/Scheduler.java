package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import io.greenlane.rehearsal.ecs.TaskState.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Keeps as many tasks running as each task set wants, replaces bad ones, and says when a task set is steady. */
final class Scheduler implements TaskSetWatch {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(27); // ECS guide, service throttle logic
    private static final int IMPAIRED_AFTER = 3;

    private final Map<String, TaskSetState> sets = new LinkedHashMap<>();
    private final Map<String, List<Runnable>> awaitingGone = new HashMap<>();
    private final Timeline timeline;
    private final TaskRegister register;
    private final Announcements announcements;
    private final TaskLife life;

    Scheduler(Timeline timeline, TaskRegister register, TaskRunner runner, ElasticLoadBalancingV2Client balancing,
            Announcements announcements) {
        this.timeline = timeline;
        this.register = register;
        this.announcements = announcements;
        this.life = new TaskLife(timeline, runner, balancing, announcements, this::taskChanged);
    }

    @Override
    public Alarm whenSteady(String taskSetArn, Runnable action) {
        TaskSetState set = sets.get(taskSetArn);
        if (set == null) {
            return () -> {
            };
        }
        if (set.steady()) {
            return timeline.after(Duration.ZERO, action);
        }
        return waiting(set.awaitingSteady, action);
    }

    @Override
    public Alarm whenScaled(String taskSetArn, Runnable action) {
        TaskSetState set = sets.get(taskSetArn);
        return set == null ? () -> {
        } : waiting(set.awaitingScaling, action);
    }

    @Override
    public Alarm whenGone(String taskSetArn, Runnable action) {
        return sets.containsKey(taskSetArn)
                ? waiting(awaitingGone.computeIfAbsent(taskSetArn, arn -> new ArrayList<>()), action)
                : timeline.after(Duration.ZERO, action);
    }

    /** Takes up a new task set, which its service has already. */
    void add(TaskSetState set) {
        sets.put(set.arn(), set);
        reconcile(set);
    }

    Optional<TaskSetState> find(String idOrArn) {
        return sets.values().stream().filter(set -> set.arn().equals(idOrArn) || set.described.id().equals(idOrArn)
                || Names.last(set.arn()).equals(idOrArn)).findFirst();
    }

    void start(TaskState task) {
        life.start(task);
    }

    void stop(TaskState task, TaskStopCode code, String reason) {
        life.stop(task, code, reason);
    }

    /** The service wants another number of tasks. */
    void scaled(ServiceState service) {
        reconcile(service);
        service.taskSets.forEach(set -> runSoon(List.copyOf(set.awaitingScaling)));
    }

    void reconcile(ServiceState service) {
        List.copyOf(service.taskSets).forEach(this::reconcile);
    }

    /** Begins to stop the task set; it is gone when its last task has stopped. */
    void drain(TaskSetState set) {
        set.described = set.described.toBuilder().status(TaskSetState.DRAINING).updatedAt(timeline.now()).build();
        cancelBackOff(set);
        reconcile(set);
    }

    /** Brings the number of tasks to what the task set wants now. */
    void reconcile(TaskSetState set) {
        List<TaskState> wanted = set.wantedTasks();
        int desired = set.computedDesiredCount();
        if (wanted.size() < desired && set.backOff == null) {
            startTasks(set, desired - wanted.size());
        }
        List<TaskState> newestFirst = new ArrayList<>(wanted).reversed();
        for (TaskState surplus : newestFirst.subList(0, Math.max(0, wanted.size() - desired))) {
            life.stop(surplus, TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Scaling activity initiated by (deployment "
                    + set.described.id() + ")");
        }
        settle(set);
        if (set.is(TaskSetState.DRAINING) && set.tasks.isEmpty() && sets.remove(set.arn()) != null) {
            set.service.taskSets.remove(set);
            set.awaitingSteady.clear();
            runSoon(awaitingGone.remove(set.arn()));
            reconcileService(set.service);
        }
    }

    /** The health of a target has changed, which may be one of our tasks. */
    void targetChanged(String targetGroupArn, String id, int port, TargetHealth health) {
        Registration registration = new Registration(targetGroupArn, port);
        for (TaskState task : register.all()) {
            if (!task.registered.contains(registration)) {
                continue;
            }
            task.healthy.remove(registration);
            task.unhealthy.remove(registration);
            if (health.reason() == TargetHealthReasonEnum.TARGET_NOT_REGISTERED) {
                life.drained(task, registration);
            } else if (health.state() == TargetHealthStateEnum.HEALTHY) {
                task.healthy.add(registration);
            } else if (health.state() == TargetHealthStateEnum.UNHEALTHY) {
                task.unhealthy.add(registration);
            }
            taskChanged(task);
        }
    }

    private void taskChanged(TaskState task) {
        if (task.owner.isEmpty()) {
            if (task.is("STOPPED")) {
                register.retire(task);
            }
            return;
        }
        TaskSetState set = task.owner.get();
        if (task.is("STOPPED")) {
            if (set.tasks.remove(task)) {
                register.retire(task);
                if (!task.settledOnce && task.described.stopCode() != TaskStopCode.USER_INITIATED && !set.is(
                        TaskSetState.DRAINING)) {
                    failedToStart(set, task);
                }
            }
        } else if (task.wanted() && task.is("RUNNING")) {
            if (task.settled()) {
                task.settledOnce = true;
                set.failedStarts = 0;
            } else if (task.graceOver) {
                replaceIfUnhealthy(task);
            }
        }
        reconcile(set);
    }

    private void replaceIfUnhealthy(TaskState task) {
        if (task.shown().healthStatus() == HealthStatus.UNHEALTHY) {
            life.stop(task, TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Task failed container health checks");
        } else if (!task.unhealthy.isEmpty()) {
            life.stop(task, TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Task failed ELB health checks in (target-group "
                    + task.unhealthy.iterator().next().targetGroupArn() + ")");
        }
    }

    private void failedToStart(TaskSetState set, TaskState task) {
        set.failedStarts++;
        Duration doubled = FIRST_BACK_OFF.multipliedBy(1L << Math.min(10, set.failedStarts - 1));
        cancelBackOff(set);
        set.backOff = timeline.after(doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF, () -> {
            set.backOff = null;
            reconcile(set);
        });
        ServiceState service = set.service;
        if (set.failedStarts == IMPAIRED_AFTER) {
            announcements.serviceEvent(service, "(service " + service.name()
                    + ") is unable to consistently start tasks successfully. For more information, see the "
                    + "Troubleshooting section of the Amazon ECS Developer Guide.");
            announcements.serviceAction(service, "WARN", "SERVICE_TASK_START_IMPAIRED", set, task.described
                    .stoppedReason());
        }
    }

    private static void cancelBackOff(TaskSetState set) {
        if (set.backOff != null) {
            set.backOff.cancel();
            set.backOff = null;
        }
    }

    private void startTasks(TaskSetState set, int count) {
        ServiceState service = set.service;
        List<TaskState> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TaskState task = register.enter(service.described.clusterArn(), set.definition, Optional.of(set), "service:"
                    + service.name(), set.described.id());
            set.tasks.add(task);
            started.add(task);
        }
        announcements.serviceEvent(service, "(service " + service.name() + (service.rolling()
                ? ""
                : ", taskSet "
                        + set.described.id())
                + ") has started " + count + " tasks: " + started.stream().map(task -> "(task "
                        + task.id() + ")").collect(Collectors.joining(" "))
                + ".");
        started.forEach(life::start);
    }

    private void settle(TaskSetState set) {
        boolean steady = set.wantedTasks().size() == set.computedDesiredCount() && set.wantedTasks().stream().allMatch(
                TaskState::settled);
        if (steady == set.steady()) {
            return;
        }
        set.described = set.described.toBuilder().stabilityStatus(steady
                ? StabilityStatus.STEADY_STATE
                : StabilityStatus.STABILIZING).stabilityStatusAt(timeline.now()).updatedAt(timeline.now()).build();
        ServiceState service = set.service;
        if (!steady) {
            service.steadyAnnounced = false;
            return;
        }
        if (!set.is(TaskSetState.DRAINING)) {
            becameSteady(set, service);
        }
    }

    private void becameSteady(TaskSetState set, ServiceState service) {
        if (service.rolling()) {
            if (set.is(TaskSetState.PRIMARY)) {
                announcements.deployment(service, set, "SERVICE_DEPLOYMENT_COMPLETED", "ECS deployment " + set.described
                        .id() + " completed.");
                service.taskSets.stream().filter(other -> other.is(TaskSetState.ACTIVE)).toList().forEach(this::drain);
            }
        } else {
            announcements.serviceEvent(service, "(service " + service.name() + ", taskSet " + set.described.id()
                    + ") has reached a steady state.");
            announcements.serviceAction(service, "INFO", "TASKSET_STEADY_STATE", set, null);
        }
        List<Runnable> waiting = List.copyOf(set.awaitingSteady);
        set.awaitingSteady.clear();
        runSoon(waiting);
        reconcileService(service);
    }

    private void reconcileService(ServiceState service) {
        boolean steady = service.active() && service.taskSets.stream().allMatch(set -> set.steady() && !set.is(
                TaskSetState.DRAINING));
        if (steady && !service.steadyAnnounced) {
            service.steadyAnnounced = true;
            announcements.serviceEvent(service, "(service " + service.name() + ") has reached a steady state.");
            announcements.serviceAction(service, "INFO", "SERVICE_STEADY_STATE", null, null);
        }
        if (!service.active() && service.taskSets.isEmpty()) {
            service.described = service.described.toBuilder().status("INACTIVE").build();
        }
    }

    private void runSoon(@Nullable List<Runnable> actions) {
        if (actions != null) {
            actions.forEach(action -> timeline.after(Duration.ZERO, action));
        }
    }

    private static Alarm waiting(List<Runnable> list, Runnable action) {
        list.add(action);
        return () -> list.remove(action);
    }
}
