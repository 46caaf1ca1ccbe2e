package io.greenlane.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is asked to approve a release.
 *
 * @param text what would start, for people: lines
 * @param why why it is asked for again; empty the first time
 * @param askedAt by the clock of the function
 * @param toldAt when the message was sent; null while it is due
 */
public record ApprovalRequest(ApprovalTerms terms, String text, String why, Instant askedAt, @Nullable Instant toldAt) {
    ApprovalRequest told(Instant now) {
        return new ApprovalRequest(terms, text, why, askedAt, now);
    }

    /**
     * Whether somebody should send the message now: whoever asked at once, and others when that has taken too long.
     *
     * @param mine whether this very call asked
     */
    public boolean isDue(boolean mine, Instant now) {
        return toldAt == null && (mine || !now.isBefore(askedAt.plus(EndingEntry.ANNOUNCE_WITHIN)));
    }
}
