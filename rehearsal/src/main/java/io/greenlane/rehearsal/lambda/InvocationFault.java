package io.greenlane.rehearsal.lambda;

/** What can go wrong with an invocation before the function sees it. */
public enum InvocationFault {
    /** Lambda refuses it for its rate. */
    THROTTLED,
    /** The process ends before the function has done anything. */
    FAILED,
    /** It is delivered twice; the answer of the second is nobody's. */
    TWICE
}
