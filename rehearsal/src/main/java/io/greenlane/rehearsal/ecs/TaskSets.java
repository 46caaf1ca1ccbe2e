package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Scale;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.TaskSetNotFoundException;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetResponse;

/** Creates, promotes, scales and removes task sets. */
final class TaskSets {
    private static final int MAX = 5;

    private final Tags tags;
    private final Timeline timeline;
    private final Journal journal;
    private final Services services;
    private final TaskDefinitions definitions;
    private final ServiceRules rules;
    private final Scheduler scheduler;

    TaskSets(Tags tags, Timeline timeline, Journal journal, Services services,
            TaskDefinitions definitions, ServiceRules rules, Scheduler scheduler) {
        this.tags = tags;
        this.timeline = timeline;
        this.journal = journal;
        this.services = services;
        this.definitions = definitions;
        this.rules = rules;
        this.scheduler = scheduler;
    }

    CreateTaskSetResponse create(CreateTaskSetRequest request) {
        ServiceState service = services.active(request.cluster(), request.service());
        if (service.rolling()) {
            throw Faults.invalidParameter("Task sets can be created for services with the EXTERNAL or CODE_DEPLOY "
                    + "deployment controller, and service " + service.name() + " has the deployment controller ECS.");
        }
        if (service.taskSets.size() >= MAX) {
            throw Faults.invalidParameter(MAX
                    + " deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.");
        }
        TaskDefinition definition = definitions.active(request.taskDefinition()).typed();
        rules.checkFit(definition, request.loadBalancers(), request.networkConfiguration());
        Scale scale = request.scale() == null ? full() : checked(request.scale());
        TaskSet.Builder described = services.newTaskSet(service, definition).status(TaskSetState.ACTIVE).scale(scale)
                .externalId(request.externalId()).networkConfiguration(request.networkConfiguration()).loadBalancers(
                        request.loadBalancers())
                .platformVersion(Services.platform(request.platformVersion())).startedBy(service.controller()
                        .toString());
        if (!request.capacityProviderStrategy().isEmpty()) {
            described.capacityProviderStrategy(request.capacityProviderStrategy()).launchType((LaunchType) null);
        } else if (request.launchType() != null) {
            described.launchType(request.launchType());
        }
        TaskSetState set = new TaskSetState(service, definition, described.build());
        tags.put(set.arn(), request.tags());
        service.taskSets.add(set);
        service.steadyAnnounced = false;
        write("CreateTaskSet", set, "Task set " + set.described.id() + " of service " + service.name() + " runs "
                + Names.last(definition.taskDefinitionArn()));
        scheduler.add(set);
        return CreateTaskSetResponse.builder().taskSet(shown(set)).build();
    }

    DescribeTaskSetsResponse describe(DescribeTaskSetsRequest request) {
        ServiceState service = services.active(request.cluster(), request.service());
        boolean withTags = request.includeAsStrings().contains("TAGS");
        List<TaskSet> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        if (!request.hasTaskSets()) {
            service.taskSets.forEach(set -> found.add(withTags ? shown(set) : set.shown()));
        }
        for (String asked : request.taskSets()) {
            TaskSetState set = find(service, asked);
            if (set == null) {
                failures.add(Failure.builder().arn(asked).reason("MISSING").build());
            } else {
                found.add(withTags ? shown(set) : set.shown());
            }
        }
        return DescribeTaskSetsResponse.builder().taskSets(found).failures(failures).build();
    }

    UpdateTaskSetResponse update(UpdateTaskSetRequest request) {
        TaskSetState set = get(services.active(request.cluster(), request.service()), request.taskSet());
        if (request.scale() == null) {
            throw Faults.invalidParameter("Scale cannot be empty.");
        }
        set.described = set.described.toBuilder().scale(checked(request.scale())).updatedAt(timeline.now()).build();
        scheduler.reconcile(set);
        return UpdateTaskSetResponse.builder().taskSet(set.shown()).build();
    }

    UpdateServicePrimaryTaskSetResponse promote(UpdateServicePrimaryTaskSetRequest request) {
        ServiceState service = services.active(request.cluster(), request.service());
        TaskSetState set = get(service, request.primaryTaskSet());
        if (set.is(TaskSetState.DRAINING)) {
            throw Faults.invalidParameter("TaskSet " + set.described.id() + " is draining and cannot become primary.");
        }
        service.primary().ifPresent(before -> before.described = before.described.toBuilder().status(
                TaskSetState.ACTIVE).updatedAt(timeline.now()).build());
        set.described = set.described.toBuilder().status(TaskSetState.PRIMARY).updatedAt(timeline.now()).build();
        service.described = service.described.toBuilder().taskDefinition(set.described.taskDefinition())
                .networkConfiguration(set.described.networkConfiguration()).loadBalancers(set.described.loadBalancers())
                .platformVersion(set.described.platformVersion()).launchType(set.described.launchType())
                .capacityProviderStrategy(set.described.capacityProviderStrategy()).build();
        write("UpdateServicePrimaryTaskSet", set,
                "Task set " + set.described.id() + " is now the primary one of service "
                        + service.name());
        return UpdateServicePrimaryTaskSetResponse.builder().taskSet(set.shown()).build();
    }

    DeleteTaskSetResponse delete(DeleteTaskSetRequest request) {
        ServiceState service = services.active(request.cluster(), request.service());
        TaskSetState set = get(service, request.taskSet());
        if (set.is(TaskSetState.PRIMARY)) {
            throw Faults.invalidParameter("The primary TaskSet " + set.described.id()
                    + " cannot be deleted; make another one primary first.");
        }
        if (!Boolean.TRUE.equals(request.force()) && set.computedDesiredCount() > 0) {
            throw Faults.invalidParameter("TaskSet " + set.described.id()
                    + " cannot be deleted while it is scaled above 0; scale it down or use force.");
        }
        write("DeleteTaskSet", set, "Task set " + set.described.id() + " of service " + service.name()
                + " is being stopped");
        scheduler.drain(set);
        return DeleteTaskSetResponse.builder().taskSet(set.shown()).build();
    }

    static Scale full() {
        return Scale.builder().value(100.0).unit(ScaleUnit.PERCENT).build();
    }

    private static Scale checked(Scale scale) {
        double value = scale.value() == null ? 100.0 : scale.value();
        if (value < 0 || value > 100 || (scale.unit() != null && scale.unit() != ScaleUnit.PERCENT)) {
            throw Faults.invalidParameter("Scale must be between 0 and 100 PERCENT, got " + scale.value() + " " + scale
                    .unitAsString());
        }
        return Scale.builder().value(value).unit(ScaleUnit.PERCENT).build();
    }

    private TaskSet shown(TaskSetState set) {
        return set.shown().toBuilder().tags(tags.of(set.arn())).build();
    }

    private TaskSetState get(ServiceState service, @Nullable String idOrArn) {
        TaskSetState set = idOrArn == null ? null : find(service, idOrArn);
        if (set == null) {
            throw Faults.of(TaskSetNotFoundException.builder(), "TaskSetNotFoundException", "TaskSet not found: "
                    + idOrArn);
        }
        return set;
    }

    private static @Nullable TaskSetState find(ServiceState service, String idOrArn) {
        return service.taskSets.stream().filter(set -> set.arn().equals(idOrArn) || set.described.id().equals(idOrArn)
                || Objects.equals(Names.last(set.arn()), idOrArn)).findFirst().orElse(null);
    }

    private void write(String kind, TaskSetState set, String sentence) {
        journal.write("ecs", kind, set.arn(), Map.of("service", set.service.name(), "taskSet", set.described.id(),
                "taskDefinition", set.described.taskDefinition()), sentence);
    }
}
