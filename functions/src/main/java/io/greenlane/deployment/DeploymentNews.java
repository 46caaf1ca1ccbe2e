package io.greenlane.deployment;

import io.greenlane.release.Callbacks;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings news of a deployment to the workflow that waits for it. The event only says "look": the deployment tells its release by
 * its description, the release its token, and a rollback's news is news of the deployment that it takes back.
 */
public final class DeploymentNews {
    private final Releases releases;
    private final Deployments deployments;
    private final DeploymentWatch watch;
    private final LaunchNotes notes;
    private final Callbacks callbacks;

    public DeploymentNews(Releases releases, Deployments deployments, DeploymentWatch watch, Callbacks callbacks,
            Clock clock) {
        this.releases = releases;
        this.deployments = deployments;
        this.watch = watch;
        this.notes = new LaunchNotes(releases, clock);
        this.callbacks = callbacks;
    }

    /** Looks at a deployment that changed its state. */
    public News about(String deploymentId) {
        Deployment changed = deployments.find(deploymentId);
        if (changed == null) {
            return new News(null, deploymentId, "CodeDeploy knows no deployment " + deploymentId + ".");
        }
        String rolledBack = changed.rolledBackDeploymentId();
        Deployment ours = rolledBack == null ? changed : deployments.find(rolledBack);
        String releaseId = ours == null ? null : ReleaseMark.releaseId(ours.description());
        if (ours == null || releaseId == null) {
            return new News(null, deploymentId, "Deployment " + deploymentId + " is not one of ours.");
        }
        Release release = ReleaseMark.release(ours, releases);
        if (release == null) {
            return new News(null, deploymentId, "Deployment " + deploymentId + " names release " + releaseId
                    + ", which is not its own.");
        }
        return new News(release, ours.id(), tell(release, ours));
    }

    private String tell(Release release, Deployment deployment) {
        if (release.ending() != null) {
            return "The release has ended before as " + release.ending().outcome() + ".";
        }
        String known = notes.deployment(release, deployment.id());
        if (!known.equals(deployment.id())) {
            return "The release has another deployment, " + known + ".";
        }
        notes.shift(release, deployment);
        return switch (watch.course(release, deployment)) {
            case Course.Running(String sentence) -> sentence;
            case Course.Ended ended -> wake(release.launch().token(), output(ended, deployment.id()))
                    ? "The workflow was told: " + ended.outcome() + "."
                    : "Nobody waits on the token; the workflow's next look finds: " + ended.outcome() + ".";
        };
    }

    private boolean wake(@Nullable String token, Map<String, Object> output) {
        return token != null && callbacks.succeed(token, output);
    }

    /** The callback's output. */
    public static Map<String, Object> output(Course.Ended ended, @Nullable String deploymentId) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("outcome", ended.outcome().name());
        output.put("reason", ended.reason());
        if (deploymentId != null) {
            output.put("deploymentId", deploymentId);
        }
        output.putAll(ended.aftermath().members());
        return output;
    }

    /**
     * What was made of it.
     *
     * @param release null when the deployment belongs to none
     * @param sentence for the log
     */
    public record News(@Nullable Release release, String deploymentId, String sentence) {}
}
