package io.greenlane.rehearsal.simulation;

/**
 * A promise was broken.
 *
 * @param invariant its id in docs/reliability.md
 * @param sentence what was seen
 */
record Violation(String invariant, String sentence) {
    @Override
    public String toString() {
        return invariant + ": " + sentence;
    }
}
