package io.greenlane.release;

import io.greenlane.image.Digest;
import java.time.Instant;
import java.util.List;

/**
 * That a person has broken the glass: some gates are looked at but do not hold one digest, for one release of it and for a while.
 *
 * @param gates as gates.yaml names them; at least one
 * @param at by the clock of the function
 * @param until since when they hold it again
 */
public record GateOverride(Digest digest, List<String> gates, Operator operator, Instant at, Instant until) {
    public GateOverride {
        gates = List.copyOf(gates);
    }

    /** Whether its time has not passed; it may have been used all the same. */
    boolean lasts(Instant now) {
        return now.isBefore(until);
    }

    /** What it lets pass, for people. */
    public String shown() {
        return named(gates) + " of " + digest + " overridden by " + operator.name() + " until " + until
                + ", or until it has been deployed once (" + operator.reason() + ")";
    }

    static String named(List<String> gates) {
        return (gates.size() == 1 ? "gate " : "gates ") + String.join(", ", gates);
    }
}
