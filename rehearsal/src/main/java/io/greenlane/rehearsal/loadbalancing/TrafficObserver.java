package io.greenlane.rehearsal.loadbalancing;

import java.util.Optional;

/** Told about every request that a listener has answered: what an access log says on AWS. */
@FunctionalInterface
public interface TrafficObserver {
    /** Called after the answer has been sent, on the thread of the request: outside the timeline, from many threads. */
    void answered(Served served);

    /**
     * One answered request.
     *
     * @param listenerPort port of the listener
     * @param targetGroupArn the group that was chosen; empty for a fixed response, a redirect or no matching target group
     * @param target {@code <ip>:<port>} of the target that got the request; empty when none did
     * @param status status code sent to the client; 460 when the client went away before it got one (ALB guide, access
     *     logs)
     */
    record Served(int listenerPort, String method, String path, Optional<String> targetGroupArn,
            Optional<String> target, int status) {}
}
