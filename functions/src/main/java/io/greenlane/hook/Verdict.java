package io.greenlane.hook;

import io.greenlane.image.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a hook found; CodeDeploy hears only whether it passed.
 *
 * @param sentence why, for people
 * @param digest of the image that was judged; null when the deployment brings no release of ours
 * @param at by the clock of the function
 */
public record Verdict(boolean passed, String sentence, @Nullable Digest digest, Instant at) {}
