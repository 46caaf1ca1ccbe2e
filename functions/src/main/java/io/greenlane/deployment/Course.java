package io.greenlane.deployment;

import io.greenlane.release.Aftermath;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a deployment of ours stands, judged with everything known about it. */
public sealed interface Course {
    /** How long CodeDeploy may take to say which rollback follows a failed deployment. */
    Duration ROLLBACK_STARTS_WITHIN = Duration.ofMinutes(1);

    /** It has not ended; the sentence says what it waits for. */
    record Running(String sentence) implements Course {}

    /** It has. */
    record Ended(Outcome outcome, String reason, Aftermath aftermath) implements Course {
        /** Nothing follows from it besides. */
        public Ended(Outcome outcome, String reason) {
            this(outcome, reason, Aftermath.NONE);
        }
    }

    /**
     * Judges a deployment that brings a release; a failed one has ended only when its rollback has.
     *
     * @param rollback the deployment that takes it back; null when there is none, or none yet
     * @param refusal why we took it back ourselves; null when we did not. With one, it was us who stopped the deployment
     */
    static Course of(Deployment deployment, @Nullable Deployment rollback, @Nullable Objection refusal, Instant now) {
        return switch (deployment.status()) {
            case SUCCEEDED -> new Ended(Outcome.DEPLOYED,
                    "Deployment " + deployment.id() + " succeeded: the new revision serves production.");
            case FAILED, STOPPED -> takenBack(deployment, rollback, refusal, now);
            default -> new Running(deployment.terminationWaitStarted()
                    ? "Deployment " + deployment.id() + " has moved production to green and waits before it ends blue."
                    : "Deployment " + deployment.id() + " is " + deployment.status() + ".");
        };
    }

    private static Course takenBack(Deployment deployment, @Nullable Deployment rollback, @Nullable Objection refusal,
            Instant now) {
        String why = why(deployment, refusal);
        boolean byPerson = deployment.status() == DeploymentStatus.STOPPED && refusal == null
                && !deployment.endedByAlarm();
        if (rollback == null) {
            Instant completedAt = deployment.completedAt();
            if (deployment.rollbackDeploymentId() != null) {
                return new Running("Rollback " + deployment.rollbackDeploymentId() + " is not to be seen yet.");
            }
            if (completedAt != null && now.isBefore(completedAt.plus(ROLLBACK_STARTS_WITHIN))) {
                return new Running("Deployment " + deployment.id() + " failed; its rollback has not begun.");
            }
            return refusal != null && refusal.outcome() != Outcome.ROLLED_BACK
                    ? new Ended(refusal.outcome(), why + " CodeDeploy began no rollback; production had not moved.")
                    : new Ended(byPerson ? Outcome.ABORTED : Outcome.FAILED,
                            why + " CodeDeploy began no rollback: look at what production runs.");
        }
        return switch (rollback.status()) {
            case SUCCEEDED -> new Ended(refusal != null
                    ? refusal.outcome()
                    : byPerson ? Outcome.ABORTED : Outcome.ROLLED_BACK,
                    why + " Rollback " + rollback.id() + " succeeded: the revision before serves production.");
            case FAILED, STOPPED -> new Ended(Outcome.FAILED, why + " Its rollback " + rollback.id() + " ended as "
                    + rollback.status() + told(rollback) + ": a person must look at production now.");
            default -> new Running("Rollback " + rollback.id() + " is " + rollback.status() + ".");
        };
    }

    private static String why(Deployment deployment, @Nullable Objection refusal) {
        String sentence = refusal != null
                ? refusal.sentence()
                : neverHealthy(deployment) + "Deployment " + deployment.id() + " ended as " + deployment.status()
                        + told(deployment);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** CodeDeploy words the limit on Install as a time-out of its own; what it means is that green never passed its checks. */
    private static String neverHealthy(Deployment deployment) {
        String message = deployment.errorMessage();
        return "TIMEOUT".equals(deployment.errorCode()) && message != null && message.contains("become healthy")
                ? "Green never became healthy. "
                : "";
    }

    private static String told(Deployment deployment) {
        String message = deployment.errorMessage();
        String code = deployment.errorCode();
        return (code == null ? "" : " (" + code + ")") + (message == null || message.isBlank() ? "" : ": " + message);
    }
}
