package io.greenlane.release;

import java.time.Instant;

/**
 * What one approval is good for, and nothing else.
 *
 * @param turnId the release, or the release of a group
 * @param number from 1: one more each time that it is asked for because the change is another
 * @param change SHA-256 of what would start, in hex
 * @param until when it may not be given any more, in whole seconds
 */
public record ApprovalTerms(String turnId, int number, String change, Instant until) {
    /** The text whose code is the approval's. */
    public String text() {
        return "greenlane approval 1\n" + turnId + "\n" + number + "\n" + change + "\n" + until.getEpochSecond();
    }
}
