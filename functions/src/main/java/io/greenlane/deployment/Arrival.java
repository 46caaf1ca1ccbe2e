package io.greenlane.deployment;

import io.greenlane.deployment.PrimaryTaskSets.Primary;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the service when a deployment of ours has ended: people, template tools and Auto Scaling may have changed it meanwhile.
 * CodeDeploy changes no desired count (its role for ECS does not allow it), so another count is of others.
 */
final class Arrival {
    /** What ECS says is noted and asked for again, so much later, before it is believed against CodeDeploy. */
    static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(1);

    private static final String ELSEWHERE = "Elsewhere";

    private final PrimaryTaskSets taskSets;
    private final DeploymentNotes notes;
    private final Clock clock;

    Arrival(PrimaryTaskSets taskSets, DeploymentNotes notes, Clock clock) {
        this.taskSets = taskSets;
        this.notes = notes;
        this.clock = clock;
    }

    /** The end of a deployment, with what the service says to it. */
    Course of(Release release, Deployment deployment, Course.Ended ended) {
        String cluster = release.service().cluster();
        String service = release.service().service();
        if (cluster == null || service == null) {
            return ended;
        }
        Primary primary = taskSets.primary(cluster, service);
        String revision = release.launch().taskDefinition();
        String runs = primary == null ? "nothing" : primary.taskDefinition();
        if (ended.outcome() == Outcome.DEPLOYED && revision != null && !revision.equals(runs)) {
            return elsewhere(deployment, revision, runs, ended);
        }
        Difference scaled = scaled(release.launch().desiredCount(), primary);
        return scaled == null
                ? ended
                : new Course.Ended(ended.outcome(), ended.reason() + " " + scaled.sentence()
                        + (deployment.status() == DeploymentStatus.FAILED
                                ? " CodeDeploy gives up when a service that was scaled is not steady after 5 minutes."
                                : ""),
                        ended.aftermath().with(List.of(scaled)));
    }

    private Course elsewhere(Deployment deployment, String revision, String runs, Course.Ended ended) {
        Instant now = clock.instant();
        Instant first = Instant.parse(notes.write(deployment.id(), ELSEWHERE,
                Map.of("runs", runs, "at", now.toString()), now).note().text("at"));
        String sentence = "Deployment " + deployment.id() + " succeeded, but production runs " + runs + " and not "
                + revision;
        return now.isBefore(first.plus(ASKED_AGAIN_AFTER))
                ? new Course.Running(sentence + ", as ECS says; it is asked again.")
                : new Course.Ended(Outcome.DIVERGED,
                        sentence + ": somebody else changed the service. Nothing is undone;"
                                + " push the image again to deploy it.",
                        ended.aftermath().with(List.of(new Difference(Kind.REVISION, revision, runs, sentence + "."))));
    }

    private static @Nullable Difference scaled(@Nullable Integer before, @Nullable Primary primary) {
        return before == null || primary == null || before == primary.desiredCount()
                ? null
                : new Difference(Kind.DESIRED_COUNT, before.toString(), Integer.toString(primary.desiredCount()),
                        "While the deployment ran, somebody or Auto Scaling scaled the service from " + before + " to "
                                + primary.desiredCount() + " tasks; it is left at that.");
    }
}
