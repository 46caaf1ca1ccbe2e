package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which releases wait at the gates of their services, in the ledger. Those of a group wait together. */
public final class GateWaits {
    private final Ledger ledger;

    public GateWaits(Ledger ledger) {
        this.ledger = ledger;
    }

    /** How a release waits; null when it does not. */
    public @Nullable GateWait find(String turnId) {
        return read(ledger.find(id(turnId)));
    }

    /**
     * A release has to wait, or still has to; the first look stands.
     *
     * @param turnId the release, or the release of its group
     * @param now by the clock of the function
     */
    public void wait(String turnId, Instant now, Instant until, String sentence) {
        String id = id(turnId);
        ledger.change(id, entry -> {
            GateWait before = read(entry);
            GateWait next = new GateWait(before == null ? now : before.since(), until, sentence);
            return next.equals(before) ? Change.keep(next) : Change.write(write(next, entry), next);
        });
    }

    /** A release waits no more. */
    public void end(String turnId) {
        ledger.change(id(turnId), entry -> {
            GateWait before = read(entry);
            return before == null ? Change.keep(turnId) : Change.write(write(null, entry), turnId);
        });
    }

    private static String id(String turnId) {
        return "gates#" + turnId;
    }

    private static @Nullable GateWait read(@Nullable Entry entry) {
        if (entry == null || entry.members().get("since") == null) {
            return null;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members());
        return new GateWait(Instant.parse(members.text("since")), Instant.parse(members.text("until")),
                members.text("sentence"));
    }

    private static Map<String, Object> write(@Nullable GateWait wait, @Nullable Entry before) {
        Members members = new Members(before);
        if (wait == null) {
            return members.put("since", null).put("until", null).put("sentence", null).map();
        }
        return members.put("since", wait.since()).put("until", wait.until()).put("sentence", wait.sentence())
                .put(Entry.EXPIRES_AT, wait.since().plus(EndingEntry.KEPT).getEpochSecond()).map();
    }
}
