package io.greenlane.rehearsal.lambda;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Another Lambda Invoke API: answers with what it was called with, except for the function {@code missing}. */
final class FunctionServer implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    FunctionServer() throws IOException {
        server.createContext("/2015-03-31/functions/", exchange -> {
            try (exchange) {
                String function = exchange.getRequestURI().getPath().split("/", 5)[3];
                boolean missing = function.equals("missing");
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (missing) {
                    exchange.getResponseHeaders().set("x-amzn-ErrorType", "ResourceNotFoundException");
                }
                byte[] answer = (missing
                        ? "{\"Message\":\"not there\"}"
                        : "{\"called\":\"" + function + "\",\"with\":" + body + "}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(missing ? 404 : 200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
