package io.greenlane.deployment;

/** What can be done to a deployment that is under way. Doing it again does no harm. */
public interface Interventions {
    /**
     * Ends the deployment; CodeDeploy then rolls it back.
     *
     * @return false when it had ended before
     */
    boolean stop(String deploymentId);

    /**
     * Ends the wait before blue is terminated.
     *
     * @return false when the deployment is not in that wait
     */
    boolean endTerminationWait(String deploymentId);
}
