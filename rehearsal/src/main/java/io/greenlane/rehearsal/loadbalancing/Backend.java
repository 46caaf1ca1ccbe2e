package io.greenlane.rehearsal.loadbalancing;

import org.jspecify.annotations.Nullable;

/** The address of a registered target, and the requests that are under way to it. */
final class Backend {
    private final String host;
    private final int port;
    private int inFlight;
    private @Nullable Runnable whenDrained;

    Backend(String host, int port) {
        this.host = host;
        this.port = port;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Counts a request in; false when the target is draining and must get none. */
    synchronized boolean enter() {
        if (whenDrained != null) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Counts a request out, whatever came of it. */
    void leave() {
        Runnable drained;
        synchronized (this) {
            inFlight--;
            drained = inFlight == 0 ? whenDrained : null;
        }
        if (drained != null) {
            drained.run();
        }
    }

    /** From now on no request enters; tells once the last one under way has left, which may be at once. */
    void drain(Runnable drained) {
        boolean idle;
        synchronized (this) {
            whenDrained = drained;
            idle = inFlight == 0;
        }
        if (idle) {
            drained.run();
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
