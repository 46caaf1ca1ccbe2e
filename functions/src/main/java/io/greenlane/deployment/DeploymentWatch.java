package io.greenlane.deployment;

import io.greenlane.release.Aftermath;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at a deployment with everything that belongs to it: its rollback, what validation found, and the service afterwards. */
public final class DeploymentWatch {
    private final Deployments deployments;
    private final Explanations explanations;
    private final Evidence evidence;
    private final Arrival arrival;
    private final Clock clock;

    /** The clock is only compared with the time at which a failed deployment completed, and with that of a note. */
    public DeploymentWatch(Deployments deployments, Explanations explanations, Evidence evidence,
            PrimaryTaskSets taskSets, DeploymentNotes notes, Clock clock) {
        this.deployments = deployments;
        this.explanations = explanations;
        this.evidence = evidence;
        this.arrival = new Arrival(taskSets, notes, clock);
        this.clock = clock;
    }

    /** Where the deployment of a release stands. */
    public Course course(Release release, Deployment deployment) {
        boolean failed = deployment.status().isFinal() && deployment.status() != DeploymentStatus.SUCCEEDED;
        Deployment rollback = failed ? rollbackOf(deployment) : null;
        Objection refusal = failed ? explanations.whyRefused(deployment.id()) : null;
        Course course = Course.of(deployment, rollback, refusal, clock.instant());
        return course instanceof Course.Ended ended
                ? arrival.of(release, deployment, failed
                        ? new Course.Ended(ended.outcome(), ended.reason(),
                                aftermath(ended.outcome(), refusal, deployment, rollback))
                        : ended)
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
                outcome == Outcome.FAILED && rollback != null, List.of(), rollback == null);
    }

    private @Nullable Deployment rollbackOf(Deployment deployment) {
        return deployment.rollbackDeploymentId() == null ? null : deployments.find(deployment.rollbackDeploymentId());
    }
}
