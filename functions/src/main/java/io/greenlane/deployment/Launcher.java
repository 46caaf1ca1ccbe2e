package io.greenlane.deployment;

import io.greenlane.deployment.Deployments.Created;
import io.greenlane.deployment.Deployments.Order;
import io.greenlane.release.Ending;
import io.greenlane.release.Launch;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.Releases.Step;
import io.greenlane.release.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a release to exactly one deployment, whatever crashed or got lost before. Each look writes its intent and token first,
 * then searches for a deployment of the release and adopts it; only when there is certainly none does it create one, fenced
 * against older attempts. CreateDeployment has no client token (CodeDeploy API), so a call whose answer was lost is not repeated
 * before {@code settle} has passed.
 */
public final class Launcher {
    /** A list of deployments begins this long before the release, for clocks that differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);
    /** How long the AppSpec's own "first used" keeps us searching for a deployment that no list shows. */
    private static final Duration TRUST_FIRST_USE = Duration.ofMinutes(10);

    private final Releases releases;
    private final Standing standing;
    private final Deployments deployments;
    private final Makers makers;
    private final DeploymentWatch watch;
    private final LaunchNotes notes;
    private final Clock clock;
    private final Duration settle;

    /**
     * All that a launch needs.
     *
     * @param settle how long after an unknown outcome "not found" does not count; longer than the call's own time-out
     */
    public Launcher(Releases releases, Standing standing, Deployments deployments, TaskSets taskSets,
            DeploymentWatch watch, Clock clock, Duration settle) {
        this.releases = releases;
        this.standing = standing;
        this.deployments = deployments;
        this.makers = new Makers(taskSets, deployments);
        this.watch = watch;
        this.notes = new LaunchNotes(releases, clock);
        this.clock = clock;
        this.settle = settle;
    }

    /**
     * One look of the workflow.
     *
     * @param look its number; a token of an older look does not replace a newer one
     * @param token wakes the workflow when the deployment ends
     * @param taskDefinition ARN of the registered revision
     * @param ground what to deploy on; asked only when no earlier look may have sent its own AppSpec
     */
    public Launched look(String releaseId, int look, String token, String taskDefinition, Supplier<Ground> ground) {
        Release before = releases.find(releaseId);
        boolean needed = before == null || (!before.launch().hasSent() && before.ending() == null);
        String appSpec = "";
        Integer desiredCount = null;
        if (needed) {
            switch (ground.get()) {
                case Ground.Firm(AppSpecContent content, int count) -> {
                    appSpec = content.text();
                    desiredCount = count;
                }
                case Ground.Lost(Objection objection) -> {
                    return ended(objection);
                }
            }
        }
        Release release = begin(releaseId, look, new Intent(token, taskDefinition, appSpec, desiredCount));
        Ending ending = release.ending();
        if (ending != null) {
            return new Launched(ending.deploymentId(), new Course.Ended(ending.outcome(), ending.reason()));
        }
        if (!token.equals(release.launch().token())) {
            return new Launched(null, new Course.Running("A newer look of the workflow is under way."));
        }
        Deployment found = find(release);
        if (found != null) {
            return adopt(release, found);
        }
        String doubt = doubt(release);
        if (doubt != null) {
            return new Launched(null, new Course.Running(doubt));
        }
        Objection objection = standing.objection(release);
        return objection == null ? create(release) : ended(objection);
    }

    private static Launched ended(Objection objection) {
        return new Launched(null, new Course.Ended(objection.outcome(), objection.sentence()));
    }

    /** The deployment of the release, by every witness there is; null when none of them knows one. */
    public @Nullable Deployment find(Release release) {
        String known = release.launch().deploymentId();
        if (known != null) {
            return deployments.find(known);
        }
        Instant from = release.openedAt().minus(CLOCKS_DIFFER);
        for (Deployment listed : deployments.since(release.service().application(),
                release.service().deploymentGroup(), from)) {
            if (ReleaseMark.matches(listed, release)) {
                return listed;
            }
        }
        return makers.of(release.service(), release.launch().taskDefinition())
                .filter(maker -> ReleaseMark.matches(maker, release)).findFirst().orElse(null);
    }

    private record Intent(String token, String taskDefinition, String appSpec, @Nullable Integer desiredCount) {}

    private Release begin(String releaseId, int look, Intent intent) {
        Instant now = clock.instant();
        return releases.change(releaseId, release -> {
            if (release.ending() != null || look < release.launch().look()) {
                return Step.stay(release);
            }
            Release begun = release.looked(now).with(
                    release.launch().begun(look, intent.token(), intent.taskDefinition(), intent.appSpec(),
                            intent.desiredCount()));
            return Step.to(begun, begun);
        });
    }

    /** Why a deployment may exist although none is found; null when there certainly is none. */
    private @Nullable String doubt(Release release) {
        Launch launch = release.launch();
        if (launch.deploymentId() != null) {
            return "CodeDeploy does not show deployment " + launch.deploymentId() + ".";
        }
        if (launch.sentAt() == null) {
            return null;
        }
        Instant now = clock.instant();
        if (now.isBefore(launch.sentAt().plus(settle))) {
            return "An earlier attempt ended without an answer; its deployment may still appear.";
        }
        boolean used = now.isBefore(launch.sentAt().plus(TRUST_FIRST_USE))
                && deployments.hasDeployed(release.service().application(), appSpec(launch));
        return used ? "CodeDeploy has used the AppSpec, but does not show the deployment." : null;
    }

    private Launched create(Release release) {
        if (makers.leaveNoRoom(release.service())) {
            return new Launched(null, new Course.Running(
                    "ECS has no room for another task set until those of earlier deployments are gone."));
        }
        int attempt = release.launch().attempt();
        if (!passFence(release.id(), attempt)) {
            return new Launched(null, new Course.Running("A newer attempt is under way."));
        }
        Order order = new Order(release.service().application(), release.service().deploymentGroup(),
                ReleaseMark.of(release), appSpec(release.launch()));
        return switch (deployments.create(order)) {
            case Created.Done(String deploymentId) -> created(release, deploymentId);
            case Created.Busy(String activeId, String sentence) -> busy(release, activeId, sentence);
            case Created.Refused(String sentence) -> {
                notSent(release);
                yield new Launched(null, new Course.Ended(Outcome.FAILED,
                        "CodeDeploy refused the deployment: " + sentence));
            }
            case Created.Unknown(String sentence) -> lost(release, sentence);
        };
    }

    private Launched created(Release release, String deploymentId) {
        String known = notes.deployment(release, deploymentId);
        return new Launched(known, new Course.Running("Deployment " + known + " was created."));
    }

    private Launched busy(Release release, @Nullable String activeId, String sentence) {
        Deployment active = activeId == null ? null : deployments.find(activeId);
        if (active != null && ReleaseMark.matches(active, release)) {
            return adopt(release, active);
        }
        Deployment ours = find(release);
        if (ours != null) {
            return adopt(release, ours);
        }
        notSent(release);
        return new Launched(null, new Course.Running("The deployment group is busy: " + sentence));
    }

    private Launched lost(Release release, String sentence) {
        Deployment ours = find(release);
        return ours != null
                ? adopt(release, ours)
                : new Launched(null, new Course.Running("CreateDeployment gave no answer: " + sentence));
    }

    private Launched adopt(Release release, Deployment deployment) {
        String known = notes.deployment(release, deployment.id());
        Deployment ours = known.equals(deployment.id()) ? deployment : deployments.find(known);
        if (ours == null) {
            return new Launched(known, new Course.Running("CodeDeploy does not show deployment " + known + "."));
        }
        notes.shift(release, ours);
        return new Launched(known, watch.course(release, ours));
    }

    private boolean passFence(String releaseId, int attempt) {
        Instant now = clock.instant();
        return releases.change(releaseId, current -> current.launch().attempt() != attempt || current.ending() != null
                ? Step.stay(false)
                : Step.to(current.with(current.launch().sent(now)), true));
    }

    private void notSent(Release release) {
        releases.change(release.id(), current -> current.launch().attempt() == release.launch().attempt()
                ? Step.to(current.with(current.launch().notSent()), current)
                : Step.stay(current));
    }

    private static AppSpecContent appSpec(Launch launch) {
        return new AppSpecContent(Objects.requireNonNull(launch.appSpec(), "a look writes the AppSpec first"));
    }

    /**
     * What a look found.
     *
     * @param deploymentId null while none is known
     */
    public record Launched(@Nullable String deploymentId, Course course) {}
}
