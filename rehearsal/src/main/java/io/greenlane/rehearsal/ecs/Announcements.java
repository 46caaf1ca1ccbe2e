package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.events.EventBus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/** Says what happens: as events on the bus, as events of the service, and in the journal. */
final class Announcements {
    private static final String SOURCE = "aws.ecs";

    private final Names names;
    private final Timeline timeline;
    private final Journal journal;
    private final EventBus bus;

    Announcements(Names names, Timeline timeline, Journal journal, EventBus bus) {
        this.names = names;
        this.timeline = timeline;
        this.journal = journal;
        this.bus = bus;
    }

    /** A line in the service's own list of events. */
    void serviceEvent(ServiceState service, String message) {
        service.add(ServiceEvent.builder().id(names.uuid()).createdAt(timeline.now()).message(message).build());
        journal.write("ecs", "ServiceEvent", service.name(), Map.of(), message);
    }

    /** An {@code ECS Service Action} event (ECS guide, service action events). */
    void serviceAction(ServiceState service, String type, String name, @Nullable TaskSetState taskSet,
            @Nullable String reason) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("eventType", type);
        detail.put("eventName", name);
        detail.put("clusterArn", service.described.clusterArn());
        if (taskSet != null) {
            detail.put("taskSetArns", List.of(taskSet.arn()));
        }
        if (reason != null) {
            detail.put("reason", reason);
        }
        detail.put("createdAt", timeline.now().toString());
        bus.announce(SOURCE, "ECS Service Action", List.of(service.arn()), detail);
    }

    /** An {@code ECS Deployment State Change} event; only for services that ECS itself deploys. */
    void deployment(ServiceState service, TaskSetState deployment, String name, String reason) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("eventType", "INFO");
        detail.put("eventName", name);
        detail.put("deploymentId", deployment.described.id());
        detail.put("updatedAt", timeline.now().toString());
        detail.put("reason", reason);
        bus.announce(SOURCE, "ECS Deployment State Change", List.of(service.arn()), detail);
    }

    /** An {@code ECS Task State Change} event with the task as it is now. */
    void task(TaskState state) {
        Task task = state.shown();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("clusterArn", task.clusterArn());
        detail.put("taskArn", task.taskArn());
        detail.put("taskDefinitionArn", task.taskDefinitionArn());
        detail.put("group", task.group());
        detail.put("launchType", task.launchTypeAsString());
        detail.put("lastStatus", task.lastStatus());
        detail.put("desiredStatus", task.desiredStatus());
        detail.put("version", task.version());
        detail.put("cpu", task.cpu());
        detail.put("memory", task.memory());
        detail.put("availabilityZone", task.availabilityZone());
        putIfSet(detail, "startedBy", task.startedBy());
        putIfSet(detail, "healthStatus", task.healthStatusAsString());
        putIfSet(detail, "stopCode", task.stopCodeAsString());
        putIfSet(detail, "stoppedReason", task.stoppedReason());
        putTime(detail, "createdAt", task.createdAt());
        putTime(detail, "pullStartedAt", task.pullStartedAt());
        putTime(detail, "pullStoppedAt", task.pullStoppedAt());
        putTime(detail, "startedAt", task.startedAt());
        putTime(detail, "stoppingAt", task.stoppingAt());
        putTime(detail, "stoppedAt", task.stoppedAt());
        detail.put("updatedAt", timeline.now().toString());
        detail.put("containers", containers(task));
        detail.values().removeIf(value -> value == null);
        bus.announce(SOURCE, "ECS Task State Change", List.of(task.taskArn()), detail);
        journal.write("ecs", "TaskStateChange", task.taskArn(), Map.of("lastStatus", task.lastStatus(), "group", task
                .group(), "gracePeriod", state.gracePeriod().toString()),
                "Task " + state.id().substring(0, 8) + " of " + Names.last(task.taskDefinitionArn()) + " is "
                        + task.lastStatus() + (task.stoppedReason() == null ? "" : ": " + task.stoppedReason()));
    }

    private static List<Object> containers(Task task) {
        List<Object> containers = new ArrayList<>();
        for (Container container : task.containers()) {
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("containerArn", container.containerArn());
            detail.put("taskArn", container.taskArn());
            detail.put("name", container.name());
            detail.put("image", container.image());
            detail.put("lastStatus", container.lastStatus());
            putIfSet(detail, "imageDigest", container.imageDigest());
            putIfSet(detail, "reason", container.reason());
            if (container.exitCode() != null) {
                detail.put("exitCode", container.exitCode());
            }
            containers.add(detail);
        }
        return containers;
    }

    private static void putIfSet(Map<String, Object> detail, String name, @Nullable String value) {
        if (value != null) {
            detail.put(name, value);
        }
    }

    private static void putTime(Map<String, Object> detail, String name, @Nullable Instant time) {
        if (time != null) {
            detail.put(name, time.toString());
        }
    }
}
