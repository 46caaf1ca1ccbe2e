package io.greenlane.rehearsal.release;

import org.jspecify.annotations.Nullable;

/** Decides what goes wrong with the calls of functions. */
@FunctionalInterface
public interface CallFaults {
    /** Asked once about each call when it arrives; null when nothing goes wrong. */
    @Nullable
    CallFault meeting(FunctionCall call);

    /**
     * A call was answered by the service.
     *
     * @param changed whether the same request had another answer before
     */
    default void answered(FunctionCall call, boolean changed) {}
}
