package io.greenlane.rehearsal.loadbalancing;

import com.sun.net.httpserver.HttpServer;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets.OpenSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A listener's socket on 127.0.0.1: the JDK's server, a virtual thread per request. */
final class HttpListener implements OpenSocket {
    private static final int SECONDS_TO_FINISH = 30;

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
        Thread.ofPlatform().daemon().start(() -> {
            server.stop(SECONDS_TO_FINISH);
            threads.close();
        });
    }
}
