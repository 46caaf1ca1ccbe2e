package io.greenlane.rehearsal.asl;

import org.jspecify.annotations.Nullable;

/**
 * Why a state, branch or execution failed.
 *
 * @param error an error name, null when a Fail state or a callback gave none
 * @param cause text for people, often JSON; null when none was given
 */
public record Failure(@Nullable String error, @Nullable String cause) {}
