package io.greenlane.deployment;

import io.greenlane.service.ServiceReference;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which deployments made the task sets of a service. */
final class Makers {
    /**
     * So many leave no room. ECS lets a service have five task sets, those included that are being stopped (error text of
     * CreateTaskSet): a deployment needs one, and one is left to the task set that the service began with, or to a deployment that
     * somebody else makes and stops in the same moment.
     */
    private static final int FULL = 4;

    private final TaskSets taskSets;
    private final Deployments deployments;

    Makers(TaskSets taskSets, Deployments deployments) {
        this.taskSets = taskSets;
        this.deployments = deployments;
    }

    /** Whether ECS might refuse another task set until earlier ones are gone; not where cluster and service are not known. */
    boolean leaveNoRoom(ServiceReference service) {
        return taskSets(service).size() >= FULL;
    }

    /**
     * The deployments that made the task sets of one revision, as far as CodeDeploy made them and remembers; none when cluster and
     * service are not known.
     *
     * @param taskDefinition ARN of the revision; null when there is none
     */
    Stream<Deployment> of(ServiceReference service, @Nullable String taskDefinition) {
        return taskSets(service).stream().filter(one -> one.taskDefinition().equals(taskDefinition))
                .map(one -> deployments.find(one.deploymentId())).filter(Objects::nonNull);
    }

    private List<TaskSets.Deployed> taskSets(ServiceReference service) {
        String cluster = service.cluster();
        String name = service.service();
        return cluster == null || name == null ? List.of() : taskSets.of(cluster, name);
    }
}
