package io.greenlane.rehearsal.endpoint;

import org.jspecify.annotations.Nullable;

/** Decides what goes wrong with calls at the endpoint; asked in turns of the timeline. */
@FunctionalInterface
public interface WireFaults {
    /** Nothing goes wrong. */
    WireFaults NONE = sent -> null;

    /** Asked once about each attempt that arrives; null when nothing goes wrong with it. */
    @Nullable
    WireFault meeting(Sent sent);

    /** The attempt was served, and its answer will not arrive. */
    default void answerIsLost(Sent sent) {}

    /**
     * A request that was sent.
     *
     * @param accessKeyId who signed it; null when nobody did
     * @param service and operation, in the words of the SDK: {@code dynamodb}, {@code PutItem}
     * @param invocationId the same for all attempts that the SDK makes of one call; empty from other clients
     */
    record Sent(@Nullable String accessKeyId, String service, String operation, String invocationId) {}
}
