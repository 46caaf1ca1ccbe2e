package io.greenlane.rehearsal.loadbalancing;

import com.sun.net.httpserver.HttpServer;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets.OpenSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A listener's socket on 127.0.0.1: the JDK's server, a virtual thread per request. */
final class HttpListener implements OpenSocket {
    private static final int SECONDS_TO_FINISH = 30;
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);

    private final HttpServer server;
    private final ExecutorService threads;

    HttpListener(int port, Supplier<RoutingTable> routing, Supplier<Duration> idleTimeout, Forwarding forwarding)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("listener-" + port + "-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            forwarding.answer(exchange, routing.get(), idleTimeout.get());
            exchange.close();
        });
        server.start();
    }

    @Override
    public void close() {
        int port = server.getAddress().getPort();
        Thread.ofPlatform().daemon().start(() -> {
            server.stop(SECONDS_TO_FINISH);
            threads.close();
        });
        awaitRelease(port);
    }

    /** The server gives its port up a moment after it was told to stop; another listener may want it at once. */
    private static void awaitRelease(int port) {
        long deadline = System.nanoTime() + RELEASE_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (probe.isBound()) {
                    return;
                }
            } catch (IOException stillTaken) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
