package io.greenlane.validation.check;

import com.google.re2j.Pattern;
import io.greenlane.validation.rules.JsonRule.Match;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares what stands at a JSONPath with what is expected there. */
final class JsonMatch {
    private JsonMatch() {}

    /** Whether it fits; of a path that means several values, one value is taken for itself too. */
    static boolean fits(Match match, Found found) {
        return switch (match) {
            case Match.Exists(boolean there) -> there != found.nothing();
            case Match.Count(int members) -> Objects.equals(members, found.count());
            default -> !(found.one() && found.nothing())
                    && (fits(match, found.value()) || (found.single() && fits(match, found.values().get(0))));
        };
    }

    private static boolean fits(Match match, @Nullable Object seen) {
        return switch (match) {
            case Match.Equals(Object value) -> same(value, seen);
            case Match.Contains(String text) -> contains(seen, text);
            case Match.Matches(String expression) ->
                seen instanceof String text && Pattern.compile(expression).matcher(text).find();
            case Match.AtLeast(BigDecimal number) ->
                seen instanceof Number value && decimal(value).compareTo(number) >= 0;
            case Match.AtMost(BigDecimal number) ->
                seen instanceof Number value && decimal(value).compareTo(number) <= 0;
            case Match.Exists exists -> throw new IllegalArgumentException("Of a place, not of a value: " + exists);
            case Match.Count count -> throw new IllegalArgumentException("Of a place, not of a value: " + count);
        };
    }

    /** What is expected, after {@code expected}. */
    static String wanted(Match match) {
        return switch (match) {
            case Match.Equals(Object value) -> Told.value(value);
            case Match.Contains(String text) -> "to contain " + Told.value(text);
            case Match.Matches(String expression) -> "to match " + Told.value(expression);
            case Match.Exists(boolean there) -> there ? "to be there" : "not to be there";
            case Match.Count(int members) -> members + (members == 1 ? " member" : " members");
            case Match.AtLeast(BigDecimal number) -> "at least " + number.toPlainString();
            case Match.AtMost(BigDecimal number) -> "at most " + number.toPlainString();
        };
    }

    /** What was seen, after {@code is}. */
    static String seen(Match match, Found found) {
        Integer count = match instanceof Match.Count ? found.count() : null;
        if (count != null) {
            return "of " + count + (count == 1 ? " member" : " members");
        }
        return found.nothing() ? "not there" : Told.value(found.value());
    }

    private static boolean contains(@Nullable Object value, String text) {
        return switch (value) {
            case String all -> all.contains(text);
            case List<?> list -> list.stream().anyMatch(one -> text.equals(JsonBody.text(one)));
            case null, default -> false;
        };
    }

    /** Numbers by value; the order of an object's members does not matter. */
    private static boolean same(@Nullable Object wanted, @Nullable Object seen) {
        if (wanted instanceof Number one && seen instanceof Number other) {
            return decimal(one).compareTo(decimal(other)) == 0;
        }
        if (wanted instanceof List<?> one && seen instanceof List<?> other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> same(one.get(i), other.get(i)));
        }
        if (wanted instanceof Map<?, ?> one && seen instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet())
                    && one.entrySet().stream().allMatch(entry -> same(entry.getValue(), other.get(entry.getKey())));
        }
        return Objects.equals(wanted, seen);
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
