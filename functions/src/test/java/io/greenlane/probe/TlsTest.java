package io.greenlane.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.greenlane.aws.Clients;
import io.greenlane.aws.PreflightFacts;
import io.greenlane.aws.PreflightFacts.Installed;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.probe.Answer.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Certificates over real sockets; they are made here by the JDK's keytool. */
class TlsTest {
    private static final String LOAD_BALANCER = "internal-shop-1.eu-west-1.elb.amazonaws.com";
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;
    private static KeyStore authority;
    private static KeyStore valid;
    private static KeyStore expired;

    private final List<String> serverNames = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void make_certificates() throws Exception {
        keytool("authority", "-ext", "bc:c");
        keytool("valid", "-signer", "authority", "-ext", "san=dns:shop.example.com");
        keytool("expired", "-signer", "authority", "-ext", "san=dns:shop.example.com", "-startdate", "-3d",
                "-validity", "1");
        KeyStore all = KeyStore.getInstance(directory.resolve("all.p12").toFile(), PASSWORD);
        authority = emptyStore();
        authority.setCertificateEntry("authority", all.getCertificate("authority"));
        valid = alone(all, "valid");
        expired = alone(all, "expired");
    }

    private static void keytool(String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                        name, "-keyalg", "EC", "-dname", "CN=" + name, "-storetype", "PKCS12", "-keystore",
                        directory.resolve("all.p12").toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore alone(KeyStore all, String name) throws Exception {
        KeyStore store = emptyStore();
        store.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
        return store;
    }

    private static HttpSender sender(boolean trusting) throws Exception {
        SSLContext tls = SSLContexts.createDefault();
        if (trusting) {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority);
            tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
        }
        return new HttpSender(AddressRule.LOCAL, "test", host -> List.of(InetAddress.getLoopbackAddress()), tls);
    }

    private HttpsServer server(KeyStore own) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            SSLSession session = ((HttpsExchange) exchange).getSSLSession();
            ((ExtendedSSLSession) session).getRequestedServerNames()
                    .forEach(name -> serverNames.add(((SNIHostName) name).getAsciiName()));
            exchange.getResponseHeaders().set("X-Host", exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Answer ask(HttpSender sender, int port, Map<String, String> headers) {
        return sender.send(new Listener(true, LOAD_BALANCER, port), new Request("GET", "/", headers, null, PLENTY));
    }

    private String reason(KeyStore own, boolean trusting, Map<String, String> headers, Fault fault) throws Exception {
        HttpsServer server = server(own);
        try (HttpSender sender = sender(trusting)) {
            Nothing nothing = (Nothing) ask(sender, server.getAddress().getPort(), headers);
            assertThat(nothing.fault()).isEqualTo(fault);
            assertThat(serverNames).isEmpty();
            return nothing.sentence();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_certificate_is_verified_for_the_name_in_the_host_header_and_the_server_is_told_that_name()
            throws Exception {
        HttpsServer server = server(valid);
        try (HttpSender sender = sender(true)) {
            Response response = (Response) ask(sender, server.getAddress().getPort(),
                    Map.of("Host", "shop.example.com"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-host")).isEqualTo("shop.example.com");
            assertThat(serverNames).containsExactly("shop.example.com");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void without_a_host_header_it_is_the_name_of_the_load_balancer_which_the_certificate_does_not_have()
            throws Exception {
        assertThat(reason(valid, true, Map.of(), Fault.OTHER_NAME))
                .contains("for the name " + LOAD_BALANCER + " failed: the certificate"
                        + " is for another name; give the request a Host header that the certificate has.");
        assertThat(reason(valid, true, Map.of("host", "evil.example.com"), Fault.OTHER_NAME))
                .contains("for the name evil.example.com");
    }

    @Test
    void a_connection_for_one_name_is_not_used_for_another() throws Exception {
        HttpsServer server = server(valid);
        try (HttpSender sender = sender(true)) {
            int port = server.getAddress().getPort();
            assertThat(ask(sender, port, Map.of("host", "shop.example.com"))).isInstanceOf(Response.class);
            assertThat(ask(sender, port, Map.of("host", "evil.example.com"))).isInstanceOf(Nothing.class);
            assertThat(ask(sender, port, Map.of())).isInstanceOf(Nothing.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_certificate_that_nobody_signed_or_that_has_expired_is_refused() throws Exception {
        Map<String, String> headers = Map.of("host", "shop.example.com");
        assertThat(reason(valid, false, headers, Fault.TLS))
                .endsWith("the certificate is signed by nobody who is trusted here.");
        assertThat(reason(expired, true, headers, Fault.TLS)).contains("the certificate has expired (");
    }

    @Test
    void a_bad_certificate_is_told_before_another_name() throws Exception {
        assertThat(reason(valid, false, Map.of(), Fault.TLS)).contains("signed by nobody");
        assertThat(reason(expired, true, Map.of(), Fault.TLS)).contains("has expired");
    }

    @Test
    void the_preflight_asks_by_the_name_that_the_stack_has_for_it() throws Exception {
        HttpsServer server = server(valid);
        try {
            Listener listener = new Listener(true, LOAD_BALANCER, server.getAddress().getPort());

            assertThat(preflight("").ask(listener)).isInstanceOfSatisfying(Nothing.class,
                    nothing -> assertThat(nothing.fault()).isEqualTo(Fault.OTHER_NAME));
            assertThat(preflight("shop.example.com").ask(listener)).isInstanceOfSatisfying(Response.class,
                    response -> assertThat(response.header("x-host")).isEqualTo("shop.example.com"));
        } finally {
            server.stop(0);
        }
    }

    /** Its clients of AWS are not asked anything here. */
    private static PreflightFacts preflight(String checkHost) throws Exception {
        HttpSender sender = sender(true);
        Clients clients = new Clients(UrlConnectionHttpClient.create(), builder -> builder.region(Region.EU_WEST_1));
        return clients.preflightFacts(new Installed("pushes", "arn", "arn", checkHost, "", "", false, List.of(), "arn"),
                () -> sender);
    }

    @Test
    void a_listener_without_tls_or_without_an_end_of_the_handshake_is_told_as_such() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        try (HttpSender sender = sender(true);
                RawServer plain = RawServer.saying("HTTP/1.1 400 Plain HTTP please\r\n\r\n");
                RawServer mute = new RawServer(out -> {
                    try {
                        silence.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })) {
            assertThat(ask(sender, plain.port(), Map.of())).isInstanceOfSatisfying(Nothing.class,
                    nothing -> assertThat(nothing.fault()).isEqualTo(Fault.TLS));
            Nothing never = (Nothing) sender.send(new Listener(true, LOAD_BALANCER, mute.port()),
                    new Request("GET", "/", Map.of(), null, Duration.ofMillis(300)));
            assertThat(never.fault()).isEqualTo(Fault.TLS);
            assertThat(never.sentence()).contains("the handshake was not done within 300 ms");
            silence.countDown();
        }
    }
}
