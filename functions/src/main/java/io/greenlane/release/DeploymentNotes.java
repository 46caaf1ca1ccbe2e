package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ledger keeps about each deployment: one entry, in it one note on each matter, and the first on a matter stands. */
public final class DeploymentNotes {
    private static final Duration KEPT = Duration.ofDays(400);

    private final Ledger ledger;

    public DeploymentNotes(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The notes about a deployment as they stand; none when nothing was written. */
    public Notes of(String deploymentId) {
        String id = id(deploymentId);
        Entry entry = ledger.find(id);
        return new Notes(new JsonObject(id, entry == null ? Map.of() : entry.members()));
    }

    /**
     * Writes a note unless there is one on the matter; answers with the one that stands.
     *
     * @param at when it is written, by the clock of the function
     */
    public Standing write(String deploymentId, String matter, Map<String, Object> note, Instant at) {
        String id = id(deploymentId);
        return ledger.change(id, entry -> {
            JsonObject before = entry == null ? null : new Notes(new JsonObject(id, entry.members())).on(matter);
            return before != null
                    ? Change.keep(new Standing(before, false))
                    : Change.write(new Members(entry).put(matter, note)
                            .put(Entry.EXPIRES_AT, at.plus(KEPT).getEpochSecond()).map(),
                            new Standing(new JsonObject(id + "." + matter, note), true));
        });
    }

    private static String id(String deploymentId) {
        return "deployment#" + deploymentId;
    }

    /** The notes about one deployment. */
    public record Notes(JsonObject all) {
        /** The note on a matter; null when there is none. */
        public @Nullable JsonObject on(String matter) {
            return all.members().containsKey(matter) ? all.object(matter) : null;
        }
    }

    /**
     * The note that stands.
     *
     * @param isNew whether it has been written just now
     */
    public record Standing(JsonObject note, boolean isNew) {}
}
