package io.greenlane.deployment;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Entry;
import io.greenlane.release.Ledger;
import io.greenlane.release.Ledger.Change;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why deployments were taken back although they were on their way, by a person or for a newer push, in the ledger: beside the
 * verdicts of the same deployment, and the first one stands. Written before the deployment is ended, so that whoever reads of its end
 * reads why.
 */
public final class Withdrawals implements Explanations {
    private static final String WITHDRAWAL = "Withdrawal";
    private static final Duration KEPT = Duration.ofDays(400);

    private final Ledger ledger;
    private final Clock clock;

    public Withdrawals(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Writes why, unless something is written. */
    public void write(String deploymentId, Objection objection) {
        Instant now = clock.instant();
        ledger.change(id(deploymentId), entry -> {
            if (read(entry) != null) {
                return Change.keep(objection);
            }
            Map<String, Object> members = new LinkedHashMap<>(entry == null ? Map.of() : entry.members());
            members.put(WITHDRAWAL, Map.of("outcome", objection.outcome().name(), "sentence", objection.sentence(),
                    "at", now.toString()));
            members.put(Entry.EXPIRES_AT, now.plus(KEPT).getEpochSecond());
            return Change.write(members, objection);
        });
    }

    @Override
    public @Nullable Objection whyRefused(String deploymentId) {
        return read(ledger.find(id(deploymentId)));
    }

    private static String id(String deploymentId) {
        return "deployment#" + deploymentId;
    }

    private static @Nullable Objection read(@Nullable Entry entry) {
        if (entry == null || !entry.members().containsKey(WITHDRAWAL)) {
            return null;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members()).object(WITHDRAWAL);
        return new Objection(Outcome.valueOf(members.text("outcome")), members.text("sentence"));
    }
}
