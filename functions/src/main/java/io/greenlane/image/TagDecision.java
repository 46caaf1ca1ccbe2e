package io.greenlane.image;

/** Whether a service takes a push, by its tag. */
public sealed interface TagDecision {
    /** The service takes it; {@code rule} is the policy that says so. */
    record Taken(String rule) implements TagDecision {}

    /** It does not; {@code reason} is a clause that names the policy. */
    record NotTaken(String reason) implements TagDecision {}
}
