package io.greenlane.validation.comparison;

/** What can be said about green against blue, in one metric. */
public enum Judgement {
    /** Green is beyond the limit: proved at the level asked for. */
    WORSE,
    /** Green is not beyond the limit by as much as must be found: proved at {@link Comparison#MISSED}. */
    NOT_WORSE,
    /** Neither can be proved with these samples. */
    UNDECIDED,
    /** So few samples that the test is not even made. */
    TOO_FEW
}
