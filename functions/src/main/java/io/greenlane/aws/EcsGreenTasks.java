package io.greenlane.aws;

import io.greenlane.install.GreenTasks;
import io.greenlane.install.StoppedTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Tasks of ECS services; those of a task set are started by its id (ECS API, Task). */
public final class EcsGreenTasks implements GreenTasks {
    /** DescribeTasks takes so many tasks (ECS API). */
    private static final int BATCH = 100;

    private final EcsClient ecs;

    public EcsGreenTasks(EcsClient ecs) {
        this.ecs = ecs;
    }

    @Override
    public List<Green> replacements(String cluster, String service) {
        try {
            return ecs.describeServices(call -> call.cluster(cluster).services(service)).services().stream()
                    .flatMap(found -> found.taskSets().stream()).filter(EcsGreenTasks::isReplacement)
                    .map(taskSet -> new Green(cluster, service, taskSet.id(), taskSet.externalId(),
                            Objects.requireNonNullElse(taskSet.computedDesiredCount(), 0)))
                    .toList();
        } catch (ClusterNotFoundException e) {
            return List.of();
        }
    }

    private static boolean isReplacement(TaskSet taskSet) {
        return "CODE_DEPLOY".equals(taskSet.startedBy()) && taskSet.externalId() != null
                && "ACTIVE".equals(taskSet.status());
    }

    @Override
    public List<StoppedTask> stopped(Green green, Collection<String> known) {
        Set<String> arns = new LinkedHashSet<>(known);
        try {
            ecs.listTasksPaginator(call -> call.cluster(green.cluster()).serviceName(green.service())
                    .desiredStatus(DesiredStatus.STOPPED)).taskArns().forEach(arns::add);
        } catch (ServiceNotFoundException e) {
            return List.of();
        }
        List<String> all = List.copyOf(arns);
        List<StoppedTask> stopped = new ArrayList<>();
        for (int i = 0; i < all.size(); i += BATCH) {
            List<String> batch = all.subList(i, Math.min(i + BATCH, all.size()));
            ecs.describeTasks(call -> call.cluster(green.cluster()).tasks(batch)).tasks().stream()
                    .filter(task -> green.taskSet().equals(task.startedBy())).map(EcsGreenTasks::stopped)
                    .forEach(stopped::add);
        }
        return stopped;
    }

    private static StoppedTask stopped(Task task) {
        return new StoppedTask(task.taskArn(), Objects.requireNonNullElse(task.stopCodeAsString(), ""),
                Objects.requireNonNullElse(task.stoppedReason(), ""),
                task.containers().stream().map(EcsGreenTasks::container).toList(), task.createdAt(),
                task.stoppingAt() == null ? task.stoppedAt() : task.stoppingAt());
    }

    private static StoppedTask.Container container(Container container) {
        return new StoppedTask.Container(container.name(), container.exitCode(), container.reason());
    }
}
