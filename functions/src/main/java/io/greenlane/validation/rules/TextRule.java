package io.greenlane.validation.rules;

import io.greenlane.validation.Place;

/**
 * What a header or a body must be.
 *
 * @param name of the header; empty for the body
 */
public record TextRule(Place place, String name, Match match) {
    /** One assertion about a text. */
    public sealed interface Match {
        /** It is this text. */
        record Equals(String text) implements Match {}

        /** This text is in it. */
        record Contains(String text) implements Match {}

        /** The regular expression (RE2 syntax) is found in it. */
        record Matches(String expression) implements Match {}

        /** It is there, or it is not. */
        record Exists(boolean there) implements Match {}
    }
}
