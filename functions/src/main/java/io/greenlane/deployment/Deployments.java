package io.greenlane.deployment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The deployments of CodeDeploy. */
public interface Deployments {
    /** The deployment; null when there is none of this id. */
    @Nullable
    Deployment find(String deploymentId);

    /** The deployment; null also when it cannot be looked up now. */
    default @Nullable Deployment look(String deploymentId) {
        try {
            return find(deploymentId);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Whether CodeDeploy made the deployment to take another one back; one that cannot be looked up is taken for none. */
    default boolean isRollback(String deploymentId) {
        Deployment deployment = look(deploymentId);
        return deployment != null && deployment.isRollback();
    }

    /** Deployments of the group that were created at this time or later, oldest first; the newest may be missing for a moment. */
    List<Deployment> since(String application, String deploymentGroup, Instant createdAt);

    /** Whether a deployment of the group has not ended, whoever made it; one of this moment may be missing. */
    boolean hasActive(String application, String deploymentGroup);

    /** Whether CodeDeploy has ever deployed this AppSpec in this application. */
    boolean hasDeployed(String application, AppSpecContent appSpec);

    /** Asks once for a deployment with automatic rollback; never repeats the call, since there is no client token. */
    Created create(Order order);

    /**
     * A deployment to create.
     *
     * @param description at most 256 characters
     */
    record Order(String application, String deploymentGroup, String description, AppSpecContent appSpec) {}

    /** What became of the call, with "unknown" as an answer that cannot be overlooked. */
    sealed interface Created {
        /** It exists. */
        record Done(String deploymentId) implements Created {}

        /**
         * Nothing was created: the group has an active deployment, or CodeDeploy takes no calls at the moment.
         *
         * @param activeDeploymentId as the error's text names it, which is no contract; null when it does not
         */
        record Busy(@Nullable String activeDeploymentId, String sentence) implements Created {}

        /** Nothing was created, and asking again would not help. */
        record Refused(String sentence) implements Created {}

        /** The answer was lost: a deployment may exist, or may come to exist. */
        record Unknown(String sentence) implements Created {}
    }
}
