package io.greenlane.rehearsal.show;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the output can do.
 *
 * @param live whether lines can be rewritten in place
 * @param columns width; lines are cut to it only when live
 * @param colours whether colours are wanted: NO_COLOR and CLICOLOR_FORCE decide, else being a terminal does
 */
record Terminal(PrintStream out, boolean live, int columns, int rows, boolean colours) {
    private static final int WIDE = 120;
    private static final int HIGH = 40;

    /** @param size {@code <columns>x<rows>} of the terminal, null when the output is none */
    static Terminal of(PrintStream out, @Nullable String size, Map<String, String> environment) {
        boolean forced = !environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0");
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean colours = !refused && (size != null || forced);
        if (size == null || !size.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,3}")) {
            return new Terminal(out, false, WIDE, HIGH, colours);
        }
        int cross = size.indexOf('x');
        return new Terminal(out, true, Integer.parseInt(size.substring(0, cross)),
                Integer.parseInt(size.substring(cross + 1)), colours);
    }

    /** The text in a style, plain where colours are not wanted. */
    String styled(Style style, String text) {
        return colours ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** The styles in use. */
    enum Style {
        GOOD("32"), BAD("31"), WAITING("33"), FAINT("2"), STRONG("1"), NAME("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }
}
