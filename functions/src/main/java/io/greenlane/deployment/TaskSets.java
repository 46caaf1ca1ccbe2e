package io.greenlane.deployment;

import io.greenlane.service.ServiceReference;
import java.util.List;

/** The task sets that CodeDeploy created in a service. */
public interface TaskSets {
    /** As ECS describes them now; empty when the reference names no cluster and service. */
    List<Deployed> of(ServiceReference service);

    /**
     * One task set.
     *
     * @param deploymentId of the CodeDeploy deployment that created it (the task set's external id)
     * @param taskDefinition ARN with revision
     * @param targetGroup ARN of the target group that its tasks are registered in
     */
    record Deployed(String deploymentId, String taskDefinition, String targetGroup) {}
}
