package io.greenlane.rehearsal.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Broken promises of one run, each told once, in the order in which they were seen. */
final class Violations {
    private final Set<Violation> seen = new LinkedHashSet<>();

    /** A promise holds, or else it is broken with that sentence. */
    void unless(boolean holds, String invariant, String sentence) {
        if (!holds) {
            seen.add(new Violation(invariant, sentence));
        }
    }

    List<Violation> all() {
        return List.copyOf(seen);
    }
}
