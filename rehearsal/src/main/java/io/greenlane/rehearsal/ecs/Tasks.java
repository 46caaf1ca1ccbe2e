package io.greenlane.rehearsal.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Lists, describes, runs and stops tasks. */
final class Tasks {
    private static final int MAX_DESCRIBED = 100;
    private static final int MAX_RUN = 10;

    private final Names names;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final TaskRegister register;
    private final Scheduler scheduler;

    Tasks(Names names, Clusters clusters, TaskDefinitions definitions, TaskRegister register, Scheduler scheduler) {
        this.names = names;
        this.clusters = clusters;
        this.definitions = definitions;
        this.register = register;
        this.scheduler = scheduler;
    }

    ListTasksResponse list(ListTasksRequest request) {
        String cluster = clusters.get(request.cluster()).arn();
        String group = request.serviceName() == null ? null : "service:" + Names.last(request.serviceName());
        String desired = request.desiredStatus() == null ? "RUNNING" : request.desiredStatusAsString();
        List<String> arns = register.all().stream().filter(task -> {
            Task described = task.described;
            return described.clusterArn().equals(cluster) && described.desiredStatus().equals(desired) && (group == null
                    || described.group().equals(group))
                    && (request.family() == null || task.definition.family().equals(
                            request.family()))
                    && (request.startedBy() == null || Objects.equals(described.startedBy(), request.startedBy()))
                    && (request.launchType() == null || described.launchType() == request.launchType());
        }).map(TaskState::arn).toList();
        Page<String> page = Page.of(arns, request.nextToken(), request.maxResults());
        return ListTasksResponse.builder().taskArns(page.items()).nextToken(page.nextToken()).build();
    }

    DescribeTasksResponse describe(DescribeTasksRequest request) {
        Clusters.ClusterState cluster = clusters.get(request.cluster());
        if (request.tasks().isEmpty() || request.tasks().size() > MAX_DESCRIBED) {
            throw Faults.invalidParameter("Tasks must name 1 to " + MAX_DESCRIBED + " tasks, got " + request.tasks()
                    .size());
        }
        List<Task> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String asked : request.tasks()) {
            register.find(asked).filter(task -> task.described.clusterArn().equals(cluster.arn())).ifPresentOrElse(
                    task -> found.add(task.shown()), () -> failures.add(Failure.builder().arn(asked.startsWith("arn:")
                            ? asked
                            : names.arn("task/" + cluster.name() + "/" + asked)).reason("MISSING").build()));
        }
        return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
    }

    RunTaskResponse run(RunTaskRequest request) {
        Clusters.ClusterState cluster = clusters.get(request.cluster());
        TaskDefinitions.Revision revision = definitions.active(request.taskDefinition());
        int count = request.count() == null ? 1 : request.count();
        if (count < 1 || count > MAX_RUN) {
            throw Faults.invalidParameter("count must be between 1 and " + MAX_RUN + ", got " + count);
        }
        if (request.overrides() != null) {
            throw Faults.invalidParameter("Overrides of RunTask are not simulated; register a task definition instead");
        }
        List<TaskState> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(register.enter(cluster.arn(), revision.typed(), Optional.empty(), request.group() == null
                    ? "family:" + revision.family()
                    : request.group(), request.startedBy() == null ? "" : request.startedBy()));
        }
        List<Task> shown = started.stream().map(TaskState::shown).toList();
        started.forEach(scheduler::start);
        return RunTaskResponse.builder().tasks(shown).failures(List.of()).build();
    }

    StopTaskResponse stop(StopTaskRequest request) {
        String cluster = clusters.get(request.cluster()).arn();
        TaskState task = register.find(String.valueOf(request.task())).filter(candidate -> candidate.described
                .clusterArn().equals(cluster)).orElseThrow(() -> Faults.invalidParameter(
                        "The referenced task was not found."));
        scheduler.stop(task, TaskStopCode.USER_INITIATED, request.reason() == null
                ? "Task stopped by user"
                : request
                        .reason());
        return StopTaskResponse.builder().task(task.shown()).build();
    }
}
