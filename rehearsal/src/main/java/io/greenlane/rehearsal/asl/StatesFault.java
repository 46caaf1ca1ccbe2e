package io.greenlane.rehearsal.asl;

import org.jspecify.annotations.Nullable;

/** Raised while a state is being interpreted: a path without a match, an expression without a result. */
final class StatesFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String text;
    private final @Nullable String location;

    private StatesFault(String error, String text, @Nullable String location) {
        super(error + ": " + text);
        this.error = error;
        this.text = text;
        this.location = location;
    }

    /** States.Runtime: no wildcard of Retry or Catch applies. */
    static StatesFault runtime(String text) {
        return new StatesFault(ErrorNames.RUNTIME, text, null);
    }

    static StatesFault named(String error, String text) {
        return new StatesFault(error, text, null);
    }

    /** States.QueryEvaluationError in the field at the location, for example {@code Output/result}. */
    static StatesFault evaluation(String location, String text) {
        return new StatesFault(ErrorNames.QUERY_EVALUATION, text, location);
    }

    String error() {
        return error;
    }

    String text() {
        return text;
    }

    @Nullable
    String location() {
        return location;
    }
}
