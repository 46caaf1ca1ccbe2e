package io.greenlane.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A website that says which version it is, over HTTP. {@code /} is the page, {@code /health} its health, {@code /version} the
 * version alone, {@code /api/products} and {@code /api/cart} a small API; every answer carries the header {@code X-Version}.
 */
public final class SampleWebsite implements AutoCloseable {
    private static final int STOP_WITHIN_SECONDS = 1;
    private static final int LONGEST_BODY = 16_384;

    private final HttpServer server;
    private final Version version;
    private final AtomicLong served = new AtomicLong();
    private final KeptMemory kept = new KeptMemory();
    private final long started = System.nanoTime();

    private SampleWebsite(HttpServer server, Version version) {
        this.server = server;
        this.version = version;
    }

    /** Serves until the process is asked to stop; requests under way are still answered then. */
    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Settings settings = Settings.from(System.getenv());
        SampleWebsite website = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(website::close));
        System.out.println("sample-website " + settings.version() + " listens on port " + website.port());
    }

    /** Begins to serve on all addresses. */
    public static SampleWebsite start(Settings settings) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.port()), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        SampleWebsite website = new SampleWebsite(server, new Version(settings.version(), settings.behaviour()));
        server.createContext("/", website::serve);
        server.start();
        return website;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(STOP_WITHIN_SECONDS);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = version.answer(read(exchange), moment(exchange.getRequestURI().getPath()));
            kept.keep(answer.keptBytes());
            await(answer.delay());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), UTF_8);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
    }

    private Moment moment(String path) {
        long before = Version.isApi(path) ? served.getAndIncrement() : served.get();
        return new Moment(Instant.now(), Duration.ofNanos(System.nanoTime() - started), before,
                ThreadLocalRandom.current());
    }

    private static void await(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
