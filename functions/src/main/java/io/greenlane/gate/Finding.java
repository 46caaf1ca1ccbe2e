package io.greenlane.gate;

import io.greenlane.release.Operator;
import io.greenlane.release.OverriddenGate;
import java.time.Instant;

/** What was found at one gate. Sentences have no full stop. */
public sealed interface Finding {
    /** The gate, as gates.yaml names it. */
    String gate();

    /** The value that was found, and what to do where the release may not pass. */
    String sentence();

    /** The release may pass. */
    record Passed(String gate, String sentence) implements Finding {}

    /**
     * The release may pass, since a person has overridden a gate that says otherwise.
     *
     * @param sentence what the gate says
     */
    record Overridden(String gate, String sentence, Operator operator) implements Finding {
        OverriddenGate asPassed() {
            return new OverriddenGate(gate, sentence, operator);
        }
    }

    /** The release may not pass, now or later. */
    record Blocked(String gate, String sentence) implements Finding {}

    /**
     * The release may not pass, but something is to come.
     *
     * @param until when it may not pass any more
     */
    record NotYet(String gate, String sentence, Instant until) implements Finding {}
}
