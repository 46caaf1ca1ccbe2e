package io.greenlane.deployment;

/** Status of a deployment (CodeDeploy API, DeploymentStatus). */
public enum DeploymentStatus {
    CREATED, QUEUED, IN_PROGRESS, BAKING, READY, SUCCEEDED, FAILED, STOPPED,
    /** A status that this version does not know; taken as not final. */
    UNKNOWN;

    /** Final statuses never change. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }
}
