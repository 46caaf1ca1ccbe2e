package io.greenlane.validation.analysis;

/** Who is asked. */
public enum Side {
    /** The new version. */
    GREEN,
    /** The version before. */
    BLUE;

    /** As it stands in a sentence. */
    public String word() {
        return this == GREEN ? "green" : "blue";
    }
}
