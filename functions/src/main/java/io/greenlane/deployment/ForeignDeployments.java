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
    private final Makers makers;

    public ForeignDeployments(Releases releases, ServiceQueue queue, Deployments deployments, TaskSets taskSets) {
        this.releases = releases;
        this.queue = queue;
        this.makers = new Makers(taskSets, deployments);
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
        boolean asPlanned = runs != null && runs.equals(planned);
        boolean alreadyRuns = push.digest().equals(runs);
        if (alreadyRuns && !asPlanned) {
            return duplicate(push);
        }
        Deployment source = makers.of(topology.reference(), topology.primary().taskDefinition()).findFirst()
                .orElse(null);
        if (source == null || !isForeign(source) || !isAfter(source, releaseId, push, topology)
                || (asPlanned && leftTheImage(source, releaseId))) {
            return null;
        }
        return alreadyRuns
                ? duplicate(push)
                : new Objection(Outcome.HELD, "Deployment " + source.id() + ", which is none of ours, brought "
                        + Objects.requireNonNullElse(runs, topology.primary().taskDefinition())
                        + " to production after this push: push the image again to deploy it.");
    }

    private static Objection duplicate(Push push) {
        return new Objection(Outcome.DUPLICATE, push.digest() + " already runs.");
    }

    /** ECR tells time in seconds: in the same second the push counts as the later one. */
    private boolean isAfter(Deployment source, String releaseId, Push push, ServiceTopology topology) {
        return source.createdAt().truncatedTo(ChronoUnit.SECONDS).isAfter(pushedAt(releaseId, push, topology));
    }

    /**
     * Whether it began when the release had been planned, so that what was planned for ran before it. The event of a push may be
     * late, and what it is planned for what somebody has brought since.
     */
    private boolean leftTheImage(Deployment source, String releaseId) {
        Release release = releases.find(releaseId);
        return release != null && !source.createdAt().isBefore(release.openedAt());
    }

    private boolean isForeign(Deployment deployment) {
        return !deployment.isRollback() && ReleaseMark.release(deployment, releases) == null;
    }

    /** Pushed again while it waited, it is as new as that. */
    private Instant pushedAt(String releaseId, Push push, ServiceTopology topology) {
        Turn running = queue.head(topology.reference()).running();
        return running != null && running.releaseAt(topology.reference()).equals(releaseId)
                ? running.pushedAt()
                : push.time();
    }
}
