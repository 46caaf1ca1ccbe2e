package io.greenlane.validation;

/** What a rule came to, from best to worst. */
public enum Result {
    /** As it should be. */
    PASS,
    /** Good enough to go on, worth a look. */
    WARN,
    /** Nothing can be said: too few samples, no answer, cancelled, or blue itself is unwell. Never a pass. */
    INCONCLUSIVE,
    /** Not as it should be. */
    FAIL;

    /** The worse of two. */
    public Result and(Result other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
