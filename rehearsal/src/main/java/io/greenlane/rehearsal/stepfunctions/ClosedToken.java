package io.greenlane.rehearsal.stepfunctions;

/** What SendTaskSuccess and its like say about a token that has been used or has expired; AWS's choice is not documented. */
public enum ClosedToken {
    /** The default: the error whose documentation names a closed task. */
    TASK_TIMED_OUT, TASK_DOES_NOT_EXIST, INVALID_TOKEN
}
