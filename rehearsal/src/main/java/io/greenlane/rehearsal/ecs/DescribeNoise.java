package io.greenlane.rehearsal.ecs;

/** What ECS adds to a task definition between register and describe; not verified on AWS, so a switch. */
public enum DescribeNoise {
    /**
     * Empty lists and defaults appear, environment and secrets come back in another order, and each container has a member that
     * no SDK knows, as it happens while the SDK in use is older than ECS.
     */
    AS_AWS,
    /** Only what was registered, and the members that the model requires. */
    MINIMAL
}
