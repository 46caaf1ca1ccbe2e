package io.greenlane.install;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.install.GreenTasks.Green;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.service.ServiceReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends deployments of ours whose green cannot become healthy. An event only says "look"; the sweep looks in the same way. The
 * cause is written down first, so that whoever reads of the deployment's end reads why.
 */
public final class InstallWatch {
    private final Releases releases;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Installations installations;
    private final Interventions interventions;
    private final GreenTasks tasks;
    private final Causes causes;

    public InstallWatch(Releases releases, ServiceQueue queue, Deployments deployments, Installations installations,
            Interventions interventions, GreenTasks tasks, Causes causes) {
        this.releases = releases;
        this.queue = queue;
        this.deployments = deployments;
        this.installations = installations;
        this.interventions = interventions;
        this.tasks = tasks;
        this.causes = causes;
    }

    /** Looks at the deployment whose task stopped. */
    public Look taskStopped(TaskNews news) {
        String service = news.service();
        if (service == null || Fault.of(news.task()) == null) {
            return Look.only(null, null, "The end of the task says nothing about a revision.");
        }
        for (Green green : tasks.replacements(news.cluster(), service)) {
            if (green.taskSet().equals(news.startedBy())) {
                return look(green, List.of(news.task().arn()));
            }
        }
        return Look.only(null, null, "The task is of no task set that is to take over.");
    }

    /**
     * Looks at the deployment that brings the running release of a service.
     *
     * @return null when there is nothing to look at
     */
    public @Nullable Look running(ServiceReference service) {
        Turn turn = queue.head(service).running();
        Release release = turn == null ? null : releases.find(turn.releaseAt(service));
        if (release == null || release.ending() != null || release.launch().deploymentId() == null) {
            return null;
        }
        String cluster = release.service().cluster();
        String name = release.service().service();
        if (cluster == null || name == null) {
            return null;
        }
        for (Green green : tasks.replacements(cluster, name)) {
            if (green.deploymentId().equals(release.launch().deploymentId())) {
                return look(green, List.of());
            }
        }
        return null;
    }

    private Look look(Green green, List<String> known) {
        String id = green.deploymentId();
        Deployment deployment = deployments.find(id);
        if (deployment == null || deployment.isRollback() || deployment.status().isFinal()) {
            return Look.only(null, id, "Deployment " + id + " is not under way, or takes another one back.");
        }
        Release release = ReleaseMark.release(deployment, releases);
        if (release == null || release.ending() != null) {
            return Look.only(null, id, "Deployment " + id + " brings no open release of ours.");
        }
        if (!installations.isUnderWay(id, green.cluster(), green.service())) {
            return Look.only(release, id, "Deployment " + id + " is not in Install.");
        }
        String cause = causes.find(id);
        if (cause != null) {
            return stop(release, id, cause);
        }
        return switch (Prognosis.of(tasks.stopped(green, known), green.desired())) {
            case Prognosis.Open(String sentence) -> Look.only(release, id, sentence);
            case Prognosis.Hopeless(String sentence, boolean imageRan) -> stop(release, id,
                    causes.write(id, sentence, imageRan));
        };
    }

    private Look stop(Release release, String deploymentId, String cause) {
        return interventions.stop(deploymentId)
                ? new Look(release, deploymentId, true, "Deployment " + deploymentId + " was stopped: " + cause)
                : Look.only(release, deploymentId,
                        "Deployment " + deploymentId + " had ended before it could be stopped: "
                                + cause);
    }

    /**
     * What was seen and done.
     *
     * @param release null when no release of ours is concerned
     * @param deploymentId null when no deployment is
     * @param stopped whether it was stopped by this look
     * @param sentence for the log
     */
    public record Look(@Nullable Release release, @Nullable String deploymentId, boolean stopped, String sentence) {
        static Look only(@Nullable Release release, @Nullable String deploymentId, String sentence) {
            return new Look(release, deploymentId, false, sentence);
        }
    }
}
