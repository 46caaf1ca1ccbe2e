package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** All tasks that can be described: those that are not stopped, and those stopped within the last hour. */
final class TaskRegister {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, TaskState> tasks = new LinkedHashMap<>();
    private final Names names;
    private final Timeline timeline;

    TaskRegister(Names names, Timeline timeline) {
        this.names = names;
        this.timeline = timeline;
    }

    /**
     * Enters a new task.
     *
     * @param group {@code service:<name>} or {@code family:<family>}
     * @param startedBy may be empty
     */
    TaskState enter(String clusterArn, TaskDefinition definition, Optional<TaskSetState> owner, String group,
            String startedBy) {
        String id = names.taskId();
        Task.Builder described = Task.builder().taskArn(names.arn("task/" + Names.last(clusterArn) + "/" + id))
                .clusterArn(clusterArn).taskDefinitionArn(definition.taskDefinitionArn()).group(group).launchType(
                        LaunchType.FARGATE)
                .platformVersion("1.4.0").platformFamily("Linux").cpu(definition.cpu()).memory(definition.memory())
                .availabilityZone(names.region() + "a").connectivity(Connectivity.CONNECTED).desiredStatus("RUNNING")
                .lastStatus("PROVISIONING").version(1L).createdAt(timeline.now()).enableExecuteCommand(false)
                .attachments(Attachment.builder().id(names.uuid()).type("ElasticNetworkInterface").status("ATTACHED")
                        .details(KeyValuePair.builder().name("privateIPv4Address").value("127.0.0.1").build())
                        .build());
        if (!startedBy.isEmpty()) {
            described.startedBy(startedBy);
        }
        TaskState task = new TaskState(described.build(), definition, owner);
        tasks.put(task.arn(), task);
        return task;
    }

    /** Forgets a stopped task in an hour, which is never shortened: whoever asks for it takes real time to do so. */
    void retire(TaskState task) {
        timeline.atLimit(KEPT, () -> tasks.remove(task.arn()));
    }

    List<TaskState> all() {
        return List.copyOf(tasks.values());
    }

    Optional<TaskState> find(String idOrArn) {
        return tasks.values().stream().filter(task -> task.arn().equals(idOrArn) || task.id().equals(idOrArn))
                .findFirst();
    }
}
