package io.greenlane.release;

import java.time.Instant;

/**
 * What somebody who was asked for an approval said.
 *
 * @param approved false when it was refused
 * @param at by the clock of the function
 * @param code of the token by which it was approved; empty when it was refused
 */
public record ApprovalDecision(boolean approved, Operator operator, Instant at, String code) {
    /** Who, when, and why. */
    public String sentence() {
        return (approved ? "approved by " : "refused by ") + operator.name() + " at " + at + " (" + operator.reason()
                + ")";
    }
}
