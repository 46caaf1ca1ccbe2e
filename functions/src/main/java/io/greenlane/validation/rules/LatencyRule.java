package io.greenlane.validation.rules;

import io.greenlane.validation.Place;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one answer may take.
 *
 * @param warn above it the result is a warning; null for never
 * @param max above it the result is a failure; null for never
 */
public record LatencyRule(Place place, @Nullable Duration warn, @Nullable Duration max) {}
