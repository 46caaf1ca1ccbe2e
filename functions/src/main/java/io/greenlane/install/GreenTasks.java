package io.greenlane.install;

import java.util.Collection;
import java.util.List;

/** Tasks of ECS services that CodeDeploy deploys to. */
public interface GreenTasks {
    /** Task sets that deployments of CodeDeploy made and that do not serve production; empty when there is no such service. */
    List<Green> replacements(String cluster, String service);

    /**
     * Tasks of the task set that have stopped or that ECS has decided to stop, of the last hour at least (ECS API, DescribeTasks).
     *
     * @param known ARNs of tasks that lists may not show yet
     */
    List<StoppedTask> stopped(Green green, Collection<String> known);

    /**
     * A task set that is to take over.
     *
     * @param cluster name
     * @param service name
     * @param taskSet id, {@code ecs-svc/...}; its tasks are started by it
     * @param deploymentId of the CodeDeploy deployment that made it
     * @param desired how many tasks it wants
     */
    record Green(String cluster, String service, String taskSet, String deploymentId, int desired) {}
}
