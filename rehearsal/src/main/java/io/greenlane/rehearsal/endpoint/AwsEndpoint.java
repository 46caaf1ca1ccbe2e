package io.greenlane.rehearsal.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;

/** The local cloud's services on one port of this machine. */
public final class AwsEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;

    private AwsEndpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Opens the endpoint on 127.0.0.1.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException naming the port when it is taken
     */
    public static AwsEndpoint open(int port, AwsDispatcher dispatcher) {
        // Without it small answers wait for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(exchange, dispatcher));
            server.start();
            return new AwsEndpoint(server, threads);
        } catch (BindException taken) {
            threads.close();
            throw new IllegalStateException("The AWS endpoint cannot open port " + port
                    + " of 127.0.0.1: it is taken. Stop what uses it or choose another port.", taken);
        } catch (IOException fault) {
            threads.close();
            throw new UncheckedIOException(fault);
        }
    }

    /** What AWS_ENDPOINT_URL is to be set to. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange, AwsDispatcher dispatcher) throws IOException {
        try (exchange) {
            WireResponse response = dispatcher.handle(read(exchange));
            if (response.isLost()) {
                return; // the exchange closes, and the connection with it
            }
            response.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = response.body().asByteArrayUnsafe();
            boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(response.status(), none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static WireRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new WireRequest(exchange.getRequestMethod(), path, uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers, SdkBytes.fromByteArrayUnsafe(exchange.getRequestBody().readAllBytes()));
    }
}
