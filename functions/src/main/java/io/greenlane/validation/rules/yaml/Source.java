package io.greenlane.validation.rules.yaml;

import io.greenlane.validation.Place;
import java.util.List;

/**
 * A text and its lines.
 *
 * @param name as places have it
 * @param numbered whether places have lines; false for a text that stands in no file
 * @param lines without their ends; at least one
 * @param lengths of the lines in characters, however many chars each takes
 */
record Source(String name, boolean numbered, List<String> lines, List<Integer> lengths) {
    static Source of(String name, boolean numbered, String text) {
        List<String> lines = text.lines().toList();
        List<String> all = lines.isEmpty() ? List.of("") : lines;
        return new Source(name, numbered, all,
                all.stream().map(line -> line.codePointCount(0, line.length())).toList());
    }

    /** The place at a line and column that are counted from 1; what is beyond the end is at the end. */
    Place at(int line, int column) {
        if (!numbered) {
            return new Place(name, 0, 1);
        }
        int inside = Math.min(Math.max(line, 1), lines.size());
        int length = lengths.get(inside - 1);
        return new Place(name, inside, line > inside ? length + 1 : Math.min(Math.max(column, 1), length + 1));
    }

    String line(Place place) {
        return place.line() == 0 ? "" : lines.get(place.line() - 1);
    }
}
