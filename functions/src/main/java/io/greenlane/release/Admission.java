package io.greenlane.release;

import java.util.List;

/**
 * The answer to a release that asks for its turn.
 *
 * @param reason one sentence
 * @param head the state of the service's queue from now on
 * @param displaced releases whose place was taken while they waited, for their turn or at their gates; they are to be woken, to
 *     find that out
 */
public record Admission(Answer answer, String reason, ServiceHead head, List<Turn> displaced) {
    public Admission {
        displaced = List.copyOf(displaced);
    }

    /** The closed list of answers. */
    public enum Answer {
        /** It is its turn. */
        START,
        /** Another release runs. */
        WAIT,
        /** The same image is being released or runs already. */
        DUPLICATE,
        /** A newer push took its place. */
        SUPERSEDED,
        /** The service is held. */
        HELD,
        /** The service takes no push while another release runs. */
        REJECTED
    }
}
