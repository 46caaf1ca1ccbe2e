package io.greenlane.rehearsal.loadbalancing;

import com.sun.net.httpserver.HttpExchange;
import io.greenlane.rehearsal.loadbalancing.TargetConnection.Answer;
import io.greenlane.rehearsal.loadbalancing.TargetConnection.Header;
import io.greenlane.rehearsal.loadbalancing.TrafficObserver.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Carries out what the rules of a listener say about one request. */
final class Forwarding {
    /** As an ALB waits for a connection (ALB guide, troubleshooting, HTTP 504). */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
            "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
    private static final int CLIENT_GONE = 460;

    private final RandomGenerator random;
    private final TrafficObserver observer;

    Forwarding(RandomGenerator random, TrafficObserver observer) {
        this.random = random;
        this.observer = observer;
    }

    /** Answers the request, and says so to the observer. */
    void answer(HttpExchange exchange, RoutingTable table, Duration idleTimeout) throws IOException {
        RequestHead head = headOf(exchange);
        switch (table.route(head)) {
            case RoutingAction.FixedResponse fixed -> {
                exchange.getResponseHeaders().set("Content-Type", fixed.contentType());
                respond(exchange, fixed.status(), fixed.body());
                observe(exchange, head, null, null, fixed.status());
            }
            case RoutingAction.Redirect redirect -> {
                exchange.getResponseHeaders().set("Location", redirect.location(head, port(exchange)));
                respond(exchange, redirect.status(), "");
                observe(exchange, head, null, null, redirect.status());
            }
            case RoutingAction.Forward forward -> forward(exchange, head, choose(forward), idleTimeout);
        }
    }

    private Upstream choose(RoutingAction.Forward forward) {
        synchronized (random) {
            return forward.choose(random);
        }
    }

    private void forward(HttpExchange exchange, RequestHead head, Upstream group, Duration idleTimeout)
            throws IOException {
        Set<Backend> tried = new HashSet<>();
        IOException refusal = null;
        for (Optional<Backend> target = group.acquire(tried); target.isPresent(); target = group.acquire(tried)) {
            Backend backend = target.get();
            try {
                TargetConnection connection;
                try {
                    connection = TargetConnection.open(backend, CONNECT_TIMEOUT);
                } catch (IOException notConnected) { // not a byte was sent: another target may be asked
                    refusal = notConnected;
                    tried.add(backend);
                    continue;
                }
                exchangeWith(connection, exchange, head, group, backend, idleTimeout);
                return;
            } finally {
                backend.leave();
            }
        }
        int status = refusal == null ? 503 : refusal instanceof SocketTimeoutException ? 504 : 502;
        respondAsLoadBalancer(exchange, status);
        observe(exchange, head, group, null, status);
    }

    private void exchangeWith(TargetConnection connection, HttpExchange exchange, RequestHead head, Upstream group,
            Backend backend, Duration idleTimeout) throws IOException {
        Thread upload = null;
        try (connection) {
            Answer answer;
            try {
                connection.sendHead(head.method(), targetOf(exchange), requestHeaders(exchange, head));
                if (hasBody(head)) {
                    upload = Thread.ofVirtual().start(() -> upload(connection, exchange, head));
                }
                answer = connection.readHead(idleTimeout);
            } catch (IOException failure) {
                int status = failure instanceof SocketTimeoutException ? 504 : 502;
                respondAsLoadBalancer(exchange, status);
                observe(exchange, head, group, backend, status);
                return;
            }
            download(connection, exchange, head, group, backend, answer);
        } finally {
            if (upload != null) {
                upload.interrupt();
            }
        }
    }

    /** Runs beside the answer, because a target may answer before it has read everything. */
    private static void upload(TargetConnection connection, HttpExchange exchange, RequestHead head) {
        try {
            connection.sendBody(exchange.getRequestBody(), !head.header("Transfer-Encoding").isEmpty());
        } catch (IOException stopped) {
            // The target answers without the rest, or its silence ends in 502: either is seen where the answer is read.
        }
    }

    private void download(TargetConnection connection, HttpExchange exchange, RequestHead head, Upstream group,
            Backend backend, Answer answer) throws IOException {
        InputStream body;
        try {
            body = connection.body(head.method(), answer);
        } catch (IOException malformed) {
            respondAsLoadBalancer(exchange, 502);
            observe(exchange, head, group, backend, 502);
            return;
        }
        String length = answer.first("Content-Length");
        for (Header header : answer.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean framing = name.equals("content-length") && body != null;
            if (!HOP_BY_HOP.contains(name) && !framing) {
                exchange.getResponseHeaders().add(header.name(), header.value());
            }
        }
        int status = CLIENT_GONE;
        try {
            boolean empty = body == null || "0".equals(length);
            boolean chunked = answer.first("Transfer-Encoding") != null || length == null;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : chunked ? 0 : Long.parseLong(length));
            status = answer.status();
            if (body != null && !empty) {
                copy(body, exchange.getResponseBody());
                exchange.getResponseBody().close();
            }
        } finally { // a failure half-way ends the connection, so that the client notices
            observe(exchange, head, group, backend, status);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            to.flush();
        }
    }

    private static RequestHead headOf(HttpExchange exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT),
                List.copyOf(values)));
        URI uri = exchange.getRequestURI();
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        int colon = host.lastIndexOf(':');
        return new RequestHead(exchange.getRequestMethod(), colon > host.lastIndexOf(']')
                ? host.substring(0, colon)
                : host, pathOf(uri), Optional.ofNullable(uri.getRawQuery()).orElse(""), headers);
    }

    private static String pathOf(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String targetOf(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        return pathOf(uri) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static boolean hasBody(RequestHead head) {
        return !head.header("Transfer-Encoding").isEmpty()
                || head.header("Content-Length").stream().anyMatch(length -> !length.equals("0"));
    }

    private List<Header> requestHeaders(HttpExchange exchange, RequestHead head) {
        List<Header> sent = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !lower.startsWith("x-forwarded-") && !lower.equals("expect")) {
                values.forEach(value -> sent.add(new Header(name, value)));
            }
        });
        if (!head.header("Transfer-Encoding").isEmpty()) {
            sent.add(new Header("Transfer-Encoding", "chunked"));
        }
        String client = exchange.getRemoteAddress().getAddress().getHostAddress();
        List<String> before = head.header("X-Forwarded-For");
        sent.add(new Header("X-Forwarded-For", before.isEmpty() ? client : String.join(", ", before) + ", " + client));
        sent.add(new Header("X-Forwarded-Proto", "http"));
        sent.add(new Header("X-Forwarded-Port", Integer.toString(port(exchange))));
        if (head.header("X-Amzn-Trace-Id").isEmpty()) {
            sent.add(new Header("X-Amzn-Trace-Id", traceId()));
        }
        sent.add(new Header("Connection", "close"));
        return sent;
    }

    private String traceId() {
        synchronized (random) {
            return "Root=1-%08x-%016x%08x".formatted(random.nextInt(), random.nextLong(), random.nextInt());
        }
    }

    private static int port(HttpExchange exchange) {
        return exchange.getLocalAddress().getPort();
    }

    private static void respondAsLoadBalancer(HttpExchange exchange, int status) throws IOException {
        String title = status + " " + switch (status) {
            case 502 -> "Bad Gateway";
            case 503 -> "Service Temporarily Unavailable";
            case 504 -> "Gateway Time-out";
            default -> throw new IllegalArgumentException("A load balancer does not fail with status " + status);
        };
        exchange.getResponseHeaders().set("Server", "awselb/2.0");
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        respond(exchange, status,
                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                        + "</h1></center>\r\n</body>\r\n</html>\r\n");
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, headOnly || bytes.length == 0 ? -1 : bytes.length);
        if (!headOnly && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void observe(HttpExchange exchange, RequestHead head, @Nullable Upstream group, @Nullable Backend target,
            int status) {
        observer.answered(new Served(port(exchange), head.method(), head.path(), Optional.ofNullable(group).map(
                Upstream::targetGroupArn), Optional.ofNullable(target).map(Backend::toString), status));
    }
}
