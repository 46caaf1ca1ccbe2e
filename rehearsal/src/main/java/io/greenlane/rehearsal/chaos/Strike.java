package io.greenlane.rehearsal.chaos;

import java.time.Instant;

/**
 * A planned fault that has struck.
 *
 * @param effect what it did, as a sentence
 */
public record Strike(PlannedFault fault, Instant at, String effect) {}
