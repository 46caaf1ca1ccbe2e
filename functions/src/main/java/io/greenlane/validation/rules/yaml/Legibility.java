package io.greenlane.validation.rules.yaml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a text holds only what people can see in it. */
final class Legibility {
    private Legibility() {}

    /** Why a character may not stand in a file as it is; null when it may. */
    static @Nullable String objection(int point) {
        if (point == '\t' || point == '\n' || point == '\r') {
            return null;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL -> code(point) + " is a control character: is this a text file? In a double-quoted"
                    + " text it can be written as an escape.";
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> code(point)
                    + " cannot be seen: what is read would not be what is shown. Remove it, or write it as an escape in"
                    + " a double-quoted text.";
            case Character.SURROGATE, Character.UNASSIGNED -> code(point) + " is no character: is this a text file?";
            default -> null;
        };
    }

    private static String code(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }
}
