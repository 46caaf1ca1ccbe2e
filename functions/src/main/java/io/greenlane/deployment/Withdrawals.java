package io.greenlane.deployment;

import io.greenlane.json.JsonObject;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.Ledger;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why deployments were taken back although they were on their way, by a person or for a newer push, in the ledger: beside the
 * verdicts of the same deployment, and the first one stands. Written before the deployment is ended, so that whoever reads of its end
 * reads why.
 */
public final class Withdrawals implements Explanations {
    private static final String WITHDRAWAL = "Withdrawal";

    private final DeploymentNotes notes;
    private final Clock clock;

    public Withdrawals(Ledger ledger, Clock clock) {
        this.notes = new DeploymentNotes(ledger);
        this.clock = clock;
    }

    /** Writes why, unless something is written. */
    public void write(String deploymentId, Objection objection) {
        Instant now = clock.instant();
        notes.write(deploymentId, WITHDRAWAL, Map.of("outcome", objection.outcome().name(), "sentence",
                objection.sentence(), "at", now.toString()), now);
    }

    @Override
    public @Nullable Objection whyRefused(String deploymentId) {
        JsonObject withdrawal = notes.of(deploymentId).on(WITHDRAWAL);
        return withdrawal == null
                ? null
                : new Objection(Outcome.valueOf(withdrawal.text("outcome")), withdrawal.text("sentence"));
    }
}
