package io.greenlane.deployment;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Looks at a deployment with everything that belongs to it: its rollback, and what validation found. */
public final class DeploymentWatch {
    private final Deployments deployments;
    private final Explanations explanations;
    private final Clock clock;

    /** The clock is only compared with the time at which a failed deployment completed. */
    public DeploymentWatch(Deployments deployments, Explanations explanations, Clock clock) {
        this.deployments = deployments;
        this.explanations = explanations;
        this.clock = clock;
    }

    /** Where the deployment stands. */
    public Course course(Deployment deployment) {
        boolean failed = deployment.status().isFinal() && deployment.status() != DeploymentStatus.SUCCEEDED;
        return Course.of(deployment, failed ? rollbackOf(deployment) : null,
                failed ? explanations.whyRefused(deployment.id()) : null, clock.instant());
    }

    private @Nullable Deployment rollbackOf(Deployment deployment) {
        return deployment.rollbackDeploymentId() == null ? null : deployments.find(deployment.rollbackDeploymentId());
    }
}
