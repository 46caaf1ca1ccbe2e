package io.greenlane.rehearsal.endpoint;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Implemented by a simulated service with operations whose answer takes a while: the endpoint waits for it outside the turn. */
public interface SlowOperations {
    /** Whether {@link #callSlow} serves the operation, by its name on the wire, for example Invoke. */
    boolean servesSlow(String operation);

    /** Starts the operation inside a turn; the answer, or an exception of the SDK, completes the future. */
    CompletableFuture<? extends SdkResponse> callSlow(String operation, SdkRequest request);
}
