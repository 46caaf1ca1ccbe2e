package io.greenlane.rehearsal.loadbalancing;

import static io.greenlane.rehearsal.loadbalancing.Balancing.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.greenlane.rehearsal.container.FreePort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

@SuppressWarnings("unchecked") // the SDK's varargs of consumers
class TrafficTest {
    private final Balancing balancing = new Balancing(true);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();
    private final int port = FreePort.find();
    private final String blue = balancing.group("blue");
    private final String green = balancing.group("green");

    TrafficTest() throws IOException {}

    @AfterEach
    void close() {
        balancing.close();
        client.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void weights_divide_the_requests() {
        balancing.listener(port, weight(blue, 90), weight(green, 10));
        register(blue, target("blue"));
        register(green, target("green"));

        int greens = 0;
        for (int i = 0; i < 500; i++) {
            greens += get("/").body().equals("green") ? 1 : 0;
        }

        assertThat(greens).isCloseTo(50, within(20));
    }

    @Test
    void shifting_back_and_forth_under_load_fails_no_request() throws Exception {
        String listener = balancing.listener(port, weight(blue, 1), weight(green, 0));
        register(blue, target("blue"));
        register(green, target("green"));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(CompletableFuture.supplyAsync(() -> {
                int failed = 0;
                while (!done.get()) {
                    failed += get("/").statusCode() == 200 ? 0 : 1;
                    answered.incrementAndGet();
                }
                return failed;
            }, Executors.newVirtualThreadPerTaskExecutor()));
        }
        for (int shift = 0; shift < 40; shift++) {
            int goal = answered.get() + 10;
            while (answered.get() < goal) {
                Thread.onSpinWait();
            }
            balancing.shift(listener, weight(blue, shift % 2), weight(green, 1 - shift % 2));
        }
        done.set(true);

        for (CompletableFuture<Integer> failed : clients) {
            assertThat(failed.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void a_draining_target_finishes_what_it_has_begun_and_gets_nothing_new() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        int slow = server(exchange -> {
            begun.countDown();
            await(finish);
            answer(exchange, "slow");
        });
        balancing.listener(port, weight(blue, 1));
        register(blue, slow);
        CompletableFuture<HttpResponse<String>> underWay = client.sendAsync(request("/").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        balancing.deregister(blue, slow);
        balancing.timeline.advance(Duration.ofSeconds(301));
        assertThat(balancing.health(blue, slow).state()).isEqualTo(TargetHealthStateEnum.DRAINING);
        assertThat(get("/").statusCode()).isEqualTo(503);
        finish.countDown();

        assertThat(underWay.get(10, TimeUnit.SECONDS).body()).isEqualTo("slow");
        assertThat(balancing.served).anyMatch(served -> served.status() == 200 && served.target().isPresent());
    }

    @Test
    void without_targets_the_answer_is_503_and_with_dead_ones_502() throws IOException {
        balancing.listener(port, weight(blue, 1));
        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(get("/").headers().firstValue("Server")).contains("awselb/2.0");

        register(blue, FreePort.find());
        assertThat(get("/").statusCode()).isEqualTo(502);
    }

    @Test
    void a_target_that_cannot_be_connected_to_is_passed_over() throws IOException {
        balancing.listener(port, weight(blue, 1));
        register(blue, FreePort.find());
        register(blue, target("alive"));

        for (int i = 0; i < 10; i++) {
            assertThat(get("/").body()).isEqualTo("alive");
        }
    }

    @Test
    void a_target_that_breaks_off_after_the_request_was_sent_is_502_and_not_asked_again() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket broken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!broken.isClosed()) {
                    try (Socket connection = broken.accept()) {
                        assertThat(connection.getInputStream().read()).isEqualTo('G');
                        asked.incrementAndGet();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            balancing.listener(port, weight(blue, 1));
            register(blue, broken.getLocalPort());

            assertThat(get("/").statusCode()).isEqualTo(502);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void a_silent_target_is_504() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        balancing.api.modifyLoadBalancerAttributes(b -> b.loadBalancerArn(balancing.balancerArn).attributes(a -> a.key(
                "idle_timeout.timeout_seconds").value("1")));
        balancing.listener(port, weight(blue, 1));
        register(blue, server(exchange -> await(never)));

        assertThat(get("/").statusCode()).isEqualTo(504);
        never.countDown();
    }

    @Test
    void bodies_stream_through_both_ways_in_chunks_and_in_one_piece() throws Exception {
        balancing.listener(port, weight(blue, 1));
        register(blue, server(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean chunked = "chunked".equals(exchange.getRequestHeaders().getFirst("Transfer-Encoding"));
            exchange.sendResponseHeaders(200, chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }));
        byte[] sent = new byte[300_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }

        HttpResponse<byte[]> plain = client.send(request("/").POST(HttpRequest.BodyPublishers.ofByteArray(sent))
                .build(), HttpResponse.BodyHandlers.ofByteArray());
        HttpResponse<byte[]> chunked = client.send(request("/").POST(HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(sent))).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(plain.body()).isEqualTo(sent);
        assertThat(plain.headers().firstValue("Content-Length")).contains("300000");
        assertThat(chunked.body()).isEqualTo(sent);
        assertThat(chunked.headers().firstValue("Transfer-Encoding")).contains("chunked");
    }

    @Test
    void head_and_empty_answers_keep_their_headers() throws Exception {
        balancing.listener(port, weight(blue, 1));
        register(blue, server(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", "1234");
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(204, -1);
            }
            exchange.close();
        }));

        HttpResponse<String> head = client.send(request("/").HEAD().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(head.headers().firstValue("Content-Length")).contains("1234");
        assertThat(get("/").statusCode()).isEqualTo(204);
    }

    @Test
    void the_target_sees_the_client_and_the_original_host() {
        balancing.listener(port, weight(blue, 1));
        register(blue, server(exchange -> answer(exchange, String.join("|", List.of(exchange.getRequestHeaders()
                .getFirst("Host"), exchange.getRequestHeaders().getFirst("X-Forwarded-For"),
                exchange
                        .getRequestHeaders().getFirst("X-Forwarded-Port"),
                exchange.getRequestHeaders().getFirst(
                        "X-Forwarded-Proto"),
                exchange.getRequestURI().toString())))));

        assertThat(get("/a%20b?x=%2F").body()).isEqualTo("127.0.0.1:" + port + "|127.0.0.1|" + port
                + "|http|/a%20b?x=%2F");
    }

    @Test
    void rules_are_tried_by_priority() throws Exception {
        String listener = balancing.listener(port, weight(blue, 1));
        register(blue, target("default"));
        balancing.api.createRule(b -> b.listenerArn(listener).priority(20).conditions(c -> c.field("path-pattern")
                .values("/old/*")).actions(a -> a.type(ActionTypeEnum.REDIRECT).redirectConfig(
                        r -> r.statusCode(
                                RedirectActionStatusCodeEnum.HTTP_301).path("/new/#{path}"))));
        balancing.api.createRule(b -> b.listenerArn(listener).priority(10).conditions(c -> c.field("path-pattern")
                .pathPatternConfig(p -> p.values("/old/gone")),
                c -> c.field("http-request-method")
                        .httpRequestMethodConfig(m -> m.values("GET")))
                .actions(a -> a.type(
                        ActionTypeEnum.FIXED_RESPONSE).fixedResponseConfig(
                                f -> f.statusCode("410").messageBody(
                                        "gone"))));
        balancing.api.createRule(b -> b.listenerArn(listener).priority(30).conditions(c -> c.field("http-header")
                .httpHeaderConfig(h -> h.httpHeaderName("X-Preview").values("ye?"))).actions(fixed("header")));
        balancing.api.createRule(b -> b.listenerArn(listener).priority(40).conditions(c -> c.field("query-string")
                .queryStringConfig(q -> q.values(v -> v.key("version").value("2*")))).actions(fixed("query")));
        balancing.api.createRule(b -> b.listenerArn(listener).priority(50).conditions(c -> c.field("host-header")
                .hostHeaderConfig(h -> h.values("LOCAL*"))).actions(fixed("host")));

        assertThat(get("/old/gone").body()).isEqualTo("gone");
        assertThat(get("/old/page?a=b").headers().firstValue("Location")).contains("http://127.0.0.1:" + port
                + "/new/old/page?a=b");
        assertThat(client.send(request("/").header("X-Preview", "YES").build(), HttpResponse.BodyHandlers.ofString())
                .body()).isEqualTo("header");
        assertThat(get("/?version=2.1").body()).isEqualTo("query");
        assertThat(client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build(),
                HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("host");
        assertThat(get("/").body()).isEqualTo("default");
    }

    @Test
    void a_taken_port_is_said_clearly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> balancing.listener(taken.getLocalPort(), weight(blue, 1))).isInstanceOf(
                    InvalidConfigurationRequestException.class).hasMessageContaining(
                            "Port " + taken.getLocalPort()
                                    + " of 127.0.0.1 cannot be opened");
        }
    }

    @Test
    void an_https_listener_is_refused() {
        assertThatThrownBy(() -> balancing.api.createListener(b -> b.loadBalancerArn(balancing.balancerArn).port(port)
                .protocol(ProtocolEnum.HTTPS))).hasMessageContaining("HTTPS");
    }

    @Test
    void a_closed_listener_gives_its_port_back() {
        String listener = balancing.listener(port, weight(blue, 1));
        balancing.api.deleteListener(b -> b.listenerArn(listener));

        assertThat(balancing.listener(port, weight(blue, 1))).isNotEqualTo(listener);
    }

    private static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action fixed(String text) {
        return software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder().type(
                ActionTypeEnum.FIXED_RESPONSE).fixedResponseConfig(f -> f.statusCode("200").messageBody(text)).build();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(10));
    }

    private void register(String group, int targetPort) {
        balancing.register(group, targetPort);
        balancing.timeline.advance(Duration.ofSeconds(2));
    }

    private int target(String text) {
        return server(exchange -> answer(exchange, text));
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    private int server(Handling handling) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", handling::handle);
            server.start();
            servers.add(server);
            return server.getAddress().getPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
