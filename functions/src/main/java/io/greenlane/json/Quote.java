package io.greenlane.json;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A value of unknown origin, made fit to stand in a sentence, a log line or a message: short, on one line, nothing invisible. */
public final class Quote {
    private static final int LONGEST = 120;

    private Quote() {}

    /**
     * Text in single quotes, cut after {@value #LONGEST} characters, with everything that is not plain printable text written
     * as its code point; numbers and booleans as they are; of an object or a list only that it is one.
     */
    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case CharSequence text -> "'" + printable(text.toString()) + "'";
            case Number number -> printable(number.toString());
            case Boolean truth -> truth.toString();
            case java.util.Map<?, ?> object -> "an object of " + object.size() + " members";
            case Iterable<?> list -> "a list";
            default -> printable(value.toString());
        };
    }

    /** The text, with everything that is not plain printable text written as its code point; neither quoted nor cut. */
    public static String visible(String text) {
        return visible(text.codePoints());
    }

    private static String printable(String text) {
        if (text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        String shown = visible(text.codePoints().limit(LONGEST));
        int length = text.codePointCount(0, text.length());
        return length > LONGEST ? shown + "... (" + length + " characters)" : shown;
    }

    private static String visible(IntStream points) {
        StringBuilder shown = new StringBuilder();
        points.forEach(point -> {
            if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("<U+%04X>", point));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            default -> point == ' ' || !Character.isSpaceChar(point);
        };
    }
}
