package io.greenlane.aws;

import io.greenlane.deployment.PrimaryTaskSets;
import io.greenlane.deployment.TaskSets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Task sets of ECS services, as CodeDeploy creates them: {@code startedBy} is CODE_DEPLOY, {@code externalId} the deployment. */
public final class EcsTaskSets implements TaskSets, PrimaryTaskSets {
    private final EcsClient ecs;

    public EcsTaskSets(EcsClient ecs) {
        this.ecs = ecs;
    }

    @Override
    public List<Deployed> of(String cluster, String service) {
        return described(cluster, service).flatMap(found -> found.taskSets().stream())
                .filter(EcsTaskSets::isByCodeDeploy)
                .map(taskSet -> new Deployed(taskSet.externalId(), taskSet.taskDefinition(),
                        taskSet.loadBalancers().get(0).targetGroupArn(),
                        Objects.requireNonNullElse(taskSet.computedDesiredCount(), 0)))
                .toList();
    }

    @Override
    public @Nullable Primary primary(String cluster, String service) {
        return described(cluster, service).flatMap(found -> found.taskSets().stream()
                .filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                .map(taskSet -> new Primary(taskSet.taskDefinition(),
                        Objects.requireNonNullElse(found.desiredCount(), 0))))
                .findFirst().orElse(null);
    }

    private Stream<Service> described(String cluster, String service) {
        try {
            return ecs.describeServices(call -> call.cluster(cluster).services(service)).services().stream();
        } catch (ClusterNotFoundException e) {
            return Stream.empty();
        }
    }

    private static boolean isByCodeDeploy(TaskSet taskSet) {
        return "CODE_DEPLOY".equals(taskSet.startedBy()) && taskSet.externalId() != null
                && !taskSet.loadBalancers().isEmpty() && taskSet.loadBalancers().get(0).targetGroupArn() != null;
    }
}
