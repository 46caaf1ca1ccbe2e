package io.greenlane.deployment;

import java.util.List;

/** The task sets that CodeDeploy created in a service. */
public interface TaskSets {
    /** As ECS describes them now; empty when there is no such service. */
    List<Deployed> of(String cluster, String service);

    /**
     * One task set.
     *
     * @param deploymentId of the CodeDeploy deployment that created it (the task set's external id)
     * @param taskDefinition ARN with revision
     * @param targetGroup ARN of the target group that its tasks are registered in
     * @param desiredCount how many tasks it wants
     */
    record Deployed(String deploymentId, String taskDefinition, String targetGroup, int desiredCount) {}
}
