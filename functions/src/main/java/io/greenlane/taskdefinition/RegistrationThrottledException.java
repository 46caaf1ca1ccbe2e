package io.greenlane.taskdefinition;

/**
 * The account registers as many task definitions as it may; ECS takes one a second (ECS guide, API throttling quotas), of all
 * services together. Nothing is wrong with the release: it waits its turn.
 */
public final class RegistrationThrottledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistrationThrottledException(String family, Throwable cause) {
        super("Registering a revision of " + family + " was throttled: the account has used up what ECS takes", cause);
    }
}
