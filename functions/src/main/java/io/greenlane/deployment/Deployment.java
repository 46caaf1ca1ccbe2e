package io.greenlane.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CodeDeploy deployment as it stands.
 *
 * @param creator {@code user}, {@code codeDeployRollback}, ...; see the CodeDeploy API, GetDeployment
 * @param description empty when it has none
 * @param appSpecSha256 of an inline revision; null for other revisions
 * @param errorCode null while nothing is wrong
 * @param errorMessage null while nothing is wrong
 * @param rollbackDeploymentId the deployment that takes this one back; null when there is none, or none yet
 * @param rolledBackDeploymentId the deployment that this one takes back; null when it is no rollback
 * @param createdAt by AWS's clock
 * @param completedAt by AWS's clock; null until it is final
 * @param terminationWaitStarted production is on green, blue is kept for a while
 */
public record Deployment(String id, String application, String deploymentGroup, DeploymentStatus status, String creator,
        String description, @Nullable String appSpecSha256, @Nullable String errorCode, @Nullable String errorMessage,
        @Nullable String rollbackDeploymentId, @Nullable String rolledBackDeploymentId, Instant createdAt,
        @Nullable Instant completedAt, boolean terminationWaitStarted) {
    private static final String BY_ROLLBACK = "codeDeployRollback";
    private static final String ALARM = "ALARM_ACTIVE";

    /** Whether CodeDeploy made it, to take another one back. */
    public boolean isRollback() {
        return creator.equals(BY_ROLLBACK) || rolledBackDeploymentId != null;
    }

    /** Whether an alarm of its group ended it. */
    boolean endedByAlarm() {
        return ALARM.equals(errorCode);
    }
}
