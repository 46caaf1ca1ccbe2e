package io.greenlane.hook;

/** The new task sets of deployments. */
@FunctionalInterface
public interface Greens {
    /**
     * ARN of the revision that the new task set of the deployment runs.
     *
     * @throws io.greenlane.service.ServiceNotDeployableException when the group cannot be tested
     * @throws GreenNotFoundException when the deployment has no task set
     */
    String taskDefinition(String application, String deploymentGroup, String deploymentId);

    /** The deployment has no task set, so nothing can be tested. */
    final class GreenNotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public GreenNotFoundException(String sentence) {
            super(sentence);
        }
    }
}
