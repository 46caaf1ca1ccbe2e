package io.greenlane.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A website that says which version it is. {@code /} is the page, {@code /health} its health, {@code /version} the version
 * alone; every answer carries the header {@code X-Version}.
 */
public final class SampleWebsite implements AutoCloseable {
    private static final int STOP_WITHIN_SECONDS = 1;

    private final HttpServer server;

    private SampleWebsite(HttpServer server) {
        this.server = server;
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
        String page = Page.of(settings.version());
        String version = "{\"version\":\"" + Json.escape(settings.version()) + "\"}";
        boolean broken = settings.behaviour() == Behaviour.PAGE_500;
        boolean ill = settings.behaviour() == Behaviour.UNHEALTHY;
        Map<String, Answer> answers = Map.of(
                "/",
                broken
                        ? new Answer(500, "text/plain", "The page is broken in this version.")
                        : new Answer(200, "text/html", page),
                "/health",
                ill
                        ? new Answer(503, "application/json", "{\"status\":\"DOWN\"}")
                        : new Answer(200, "application/json", "{\"status\":\"UP\"}"),
                "/version", new Answer(200, "application/json", version));
        Answer missing = new Answer(404, "text/plain", "There is no such page.");
        server.createContext("/", exchange -> send(exchange, settings.version(),
                answers.getOrDefault(exchange.getRequestURI().getPath(), missing)));
        server.start();
        return new SampleWebsite(server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(STOP_WITHIN_SECONDS);
    }

    private record Answer(int status, String contentType, String body) {}

    private static void send(HttpExchange exchange, String version, Answer answer) throws IOException {
        try (exchange) {
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType() + "; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Version", version);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
