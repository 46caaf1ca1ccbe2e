package io.greenlane.rehearsal.codedeploy;

import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.CREATED;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.FAILED;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.IN_PROGRESS;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.QUEUED;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.READY;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.STOPPED;
import static software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.SUCCEEDED;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** Which status of a deployment may follow which. */
final class StatusTransitions {
    private static final Map<DeploymentStatus, Set<DeploymentStatus>> FOLLOWERS = Map.of( //
            CREATED, Set.of(QUEUED, IN_PROGRESS, STOPPED, FAILED), //
            QUEUED, Set.of(IN_PROGRESS, STOPPED, FAILED), //
            IN_PROGRESS, Set.of(READY, SUCCEEDED, FAILED, STOPPED), //
            READY, Set.of(IN_PROGRESS, FAILED, STOPPED), //
            SUCCEEDED, Set.of(), //
            FAILED, Set.of(), //
            STOPPED, Set.of());

    private StatusTransitions() {}

    static boolean isFinal(DeploymentStatus status) {
        return followers(status).isEmpty();
    }

    /** Says that a deployment goes from one status to the other; throws when that never happens. */
    static void check(String deploymentId, DeploymentStatus from, DeploymentStatus to) {
        if (!followers(from).contains(to)) {
            throw new IllegalStateException("Deployment " + deploymentId + " cannot go from " + from + " to " + to);
        }
    }

    private static Set<DeploymentStatus> followers(DeploymentStatus status) {
        return FOLLOWERS.getOrDefault(status, Set.of());
    }
}
