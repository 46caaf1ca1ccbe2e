package io.greenlane.install;

import io.greenlane.deployment.Evidence;
import io.greenlane.deployment.Explanations;
import io.greenlane.json.JsonObject;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.Ledger;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why deployments were ended during Install, in the ledger: beside the verdicts of the same deployment, and the first one stands. */
public final class Causes implements Explanations, Evidence {
    private static final String INSTALL = "Install";
    private static final String IMAGE_RAN = "imageRan";

    private final DeploymentNotes notes;
    private final Clock clock;

    public Causes(Ledger ledger, Clock clock) {
        this.notes = new DeploymentNotes(ledger);
        this.clock = clock;
    }

    /** The cause as it was written; null when there is none. */
    @Nullable
    String find(String deploymentId) {
        JsonObject cause = notes.of(deploymentId).on(INSTALL);
        return cause == null ? null : cause.text("sentence");
    }

    /**
     * Writes a cause unless there is one; answers with the one that stands.
     *
     * @param imageRan whether tasks ran the image and failed
     */
    String write(String deploymentId, String sentence, boolean imageRan) {
        Instant now = clock.instant();
        return notes.write(deploymentId, INSTALL, Map.of("sentence", sentence, "at", now.toString(), IMAGE_RAN,
                imageRan), now).note().text("sentence");
    }

    @Override
    public @Nullable Objection whyRefused(String deploymentId) {
        String cause = find(deploymentId);
        return cause == null ? null : new Objection(Outcome.ROLLED_BACK, INSTALL + ": " + cause);
    }

    /** Causes of versions before this one do not say it. */
    @Override
    public boolean speaksAgainstImage(String deploymentId) {
        JsonObject cause = notes.of(deploymentId).on(INSTALL);
        return cause != null && Boolean.TRUE.equals(cause.members().get(IMAGE_RAN));
    }
}
