package io.greenlane.release;

/**
 * Why a release may not go on.
 *
 * @param outcome how it ends because of that
 * @param sentence for people
 */
public record Objection(Outcome outcome, String sentence) {}
