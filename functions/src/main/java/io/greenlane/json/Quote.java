package io.greenlane.json;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value of unknown origin, made fit to stand in a sentence, a log line or a message: short, on one line, nothing invisible. */
public final class Quote {
    private static final int LONGEST = 120;

    private Quote() {}

    /**
     * Text in single quotes, with everything that is not plain printable text written as its code point, cut where more than
     * {@value #LONGEST} characters would be written; numbers and booleans as they are; of an object or a list only that it is one.
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
        return text.codePoints().mapToObj(Quote::written).collect(Collectors.joining());
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String written = written(text.codePointAt(i));
            if (shown.length() + written.length() > LONGEST) {
                return shown + "... (" + text.codePointCount(0, text.length()) + " characters)";
            }
            shown.append(written);
        }
        return shown.toString();
    }

    private static String written(int point) {
        return isPlain(point) ? Character.toString(point) : String.format("<U+%04X>", point);
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
