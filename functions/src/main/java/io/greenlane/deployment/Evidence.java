package io.greenlane.deployment;

/** What we know about the image of a deployment that failed. */
public interface Evidence {
    /**
     * Whether the image was seen to be bad, by a validation that failed or by tasks that ran and failed. What only kept it from being
     * judged does not count: an inconclusive validation, faults of our own, tasks that never ran.
     */
    boolean speaksAgainstImage(String deploymentId);

    /** Whether production may have moved to the deployment, so that alarms may be about it. */
    default boolean mayServe(String deploymentId) {
        return false;
    }

    /** What these and the others know. */
    default Evidence and(Evidence other) {
        Evidence one = this;
        return new Evidence() {
            @Override
            public boolean speaksAgainstImage(String deploymentId) {
                return one.speaksAgainstImage(deploymentId) || other.speaksAgainstImage(deploymentId);
            }

            @Override
            public boolean mayServe(String deploymentId) {
                return one.mayServe(deploymentId) || other.mayServe(deploymentId);
            }
        };
    }
}
