package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class RegistryExchange {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpExchange http;
    private final Map<String, String> query = new TreeMap<>();

    RegistryExchange(HttpExchange http) {
        this.http = http;
        String raw = http.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
                }
            }
        }
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    String host() {
        return String.valueOf(requestHeader("Host"));
    }

    @Nullable
    String requestHeader(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The whole body. */
    byte[] body() throws IOException {
        return http.getRequestBody().readAllBytes();
    }

    /** The body up to a number of bytes. */
    byte[] body(int most) throws IOException {
        return http.getRequestBody().readNBytes(most);
    }

    void header(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void answerEmpty(int status) throws IOException {
        if (status != 204 && !method().equals("HEAD")) {
            header("Content-Length", "0");
        }
        http.sendResponseHeaders(status, -1);
    }

    void answerJson(int status, String json) throws IOException {
        answer(status, "application/json", json.getBytes(UTF_8));
    }

    /** Sends the body, or to a HEAD only its length and type. */
    void answer(int status, String contentType, byte[] body) throws IOException {
        header("Content-Type", contentType);
        if (method().equals("HEAD")) {
            header("Content-Length", Integer.toString(body.length));
            http.sendResponseHeaders(status, -1);
        } else {
            http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            http.getResponseBody().write(body);
        }
    }

    void refuse(RegistryFault fault) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("errors").addObject().put("code", fault.code()).put("message", fault.sentence());
        answerJson(fault.status(), root.toString());
    }

    RegistryFault unsupported() {
        return new RegistryFault(405, "UNSUPPORTED", method() + " is not supported at " + path());
    }
}
