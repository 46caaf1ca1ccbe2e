package io.greenlane.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** An AWS endpoint that speaks the query protocol over a real socket: forms in, XML out. */
final class FakeQueryEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<Map<String, String>, String>> answers = new HashMap<>();
    private final List<Map<String, String>> received = new ArrayList<>();

    FakeQueryEndpoint() {
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

    /** How an action is answered from now on: what stands inside its result, made from the form. */
    void answer(String action, Function<Map<String, String>, String> answer) {
        answers.put(action, answer);
    }

    /** How an action fails from now on. */
    void refuse(String action, String code) {
        answers.put(action, form -> {
            throw new Refused(code);
        });
    }

    /** The forms as they arrived. */
    List<Map<String, String>> received() {
        return received;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form = form(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(form);
            String action = form.getOrDefault("Action", "");
            try {
                respond(exchange, 200, "<" + action + "Response><" + action + "Result>"
                        + Objects.requireNonNull(answers.get(action), action).apply(form) + "</" + action + "Result></"
                        + action + "Response>");
            } catch (Refused refused) {
                respond(exchange, 400, "<ErrorResponse><Error><Type>Sender</Type><Code>" + refused.getMessage()
                        + "</Code><Message>refused</Message></Error></ErrorResponse>");
            }
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        Arrays.stream(body.split("&", -1)).map(pair -> pair.split("=", 2)).forEach(pair -> form
                .put(URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return form;
    }

    private static void respond(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Refused extends RuntimeException {
        Refused(String code) {
            super(code);
        }
    }
}
