package io.greenlane.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.protocol.HttpContext;

/** One request on its way: how far it came, and whether its time is over. Its time ends it wherever it waits, by closing the connection. */
final class Exchange {
    private static final String ATTRIBUTE = "io.greenlane.exchange";

    private final HttpUriRequestBase request;
    private volatile Stage stage = Stage.CONNECTING;
    private volatile boolean overdue;

    Exchange(HttpUriRequestBase request) {
        this.request = request;
    }

    /** How far it came. */
    enum Stage {
        CONNECTING, HANDSHAKE, SENT
    }

    /** Lets the parts of the HTTP client tell where they are. */
    void travelWith(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    static void reached(HttpContext context, Stage stage) {
        if (context.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            exchange.stage = stage;
        }
    }

    Stage stage() {
        return stage;
    }

    boolean isOverdue() {
        return overdue;
    }

    /**
     * Does the work, and ends it when its time is over. The connection is closed unless all of the answer was read.
     *
     * @param within from now on
     */
    <T> T run(ScheduledExecutorService deadlines, Duration within, Work<T> work) throws IOException {
        ScheduledFuture<?> end = deadlines.schedule(() -> {
            overdue = true;
            request.cancel();
        }, within.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.run();
        } finally {
            end.cancel(false);
            request.cancel();
        }
    }

    /** What is to be done. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }
}
