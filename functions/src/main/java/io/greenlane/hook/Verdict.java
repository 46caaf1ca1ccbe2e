package io.greenlane.hook;

import io.greenlane.image.Digest;
import io.greenlane.validation.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a hook is answered.
 *
 * @param result of the validation; a refusal and a fault of our own are failures
 * @param sentence why, for people
 * @param digest of the image that was judged; null when the deployment brings no release of ours
 * @param report name of the validation report in its bucket, such as {@code d-1/report.html}; null when there is none
 * @param at by the clock of the function
 */
public record Verdict(Result result, String sentence, @Nullable Digest digest, @Nullable String report, Instant at) {
    /** Whether the deployment may go on; what nobody knows for sure never passes. */
    public boolean passed() {
        return result == Result.PASS || result == Result.WARN;
    }

    /** Whether green was tried and found bad: refusals and faults of our own leave no report. */
    public boolean speaksAgainstImage() {
        return result == Result.FAIL && digest != null && report != null;
    }
}
