package io.greenlane.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.greenlane.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An AWS endpoint that speaks JSON 1.1 over a real socket and answers from a list, by operation. */
final class FakeEndpoint implements AutoCloseable {
    /** A request as it arrived. */
    record Received(String operation, String contentLength, String authorization, String contentHash, String body) {}

    private final HttpServer server;
    private final List<Received> received = new ArrayList<>();
    private final Deque<UnaryOperator<Map<String, Object>>> answers = new ArrayDeque<>();
    private int failures;

    FakeEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next answers, in order; each is made from the request. One with a member {@code __type} is an error. */
    void answer(UnaryOperator<Map<String, Object>> answer) {
        answers.add(answer);
    }

    /** So many requests are answered with a server error first. */
    void failFirst(int requests) {
        failures = requests;
    }

    List<Received> received() {
        return received;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            received.add(new Received(target.substring(target.indexOf('.') + 1),
                    exchange.getRequestHeaders().getFirst("Content-Length"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("X-Amz-Content-Sha256"), body));
            boolean fails = failures-- > 0;
            Map<String, Object> answer = fails
                    ? Map.of("__type", "ServerException")
                    : answers.removeFirst().apply(Json.object(body));
            byte[] bytes = Json.text(answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(fails ? 500 : answer.containsKey("__type") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
