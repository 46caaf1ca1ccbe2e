package io.greenlane.release;

import io.greenlane.image.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A roll-back that an operator wants, written down before anything is done about it.
 *
 * @param at when it was decided, by the clock of the function
 * @param unwanted the digest that production is to leave; null when it is not known
 * @param releaseId the release that brought it; null when none of ours did
 * @param doneAt null while something of it may be missing
 */
public record RollBack(Operator operator, Instant at, @Nullable Digest unwanted, @Nullable String releaseId, Way way,
        @Nullable Instant doneAt) {
    /** Nothing done yet. */
    public RollBack(Operator operator, Instant at, @Nullable Digest unwanted, @Nullable String releaseId, Way way) {
        this(operator, at, unwanted, releaseId, way, null);
    }

    /** How production goes back. */
    public sealed interface Way {
        /** The deployment that brings it can still be stopped: CodeDeploy goes back to blue. */
        record Stop(String deploymentId) implements Way {}

        /**
         * What was good is released again.
         *
         * @param wantedAt when it counts as pushed; later than every push before
         */
        record Again(KnownGood target, Instant wantedAt) implements Way {}
    }

    /** The same, done another way. */
    public RollBack by(Way other) {
        return new RollBack(operator, at, unwanted, releaseId, other, doneAt);
    }

    RollBack done(Instant now) {
        return new RollBack(operator, at, unwanted, releaseId, way, now);
    }

    /** What is done, for people. */
    public String sentence() {
        String quarantined = unwanted == null ? "" : " " + unwanted + " is in quarantine.";
        return switch (way) {
            case Way.Stop(String deploymentId) -> "Deployment " + deploymentId + " is stopped and rolled back."
                    + quarantined;
            case Way.Again(KnownGood target, Instant wantedAt) -> "Production goes back to " + target.digest()
                    + ", pushed as " + target.tag() + " and deployed at " + target.at() + ", with all validation."
                    + quarantined;
        };
    }
}
