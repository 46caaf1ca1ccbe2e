package io.greenlane.validation.rules;

import io.greenlane.validation.Place;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a value in a JSON body must be.
 *
 * @param path JSONPath, begins with {@code $}
 */
public record JsonRule(Place place, String path, Match match) {
    /** One assertion about a value. */
    public sealed interface Match {
        /** It equals this value; numbers by value, not by digits. */
        record Equals(@Nullable Object value) implements Match {}

        /** It is text or a list with this in it. */
        record Contains(String text) implements Match {}

        /** It is text in which the regular expression (RE2 syntax) is found. */
        record Matches(String expression) implements Match {}

        /** It is there, or it is not. */
        record Exists(boolean there) implements Match {}

        /** It is a list or an object of so many members. */
        record Count(int members) implements Match {}

        /** It is a number of at least this. */
        record AtLeast(BigDecimal number) implements Match {}

        /** It is a number of at most this. */
        record AtMost(BigDecimal number) implements Match {}
    }
}
