package io.greenlane.validation;

import org.jspecify.annotations.Nullable;

/**
 * What one rule came to.
 *
 * @param rule by its name in the file, for example {@code checks.ready} or {@code analyses.side-by-side.latency_p95}
 * @param enforced false for a trial rule, which is told but never blocks
 * @param sentence for people: what was expected, what was seen, over how many samples
 * @param expected the rule in short, for example {@code at most 400 ms}
 * @param seen what was seen, for example {@code 612 ms}
 * @param samples how many answers it rests on
 * @param confidence 0 to 1; null where no statistics are involved
 */
public record Finding(String rule, Place place, Result result, boolean enforced, String sentence, String expected,
        String seen, int samples, @Nullable Double confidence) {}
