package io.greenlane.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.probe.Answer.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over real sockets on loopback. */
class HttpSenderTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HttpSender sender = new HttpSender(AddressRule.LOCAL, "AfterAllowTestTraffic");

    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        sender.close();
    }

    private static Request get(String target, Duration timeout) {
        return new Request("GET", target, Map.of(), null, timeout);
    }

    private Response response(RawServer server) {
        return (Response) sender.send(server.listener(), get("/", PLENTY));
    }

    private Nothing nothing(RawServer server, Duration timeout) {
        return (Nothing) sender.send(server.listener(), get("/", timeout));
    }

    private static String head(String status, String... headers) {
        return "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n";
    }

    private static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }

    @Test
    void a_request_is_sent_as_it_is_written_and_says_what_it_is() {
        try (RawServer server = RawServer.saying(ok("", ""))) {
            sender.send(server.listener(), new Request("POST", "/a/%2F..//b?x={1}&y=[2]|",
                    Map.of("accept", "text/html", "X-Shop", "1"), "{}", PLENTY));
            assertThat(server.heads()).singleElement().satisfies(head -> {
                assertThat(head.get(0)).isEqualTo("POST /a/%2F..//b?x={1}&y=[2]| HTTP/1.1");
                assertThat(head.subList(1, head.size())).containsExactlyInAnyOrder("accept: text/html", "X-Shop: 1",
                        "Host: 127.0.0.1:" + server.port(), "X-Greenlane-Validation: AfterAllowTestTraffic",
                        "User-Agent: greenlane-validation", "Content-Length: 2", "Connection: keep-alive");
            });
        }
    }

    @Test
    void a_host_header_replaces_the_name_of_the_load_balancer() {
        try (RawServer server = RawServer.saying(ok("", ""))) {
            sender.send(server.listener(), new Request("GET", "/", Map.of("host", "shop.example.com"), null, PLENTY));
            assertThat(server.heads().get(0)).contains("Host: shop.example.com")
                    .noneMatch(line -> line.contains("127.0.0.1"));
        }
    }

    @Test
    void the_answer_has_its_status_headers_in_small_letters_and_body() {
        try (RawServer server = RawServer
                .saying(ok("Set-Cookie: a=1\r\nSET-COOKIE: b=2\r\nX-Empty:\r\n", "gr\u00c3\u00bcn"))) {
            Response response = response(server);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).containsEntry("set-cookie", List.of("a=1", "b=2")).containsEntry("x-empty",
                    List.of(""));
            assertThat(response.body()).isEqualTo("gr\u00fcn");
            assertThat(response.cut()).isFalse();
            assertThat(response.took()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_an_answer_and_is_not_followed(int status) {
        try (RawServer elsewhere = RawServer.saying(ok("", ""));
                RawServer server = RawServer
                        .saying("HTTP/1.1 " + status + " Elsewhere\r\nConnection: close\r\nLocation: "
                                + elsewhere.listener() + "/\r\n\r\n")) {
            assertThat(response(server).status()).isEqualTo(status);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void neither_cookies_nor_credentials_are_kept_or_asked_for() {
        try (RawServer server = RawServer.saying(head("401 Who", "Set-Cookie: a=1; Path=/",
                "WWW-Authenticate: Basic realm='shop'") + "\r\n")) {
            assertThat(response(server).status()).isEqualTo(401);
            assertThat(response(server).status()).isEqualTo(401);
            assertThat(server.heads()).hasSize(2).allSatisfy(head -> assertThat(head)
                    .noneMatch(line -> line.startsWith("Cookie") || line.startsWith("Authorization")));
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
    void an_answer_without_a_body_is_whole(String method, int status) {
        try (RawServer server = RawServer
                .saying("HTTP/1.1 " + status + " Fine\r\nContent-Length: 100\r\nContent-Encoding: gzip\r\n\r\n")) {
            Response response = (Response) sender.send(server.listener(),
                    new Request(method, "/", Map.of(), null, PLENTY));
            assertThat(response.body()).isEmpty();
            assertThat(response.cut()).isFalse();
        }
    }

    @Test
    void of_a_body_without_end_a_part_is_kept_and_the_rest_is_not_read() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> {
            try {
                out.write(ok("", "").getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write("endless ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                left.countDown();
                throw e;
            }
        })) {
            Response response = response(server);
            assertThat(response.body()).hasSize(Body.MOST).startsWith("endless endless");
            assertThat(response.cut()).isTrue();
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_body_that_just_fits_is_whole() {
        try (RawServer server = RawServer.saying(ok("Content-Length: " + Body.MOST + "\r\n", "x".repeat(Body.MOST)))) {
            Response response = response(server);
            assertThat(response.body()).hasSize(Body.MOST);
            assertThat(response.cut()).isFalse();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static RawServer packed(byte[] body) {
        return new RawServer(out -> {
            out.write(ok("Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n", "")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        });
    }

    @Test
    void a_gzip_body_is_unpacked_and_a_bomb_does_no_harm() throws IOException {
        try (RawServer server = packed(gzip("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
                RawServer bomb = packed(gzip(new byte[100 * 1024 * 1024]))) {
            assertThat(response(server).body()).isEqualTo("{\"a\": 1}");
            assertThat(response(server).cut()).isFalse();
            assertThat(response(bomb).body()).hasSize(Body.MOST);
            assertThat(response(bomb).cut()).isTrue();
        }
    }

    @Test
    void gzip_members_that_hold_nothing_end_with_what_is_read_of_the_wire() throws IOException {
        byte[] nothing = gzip(new byte[0]);
        try (RawServer server = new RawServer(out -> {
            out.write(ok("Content-Encoding: gzip\r\n", "").getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(nothing);
            }
        })) {
            assertThat(response(server).body()).isEmpty();
            assertThat(response(server).cut()).isTrue();
        }
    }

    @Test
    void a_broken_gzip_body_is_told_as_such() throws IOException {
        byte[] half = gzip("half of it".getBytes(StandardCharsets.UTF_8));
        try (RawServer plain = packed("plain text".getBytes(StandardCharsets.UTF_8))) {
            assertThat(nothing(plain, PLENTY).sentence())
                    .isEqualTo(plain.listener() + " sent a body that is said to be gzip and is not.");
        }
        for (int length : new int[]{1, 10, half.length - 9, half.length - 1}) {
            try (RawServer early = packed(Arrays.copyOf(half, length))) {
                assertThat(nothing(early, PLENTY).sentence())
                        .isEqualTo(early.listener() + " sent a gzip body that ends too early.");
            }
        }
    }

    @Test
    void a_gzip_header_may_have_all_its_parts() throws IOException {
        byte[] simple = gzip("whole".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(simple, 0, 3);
        full.write(2 + 4 + 8 + 16);
        full.write(simple, 4, 6);
        full.write(new byte[]{3, 0, 'a', 'b', 'c', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2});
        full.write(simple, 10, simple.length - 10);
        try (RawServer server = packed(full.toByteArray())) {
            assertThat(response(server).body()).isEqualTo("whole");
            assertThat(response(server).cut()).isFalse();
        }
    }

    @Test
    void headers_are_bounded_in_number_and_length() {
        try (RawServer many = RawServer.saying(ok("X-A: 1\r\n".repeat(100), ""));
                RawServer fits = RawServer.saying(ok("X-A: 1\r\n".repeat(99), ""));
                RawServer endless = new RawServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write("endless".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                    }
                })) {
            assertThat(nothing(many, PLENTY).fault()).isEqualTo(Fault.BROKEN);
            assertThat(nothing(many, PLENTY).sentence()).contains("more or longer headers than are read (100,");
            assertThat(nothing(endless, PLENTY).fault()).isEqualTo(Fault.BROKEN);
            assertThat(response(fits).headers().get("x-a")).hasSize(99);
        }
    }

    @Test
    void an_answer_that_drips_is_over_when_its_time_is() {
        try (RawServer server = new RawServer(out -> {
            out.write(ok("Content-Length: 1000000\r\n", "").getBytes(StandardCharsets.US_ASCII));
            drip(out);
        })) {
            Nothing nothing = nothing(server, SHORT);
            assertThat(nothing.fault()).isEqualTo(Fault.TIMED_OUT);
            assertThat(nothing.sentence()).isEqualTo(
                    server.listener() + " took the request, but its whole answer was not there within 300 ms.");
            assertThat(nothing.took()).isGreaterThanOrEqualTo(SHORT);
        }
    }

    /** A byte at a time, so that no single read waits long. */
    private void drip(OutputStream out) throws IOException {
        try {
            while (!over.await(1, TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interim_answers_without_end_are_no_answer() {
        try (RawServer server = new RawServer(out -> {
            while (true) {
                out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertThat(nothing(server, SHORT).fault()).isEqualTo(Fault.TIMED_OUT);
        }
    }

    @Test
    void headers_that_drip_and_an_answer_that_never_comes_are_over_as_well() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        try (RawServer dripping = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            drip(out);
        }); RawServer silent = new RawServer(out -> awaitQuietly(silence))) {
            assertThat(nothing(dripping, SHORT).fault()).isEqualTo(Fault.TIMED_OUT);
            assertThat(nothing(silent, SHORT).fault()).isEqualTo(Fault.TIMED_OUT);
            silence.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_connection_that_ends_too_early_is_broken_and_nothing_is_sent_twice() {
        try (RawServer mute = RawServer.saying("");
                RawServer half = RawServer.saying(ok("Content-Length: 100\r\n", "half"));
                RawServer chunk = RawServer.saying(ok("Transfer-Encoding: chunked\r\n", "5\r\nha"));
                RawServer other = RawServer.saying("SSH-2.0-OpenSSH_9.6\r\n\r\n")) {
            assertThat(nothing(mute, PLENTY).sentence())
                    .isEqualTo(mute.listener() + " closed the connection without an answer.");
            assertThat(nothing(half, PLENTY).sentence())
                    .isEqualTo(half.listener() + " closed the connection before the answer was whole.");
            assertThat(nothing(chunk, PLENTY).fault()).isEqualTo(Fault.BROKEN);
            assertThat(nothing(other, PLENTY).fault()).isEqualTo(Fault.BROKEN);
            assertThat(mute.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_port_where_nothing_listens_refuses() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Nothing nothing = (Nothing) sender.send(new Listener(false, "127.0.0.1", port), get("/", PLENTY));
        assertThat(nothing.fault()).isEqualTo(Fault.REFUSED);
        assertThat(nothing.sentence())
                .isEqualTo("http://127.0.0.1:" + port + " refused the connection: nothing listens on this port.");
    }

    /** A full queue of connections stands for a security group: Linux drops what does not fit in. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void without_a_connection_the_security_group_is_named() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 16; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                waiting.add(channel);
            }
            Nothing nothing = (Nothing) sender.send(new Listener(false, "127.0.0.1", full.getLocalPort()),
                    get("/", SHORT));
            assertThat(nothing.fault()).isEqualTo(Fault.NO_CONNECTION);
            assertThat(nothing.sentence()).startsWith("There was no connection to http://127.0.0.1:")
                    .contains("security groups", "subnet");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void a_name_without_an_address_is_unknown_and_is_asked_for_again() {
        List<String> asked = new ArrayList<>();
        try (RawServer server = RawServer.saying(ok("", ""));
                HttpSender named = new HttpSender(AddressRule.LOCAL, "test", host -> {
                    asked.add(host);
                    if (asked.size() == 1) {
                        throw new java.net.UnknownHostException(host);
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                }, org.apache.hc.core5.ssl.SSLContexts.createDefault())) {
            Listener listener = new Listener(false, "Shop.example", server.port());
            Nothing nothing = (Nothing) named.send(listener, get("/", PLENTY));
            assertThat(nothing.fault()).isEqualTo(Fault.UNKNOWN_HOST);
            assertThat(nothing.sentence())
                    .isEqualTo("The name shop.example has no address; is there still such a load balancer?");
            assertThat(named.send(listener, get("/", PLENTY))).isInstanceOf(Response.class);
            assertThat(asked).containsExactly("shop.example", "shop.example");
        }
    }

    @Test
    void five_hundred_requests_to_one_listener_are_under_way_at_once() throws Exception {
        CountDownLatch arrived = new CountDownLatch(500);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                arrived.countDown();
                awaitQuietly(arrived);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            Listener listener = new Listener(false, "127.0.0.1", server.getAddress().getPort());
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(threads.submit(() -> sender.send(listener, get("/", PLENTY))));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Response.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nHost: evil", "/a b", "/\u00e4", "/a\u0000"})
    void a_target_that_would_end_its_line_is_not_sent(String target) {
        try (RawServer server = RawServer.saying(ok("", ""))) {
            assertThatThrownBy(() -> sender.send(server.listener(), get(target, PLENTY)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("The target cannot be sent: ");
            assertThatThrownBy(() -> sender.send(server.listener(),
                    new Request("GET", "/", Map.of("X-A", "1\r\nX-B: 2"), null, PLENTY)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void an_interrupted_request_is_no_answer() {
        CountDownLatch silence = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> {
            arrived.countDown();
            awaitQuietly(silence);
        })) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    sender.send(server.listener(), get("/", PLENTY));
                } catch (RuntimeException e) {
                    thrown.complete(e);
                }
            });
            awaitQuietly(arrived);
            asking.interrupt();
            assertThat(thrown.join()).hasMessage("The request was interrupted");
            silence.countDown();
        }
    }
}
