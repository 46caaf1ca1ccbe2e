package io.greenlane.install;

import io.greenlane.deployment.Evidence;
import io.greenlane.deployment.Explanations;
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

/** Why deployments were ended during Install, in the ledger: beside the verdicts of the same deployment, and the first one stands. */
public final class Causes implements Explanations, Evidence {
    private static final String INSTALL = "Install";
    private static final String IMAGE_RAN = "imageRan";
    private static final Duration KEPT = Duration.ofDays(400);

    private final Ledger ledger;
    private final Clock clock;

    public Causes(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The cause as it was written; null when there is none. */
    @Nullable
    String find(String deploymentId) {
        return read(ledger.find(id(deploymentId)));
    }

    /**
     * Writes a cause unless there is one; answers with the one that stands.
     *
     * @param imageRan whether tasks ran the image and failed
     */
    String write(String deploymentId, String sentence, boolean imageRan) {
        Instant now = clock.instant();
        return ledger.change(id(deploymentId), entry -> {
            String before = read(entry);
            if (before != null) {
                return Change.keep(before);
            }
            Map<String, Object> members = new LinkedHashMap<>(entry == null ? Map.of() : entry.members());
            members.put(INSTALL, Map.of("sentence", sentence, "at", now.toString(), IMAGE_RAN, imageRan));
            members.put(Entry.EXPIRES_AT, now.plus(KEPT).getEpochSecond());
            return Change.write(members, sentence);
        });
    }

    @Override
    public @Nullable Objection whyRefused(String deploymentId) {
        String cause = find(deploymentId);
        return cause == null ? null : new Objection(Outcome.ROLLED_BACK, INSTALL + ": " + cause);
    }

    /** Causes of versions before this one do not say it. */
    @Override
    public boolean speaksAgainstImage(String deploymentId) {
        Entry entry = ledger.find(id(deploymentId));
        return entry != null && entry.members().get(INSTALL) instanceof Map<?, ?> cause
                && Boolean.TRUE.equals(cause.get(IMAGE_RAN));
    }

    private static String id(String deploymentId) {
        return "deployment#" + deploymentId;
    }

    private static @Nullable String read(@Nullable Entry entry) {
        return entry == null || !entry.members().containsKey(INSTALL)
                ? null
                : new JsonObject(entry.id(), entry.members()).object(INSTALL).text("sentence");
    }
}
