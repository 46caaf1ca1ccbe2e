package io.greenlane.validation.rules.yaml;

import io.greenlane.validation.Place;
import io.greenlane.validation.rules.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of one file as they are found. */
public final class Problems {
    /** Who has more than this looks at the first ones anyway. */
    private static final int MOST = 100;

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Adds one. */
    public void add(Place place, String sentence) {
        if (found.size() < MOST) {
            found.add(new Problem(place, sentence));
        }
    }

    /** How many there are so far. */
    public int count() {
        return found.size();
    }

    /** All of them, in the order of the file. */
    public List<Problem> all() {
        return found.stream().sorted(Comparator.comparingInt((Problem problem) -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column())).toList();
    }
}
