package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What calls of Amazon ECS need. */
record EcsNeeds(Account account, Places places) implements ServiceNeeds {
    private static final String TASKS = "ecs-tasks.amazonaws.com";
    private static final String CLUSTER = "ecs:cluster";

    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case DescribeServicesRequest it -> it.services().stream()
                    .map(service -> ofService("ecs:DescribeServices", it.cluster(), service)).toList();
            case UpdateServiceRequest it -> List.of(ofService("ecs:UpdateService", it.cluster(), it.service()));
            case UpdateServicePrimaryTaskSetRequest it ->
                List.of(ofService("ecs:UpdateServicePrimaryTaskSet", it.cluster(), it.service()));
            case RegisterTaskDefinitionRequest it -> registering(it);
            // The service authorization data names container instances, of which a call for a service has none.
            case ListTasksRequest it -> List.of(Need.of("ecs:ListTasks", Need.EVERYTHING)
                    .with(CLUSTER, cluster(it.cluster())));
            case DescribeTasksRequest it -> it.tasks().stream()
                    .map(task -> Need.of("ecs:DescribeTasks", task(it.cluster(), task))
                            .with(CLUSTER, cluster(it.cluster())))
                    .toList();
            case DescribeServiceDeploymentsRequest it -> it.serviceDeploymentArns().stream()
                    .map(arn -> Need.of("ecs:DescribeServiceDeployments", arn)).toList();
            case DescribeServiceRevisionsRequest it -> it.serviceRevisionArns().stream()
                    .map(arn -> Need.of("ecs:DescribeServiceRevisions", arn)).toList();
            case CreateTaskSetRequest it -> creating(it);
            case DeleteTaskSetRequest it ->
                List.of(Need.of("ecs:DeleteTaskSet", taskSet(it.cluster(), it.service(), it.taskSet())));
            case DescribeTaskSetsRequest it when it.taskSets().isEmpty() ->
                List.of(Need.of("ecs:DescribeTaskSets", taskSet(it.cluster(), it.service(), "*")));
            case DescribeTaskSetsRequest it -> it.taskSets().stream()
                    .map(set -> Need.of("ecs:DescribeTaskSets", taskSet(it.cluster(), it.service(), set))).toList();
            default -> null;
        };
    }

    private List<Need> registering(RegisterTaskDefinitionRequest request) {
        String family = account.arn("ecs", "task-definition/" + request.family() + ":*");
        List<Need> needs = new ArrayList<>(List.of(Need.of("ecs:RegisterTaskDefinition", family)));
        if (!request.tags().isEmpty()) {
            needs.add(Need.of("ecs:TagResource", family).with("ecs:CreateAction", "RegisterTaskDefinition"));
        }
        Stream.of(request.taskRoleArn(), request.executionRoleArn()).filter(role -> role != null && !role.isEmpty())
                .distinct().forEach(role -> needs.add(Need.passing(roleArn(role), TASKS)));
        return needs;
    }

    private List<Need> creating(CreateTaskSetRequest request) {
        List<Need> needs = new ArrayList<>(
                List.of(Need.of("ecs:CreateTaskSet", taskSet(request.cluster(), request.service(), "*"))));
        places.rolesOfTasks(request.taskDefinition())
                .forEach(role -> needs.add(Need.passing(roleArn(role), TASKS)));
        return needs;
    }

    private Need ofService(String action, @Nullable String cluster, String service) {
        return Need.of(action, service.startsWith("arn:")
                ? service
                : account.arn("ecs", "service/" + name(cluster) + "/" + service)).with(CLUSTER, cluster(cluster));
    }

    private String taskSet(String cluster, String service, String taskSet) {
        return taskSet.startsWith("arn:")
                ? taskSet
                : account.arn("ecs", "task-set/" + name(cluster) + "/" + name(service) + "/" + taskSet);
    }

    private String task(@Nullable String cluster, String task) {
        return task.startsWith("arn:") ? task : account.arn("ecs", "task/" + name(cluster) + "/" + task);
    }

    private String cluster(@Nullable String cluster) {
        return cluster != null && cluster.startsWith("arn:")
                ? cluster
                : account.arn("ecs", "cluster/" + name(cluster));
    }

    private String roleArn(String role) {
        return role.startsWith("arn:") ? role : "arn:aws:iam::" + account.id() + ":role/" + role;
    }

    /** Of a name or an ARN; the cluster of a call that names none is called default. */
    private static String name(@Nullable String nameOrArn) {
        return nameOrArn == null ? "default" : nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
