package io.greenlane.hook;

import io.greenlane.deployment.Evidence;
import io.greenlane.deployment.Explanations;
import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.DeploymentNotes.Notes;
import io.greenlane.release.Ledger;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The verdicts in the ledger: one entry per deployment, one verdict per lifecycle event, and the first one stands. */
public final class Verdicts implements Explanations, Evidence {
    private final DeploymentNotes notes;

    public Verdicts(Ledger ledger) {
        this.notes = new DeploymentNotes(ledger);
    }

    /** The verdict of a lifecycle event; null when there is none. */
    public @Nullable Verdict find(String deploymentId, HookEvent event) {
        return read(notes.of(deploymentId), event);
    }

    /** Writes a verdict unless there is one; answers with the one that stands. */
    public Standing write(String deploymentId, HookEvent event, Verdict verdict) {
        DeploymentNotes.Standing standing = notes.write(deploymentId, event.toString(), members(verdict),
                verdict.at());
        return new Standing(verdict(standing.note()), standing.isNew());
    }

    /**
     * Why production may not move: only a pass of {@link HookEvent#AFTER_ALLOW_TEST_TRAFFIC} in the same deployment lets it, so
     * that a hook which was left out never does.
     *
     * @param digest of the image that is to serve; null when that is not known
     * @return null when it may
     */
    public @Nullable String refusalBefore(String deploymentId, @Nullable Digest digest) {
        Verdict earlier = find(deploymentId, HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        if (earlier == null) {
            return "There is no verdict of " + HookEvent.AFTER_ALLOW_TEST_TRAFFIC
                    + ": was the hook left out, or has the deployment group no test listener?";
        }
        return earlier.passed() && Objects.equals(digest, earlier.digest())
                ? null
                : "The verdict of " + HookEvent.AFTER_ALLOW_TEST_TRAFFIC + " was no pass for "
                        + (digest == null ? "this image" : digest) + ": "
                        + earlier.sentence();
    }

    @Override
    public @Nullable Objection whyRefused(String deploymentId) {
        Notes written = notes.of(deploymentId);
        for (HookEvent event : HookEvent.values()) {
            Verdict verdict = read(written, event);
            if (verdict != null && !verdict.passed()) {
                return new Objection(Outcome.ROLLED_BACK, event + ": " + verdict.sentence());
            }
        }
        return null;
    }

    @Override
    public boolean speaksAgainstImage(String deploymentId) {
        Notes written = notes.of(deploymentId);
        return Arrays.stream(HookEvent.values()).map(event -> read(written, event)).filter(Objects::nonNull)
                .anyMatch(Verdict::speaksAgainstImage);
    }

    @Override
    public boolean mayServe(String deploymentId) {
        Verdict last = find(deploymentId, HookEvent.BEFORE_ALLOW_TRAFFIC);
        return last != null && last.passed();
    }

    /** Name of the validation report of the deployment, as the last hook that has one left it; null when there is none. */
    public @Nullable String report(String deploymentId) {
        Notes written = notes.of(deploymentId);
        String last = null;
        for (HookEvent event : HookEvent.values()) {
            Verdict verdict = read(written, event);
            last = verdict == null || verdict.report() == null ? last : verdict.report();
        }
        return last;
    }

    private static @Nullable Verdict read(Notes written, HookEvent event) {
        JsonObject verdict = written.on(event.toString());
        return verdict == null ? null : verdict(verdict);
    }

    static Verdict verdict(JsonObject members) {
        String digest = members.optionalText("digest");
        return new Verdict(result(members), members.text("sentence"), digest == null ? null : new Digest(digest),
                members.optionalText("report"), Instant.parse(members.text("at")));
    }

    /** Entries of versions before this one say only whether the hook passed. */
    private static Result result(JsonObject members) {
        String result = members.optionalText("result");
        if (result != null) {
            return Result.valueOf(result);
        }
        return Boolean.TRUE.equals(members.members().get("passed")) ? Result.PASS : Result.FAIL;
    }

    /** {@code passed} is what the version before this one reads. */
    static Map<String, Object> members(Verdict verdict) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("passed", verdict.passed());
        members.put("result", verdict.result().name());
        members.put("sentence", verdict.sentence());
        if (verdict.digest() != null) {
            members.put("digest", verdict.digest().text());
        }
        if (verdict.report() != null) {
            members.put("report", verdict.report());
        }
        members.put("at", verdict.at().toString());
        return members;
    }

    /**
     * The verdict that stands.
     *
     * @param isNew whether it has been written just now
     */
    public record Standing(Verdict verdict, boolean isNew) {}
}
