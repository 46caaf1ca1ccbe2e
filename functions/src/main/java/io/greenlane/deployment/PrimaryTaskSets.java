package io.greenlane.deployment;

import org.jspecify.annotations.Nullable;

/** The task sets that serve production. */
@FunctionalInterface
public interface PrimaryTaskSets {
    /** As ECS describes it now, which may be as it was a moment ago; null when there is no such service, or none that serves. */
    @Nullable
    Primary primary(String cluster, String service);

    /**
     * What serves production.
     *
     * @param taskDefinition ARN with revision
     * @param desiredCount how many tasks the service wants
     */
    record Primary(String taskDefinition, int desiredCount) {}
}
