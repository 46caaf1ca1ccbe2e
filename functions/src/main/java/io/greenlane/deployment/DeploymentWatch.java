package io.greenlane.deployment;

import io.greenlane.release.Aftermath;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Looks at a deployment with everything that belongs to it: its rollback, and what validation found. */
public final class DeploymentWatch {
    private final Deployments deployments;
    private final Explanations explanations;
    private final Evidence evidence;
    private final Clock clock;

    /** The clock is only compared with the time at which a failed deployment completed. */
    public DeploymentWatch(Deployments deployments, Explanations explanations, Evidence evidence, Clock clock) {
        this.deployments = deployments;
        this.explanations = explanations;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** Where the deployment stands. */
    public Course course(Deployment deployment) {
        boolean failed = deployment.status().isFinal() && deployment.status() != DeploymentStatus.SUCCEEDED;
        Deployment rollback = failed ? rollbackOf(deployment) : null;
        Objection refusal = failed ? explanations.whyRefused(deployment.id()) : null;
        Course course = Course.of(deployment, rollback, refusal, clock.instant());
        return failed && course instanceof Course.Ended ended
                ? new Course.Ended(ended.outcome(), ended.reason(),
                        aftermath(ended.outcome(), refusal, deployment, rollback))
                : course;
    }

    /** What was withdrawn for another reason has a failed verdict too, and may end FAILED; that is not about its image. */
    private Aftermath aftermath(Outcome outcome, @Nullable Objection refusal, Deployment deployment,
            @Nullable Deployment rollback) {
        boolean takenBack = (outcome == Outcome.ROLLED_BACK || outcome == Outcome.FAILED)
                && (refusal == null || refusal.outcome() == Outcome.ROLLED_BACK);
        String id = deployment.id();
        return new Aftermath(takenBack && (evidence.speaksAgainstImage(id)
                || (deployment.endedByAlarm() && evidence.mayServe(id))),
                outcome == Outcome.FAILED && rollback != null);
    }

    private @Nullable Deployment rollbackOf(Deployment deployment) {
        return deployment.rollbackDeploymentId() == null ? null : deployments.find(deployment.rollbackDeploymentId());
    }
}
