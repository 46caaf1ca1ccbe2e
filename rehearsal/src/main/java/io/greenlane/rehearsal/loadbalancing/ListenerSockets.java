package io.greenlane.rehearsal.loadbalancing;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Opens the sockets of listeners. */
public interface ListenerSockets {
    /** No sockets at all, for simulations in virtual time: ask {@link SimulatedLoadBalancing#serverOf} instead. */
    ListenerSockets NONE = (port, routing, idleTimeout) -> () -> {
    };

    /** Real sockets on 127.0.0.1. */
    static ListenerSockets http(RandomGenerator random, TrafficObserver observer) {
        return (port, routing, idleTimeout) -> new HttpListener(port, routing, idleTimeout,
                new Forwarding(random, observer));
    }

    /**
     * Starts to answer requests on the port.
     *
     * @param routing asked once per request
     * @param idleTimeout how long a target may be silent before the client gets 504
     * @throws IOException when the port cannot be had: taken, or not allowed for this user
     */
    OpenSocket open(int port, Supplier<RoutingTable> routing, Supplier<Duration> idleTimeout) throws IOException;

    /** A socket that answers requests. */
    @FunctionalInterface
    interface OpenSocket {
        /** Stops answering; requests under way are finished in the background. */
        void close();
    }
}
