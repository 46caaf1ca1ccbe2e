package io.greenlane.validation.rules.yaml;

import java.util.regex.Pattern;

/** What probably went wrong in a line that is no YAML. */
final class Hints {
    private static final Pattern OPENS_A_BLOCK = Pattern.compile("(^|[:-] +)[>|][^ +-]?.*");
    private static final Pattern RESERVED = Pattern.compile("[:\\-\\[{,] *[@`%&*!]");
    private static final Pattern INDENTED_BY_TAB = Pattern.compile("^ *\\t.*");
    private static final Pattern TWO_COLONS = Pattern.compile("[^\"'#]*: [^\"'#]*: .*");

    private Hints() {}

    /** A sentence that begins with a space; empty when there is no guess. */
    static String about(String line) {
        if (INDENTED_BY_TAB.matcher(line).matches()) {
            return " Indent with spaces: YAML allows no tabs there.";
        }
        if (line.contains("{{")) {
            return " A text with a variable must be in quotes, such as \"{{image.tag}}\".";
        }
        if (OPENS_A_BLOCK.matcher(line).find()) {
            return " A value that begins with > or | opens a block of text in YAML: put it in quotes, or write limits as"
                    + " min, max and warn.";
        }
        if (line.contains("{") || line.contains("[")) {
            return " Inside { } and [ ], a text that holds any of { } [ ] , must be in quotes.";
        }
        if (RESERVED.matcher(line).find()) {
            return " A text that begins with a sign such as @ % & * ! must be in quotes.";
        }
        return TWO_COLONS.matcher(line).matches() ? " A text that holds ': ' must be in quotes." : "";
    }
}
