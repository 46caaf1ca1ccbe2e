package io.greenlane.hook;

import io.greenlane.deployment.Explanations;
import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Entry;
import io.greenlane.release.Ledger;
import io.greenlane.release.Ledger.Change;
import io.greenlane.validation.HookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdicts in the ledger: one entry per deployment, one verdict per lifecycle event, and the first one stands. */
public final class Verdicts implements Explanations {
    private static final Duration KEPT = Duration.ofDays(400);

    private final Ledger ledger;

    public Verdicts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The verdict of a lifecycle event; null when there is none. */
    public @Nullable Verdict find(String deploymentId, HookEvent event) {
        return read(ledger.find(id(deploymentId)), event);
    }

    /** Writes a verdict unless there is one; answers with the one that stands. */
    public Verdict write(String deploymentId, HookEvent event, Verdict verdict) {
        return ledger.change(id(deploymentId), entry -> {
            Verdict before = read(entry, event);
            if (before != null) {
                return Change.keep(before);
            }
            Map<String, Object> members = new LinkedHashMap<>(entry == null ? Map.of() : entry.members());
            members.put(event.toString(), members(verdict));
            members.put(Entry.EXPIRES_AT, verdict.at().plus(KEPT).getEpochSecond());
            return Change.write(members, verdict);
        });
    }

    @Override
    public @Nullable String whyRefused(String deploymentId) {
        Entry entry = ledger.find(id(deploymentId));
        for (HookEvent event : HookEvent.values()) {
            Verdict verdict = read(entry, event);
            if (verdict != null && !verdict.passed()) {
                return event + ": " + verdict.sentence();
            }
        }
        return null;
    }

    private static String id(String deploymentId) {
        return "deployment#" + deploymentId;
    }

    private static @Nullable Verdict read(@Nullable Entry entry, HookEvent event) {
        if (entry == null || !entry.members().containsKey(event.toString())) {
            return null;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members()).object(event.toString());
        String digest = members.optionalText("digest");
        return new Verdict(Boolean.TRUE.equals(members.members().get("passed")), members.text("sentence"),
                digest == null ? null : new Digest(digest), Instant.parse(members.text("at")));
    }

    private static Map<String, Object> members(Verdict verdict) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("passed", verdict.passed());
        members.put("sentence", verdict.sentence());
        if (verdict.digest() != null) {
            members.put("digest", verdict.digest().text());
        }
        members.put("at", verdict.at().toString());
        return members;
    }
}
