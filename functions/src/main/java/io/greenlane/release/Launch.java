package io.greenlane.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a release got with its deployment.
 *
 * @param look number of the workflow's look that came last; the token is of that look
 * @param token wakes the workflow; a secret; null before the first look
 * @param attempt raised by each look; only the newest attempt may create
 * @param taskDefinition ARN of the registered revision; null before
 * @param appSpec text of the AppSpec that is or was sent; null before
 * @param sentAt since when a deployment may exist that is not known here; null when that cannot be
 * @param deploymentId the one deployment of this release; null before it is known
 * @param shiftedAt when production was first seen on green; null before
 * @param desiredCount how many tasks the service wanted when the AppSpec was made; null when that was not noted
 */
public record Launch(int look, @Nullable String token, int attempt, @Nullable String taskDefinition,
        @Nullable String appSpec, @Nullable Instant sentAt, @Nullable String deploymentId,
        @Nullable Instant shiftedAt, @Nullable Integer desiredCount) {
    /** Nothing done yet. */
    public static final Launch NONE = new Launch(0, null, 0, null, null, null, null, null, null);

    /** A new look with its token. The AppSpec of an attempt that may have reached CodeDeploy stays the one to look for. */
    public Launch begun(int newLook, String newToken, String revision, String newAppSpec,
            @Nullable Integer newDesiredCount) {
        boolean keep = hasSent();
        return new Launch(newLook, newToken, attempt + 1, keep ? taskDefinition : revision,
                keep ? appSpec : newAppSpec, sentAt, deploymentId, shiftedAt,
                keep ? desiredCount : newDesiredCount);
    }

    /** Whether CodeDeploy may have been asked already, with the AppSpec that is known here. */
    public boolean hasSent() {
        return appSpec != null && (sentAt != null || deploymentId != null);
    }

    /** From now on a deployment may exist. */
    public Launch sent(Instant now) {
        return new Launch(look, token, attempt, taskDefinition, appSpec, now, deploymentId, shiftedAt,
                desiredCount);
    }

    /** It is certain that the last attempt created nothing. */
    public Launch notSent() {
        return new Launch(look, token, attempt, taskDefinition, appSpec, null, deploymentId, shiftedAt,
                desiredCount);
    }

    /** The deployment is known. */
    public Launch known(String id) {
        return new Launch(look, token, attempt, taskDefinition, appSpec, null, id, shiftedAt, desiredCount);
    }

    /** Production is on green. */
    public Launch shifted(Instant now) {
        return new Launch(look, token, attempt, taskDefinition, appSpec, sentAt, deploymentId, now,
                desiredCount);
    }

    Launch withoutToken() {
        return new Launch(look, null, attempt, taskDefinition, appSpec, sentAt, deploymentId, shiftedAt,
                desiredCount);
    }
}
