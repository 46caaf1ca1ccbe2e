package io.greenlane.rehearsal.simulation;

import java.util.List;

/**
 * Somebody who takes guards out of the code, and how that comes to light.
 *
 * @param name what is missing then
 * @param edits of the sources; each takes one guard out
 * @param breaks the promise that breaks then, or {@link #OUTCOME}
 * @param schedule in which it does; with all guards in place it breaks nothing
 */
record Saboteur(String name, List<Edit> edits, String breaks, Schedule schedule) {
    /** Where no promise breaks, but the release does not come to what it comes to otherwise. */
    static final String OUTCOME = "outcome";

    Saboteur {
        edits = List.copyOf(edits);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * One guard taken out.
     *
     * @param file below {@code functions/src/main/java/io/greenlane}
     * @param guard its text, which is there once
     * @param instead what stands there then; lambdas stay as many as they are
     */
    record Edit(String file, String guard, String instead) {}
}
