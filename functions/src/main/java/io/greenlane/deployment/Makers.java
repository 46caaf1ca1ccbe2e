package io.greenlane.deployment;

import io.greenlane.service.ServiceReference;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which deployments made the task sets of a service. */
final class Makers {
    private final TaskSets taskSets;
    private final Deployments deployments;

    Makers(TaskSets taskSets, Deployments deployments) {
        this.taskSets = taskSets;
        this.deployments = deployments;
    }

    /**
     * The deployments that made the task sets of one revision, as far as CodeDeploy made them and remembers; none when cluster and
     * service are not known.
     *
     * @param taskDefinition ARN of the revision; null when there is none
     */
    Stream<Deployment> of(ServiceReference service, @Nullable String taskDefinition) {
        String cluster = service.cluster();
        String name = service.service();
        return cluster == null || name == null
                ? Stream.empty()
                : taskSets.of(cluster, name).stream().filter(one -> one.taskDefinition().equals(taskDefinition))
                        .map(one -> deployments.find(one.deploymentId())).filter(Objects::nonNull);
    }
}
