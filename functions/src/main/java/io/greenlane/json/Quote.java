package io.greenlane.json;

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
        return visible(text, Integer.MAX_VALUE);
    }

    private static String printable(String text) {
        if (text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        String whole = visible(text);
        return whole.length() <= LONGEST
                ? whole
                : visible(text, LONGEST) + "... (" + text.codePointCount(0, text.length()) + " characters)";
    }

    private static String visible(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            String written = isPlain(point) ? Character.toString(point) : String.format("<U+%04X>", point);
            if (shown.length() + written.length() > longest) {
                break;
            }
            shown.append(written);
        }
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
