package io.greenlane.deployment;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.service.ServiceTopology;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Deployments of others in our group: a push from before them does not undo what they brought to production. */
public final class ForeignDeployments {
    private final Releases releases;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final TaskSets taskSets;

    public ForeignDeployments(Releases releases, ServiceQueue queue, Deployments deployments, TaskSets taskSets) {
        this.releases = releases;
        this.queue = queue;
        this.deployments = deployments;
        this.taskSets = taskSets;
    }

    /**
     * Why a release may not be deployed on what production runs.
     *
     * @param planned the digest that ran when the release was planned; null when unknown
     * @param topology of the service as it is now
     * @return null when it may
     */
    public @Nullable Objection objection(String releaseId, Push push, @Nullable Digest planned,
            ServiceTopology topology) {
        Digest runs = topology.running();
        if (runs != null && runs.equals(planned)) {
            return null;
        }
        if (push.digest().equals(runs)) {
            return new Objection(Outcome.DUPLICATE, runs + " already runs.");
        }
        Deployment source = source(topology);
        // ECR tells time in seconds: in the same second the push counts as the later one.
        return source != null && isForeign(source)
                && source.createdAt().truncatedTo(ChronoUnit.SECONDS).isAfter(pushedAt(releaseId, push, topology))
                        ? new Objection(Outcome.HELD, "Deployment " + source.id() + ", which is none of ours, brought "
                                + Objects.requireNonNullElse(runs, topology.primary().taskDefinition())
                                + " to production after this push: push the image again to deploy it.")
                        : null;
    }

    /** The deployment that made what serves production; null when CodeDeploy made it not, or does not remember. */
    private @Nullable Deployment source(ServiceTopology topology) {
        String cluster = topology.reference().cluster();
        String service = topology.reference().service();
        if (cluster == null || service == null) {
            return null;
        }
        return taskSets.of(cluster, service).stream()
                .filter(taskSet -> taskSet.taskDefinition().equals(topology.primary().taskDefinition()))
                .map(taskSet -> deployments.find(taskSet.deploymentId())).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }

    private boolean isForeign(Deployment deployment) {
        String releaseId = ReleaseMark.releaseId(deployment.description());
        Release release = releaseId == null ? null : releases.find(releaseId);
        return !deployment.isRollback() && (release == null || !ReleaseMark.matches(deployment, release));
    }

    /** Pushed again while it waited, it is as new as that. */
    private Instant pushedAt(String releaseId, Push push, ServiceTopology topology) {
        Turn running = queue.head(topology.reference()).running();
        return running != null && running.releaseId().equals(releaseId) ? running.pushedAt() : push.time();
    }
}
