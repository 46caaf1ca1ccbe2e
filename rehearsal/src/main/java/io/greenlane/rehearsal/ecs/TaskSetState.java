package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/**
 * A task set; under the ECS controller the same thing is called a deployment, and is shown as one.
 */
final class TaskSetState {
    static final String PRIMARY = "PRIMARY";
    static final String ACTIVE = "ACTIVE";
    static final String DRAINING = "DRAINING";

    final ServiceState service;
    final TaskDefinition definition;
    /** Without the counts, which are counted when shown. */
    TaskSet described;
    final Set<TaskState> tasks = new LinkedHashSet<>();
    final List<Runnable> awaitingSteady = new ArrayList<>();
    final List<Runnable> awaitingScaling = new ArrayList<>();
    int failedStarts;
    @Nullable
    Alarm backOff;

    TaskSetState(ServiceState service, TaskDefinition definition, TaskSet described) {
        this.service = service;
        this.definition = definition;
        this.described = described;
    }

    String arn() {
        return described.taskSetArn();
    }

    boolean is(String status) {
        return described.status().equals(status);
    }

    boolean steady() {
        return described.stabilityStatus() == StabilityStatus.STEADY_STATE;
    }

    /** The service's desired count times the scale, rounded up. */
    int computedDesiredCount() {
        if (is(DRAINING) || !service.active()) {
            return 0;
        }
        return (int) Math.ceil(service.described.desiredCount() * described.scale().value() / 100);
    }

    List<TaskState> wantedTasks() {
        return tasks.stream().filter(TaskState::wanted).toList();
    }

    int runningCount() {
        return (int) tasks.stream().filter(task -> task.is("RUNNING")).count();
    }

    int pendingCount() {
        return (int) tasks.stream().filter(task -> task.wanted() && !task.is("RUNNING") && !task.is("STOPPED"))
                .count();
    }

    /** As DescribeTaskSets shows it. */
    TaskSet shown() {
        return described.toBuilder().computedDesiredCount(computedDesiredCount()).runningCount(runningCount())
                .pendingCount(pendingCount()).build();
    }
}
