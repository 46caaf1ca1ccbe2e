package io.greenlane.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.probe.Answer.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no request goes to, whatever names them. */
class HostileAddressesTest {
    private static final Request REQUEST = new Request("GET", "/2018-06-01/runtime/invocation/next", Map.of(), null,
            Duration.ofSeconds(60));

    private static HttpSender deployed(NameService names) {
        return new HttpSender(AddressRule.DEPLOYED, "test", names, SSLContexts.createDefault());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Answer ask(HttpSender sender, String host, RawServer server) {
        return sender.send(new Listener(false, host, server.port()), REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // loopback, where Lambda's runtime API is
            "127.0.0.1", "127.0.0.2", "127.255.255.254", "::1", "[::1]", "0:0:0:0:0:0:0:1", "localhost", "LOCALHOST",
            "localhost.",
            // the same in notations that some resolvers take for addresses
            "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "017700000001", "0177.0.0.1", "127.1", "127.0.1",
            "0x7f.1", "127.0.0.1.", "00127.0.0.1", "127.0.0.0x1", "256.256.256.256", "1.2.3.4.5", "0xa9fea9fe",
            "2852039166", "0251.0376.0251.0376", "169.254.43518",
            // unspecified
            "0.0.0.0", "0.1.2.3", "::", "0",
            // link-local: metadata of EC2, of ECS tasks, of Lambda's own network
            "169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.100.1", "fe80::1", "fe80::1%eth0",
            "febf::1",
            // metadata elsewhere
            "fd00:ec2::254", "fd00:ec2::23", "[fd00:ec2::254]", "fd20:ce::254", "100.100.100.200", "168.63.129.16",
            "192.0.0.192",
            // multicast, broadcast, reserved
            "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "ff05::2",
            // IPv4 inside IPv6
            "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254", "::127.0.0.1", "::a9fe:a9fe",
            "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::127.0.0.1", "64:ff9b:1::a9fe:a9fe", "2002:7f00:1::",
            "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1", "::ffff:0:127.0.0.1", "fec0::1",
            // no host at all
            "", " ", "127.0.0.1 ", "127.0.0.1:80", "shop@127.0.0.1", "127.0.0.1/", "127.0.0.1#", "1\u066127.0.0.1",
            "127\u30020\u30020\u30021", "\u2460\u2461\u2466.0.0.1", "loc\u0000alhost", "localhost\r\nHost: x", "[::1",
            "::1]"})
    void an_address_is_refused_and_no_connection_is_made(String host) {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n");
                HttpSender sender = deployed(NameService.SYSTEM)) {
            assertThat(ask(sender, host, server)).isInstanceOfSatisfying(Nothing.class, nothing -> {
                assertThat(nothing.fault()).isEqualTo(Fault.FORBIDDEN);
                assertThat(nothing.sentence()).endsWith(".").doesNotContain("\r", "\u0000");
            });
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
            "0.0.0.0", "224.0.0.1", "10.0.0.7 127.0.0.1", "127.0.0.1 10.0.0.7", "2600:1f18::1 ::1",
            "10.0.0.7 10.0.0.8 169.254.170.2"})
    void a_name_is_refused_when_one_of_its_addresses_is(String addresses) {
        List<InetAddress> resolved = Arrays.stream(addresses.split(" ")).map(HostileAddressesTest::address).toList();
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n");
                HttpSender sender = deployed(host -> resolved)) {
            assertThat(ask(sender, "internal-shop.eu-west-1.elb.amazonaws.com", server))
                    .isInstanceOfSatisfying(Nothing.class, nothing -> {
                        assertThat(nothing.fault()).isEqualTo(Fault.FORBIDDEN);
                        assertThat(nothing.sentence())
                                .startsWith("The host internal-shop.eu-west-1.elb.amazonaws.com is at ");
                    });
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void the_sentence_names_the_address_and_what_it_is() {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n");
                HttpSender sender = deployed(host -> List.of(address("64:ff9b::a9fe:a9fe")))) {
            assertThat(ask(sender, "shop.example.com", server)).extracting(answer -> ((Nothing) answer).sentence())
                    .isEqualTo("The host shop.example.com is at 64:ff9b:0:0:0:0:a9fe:a9fe, which stands for"
                            + " 169.254.169.254, which is a link-local address, where metadata services are; it is never"
                            + " called.");
        }
    }

    @Test
    void a_name_that_points_elsewhere_later_is_still_called_where_it_was() {
        Iterator<InetAddress> turns = List.of(address("127.0.0.1"), address("169.254.169.254")).iterator();
        List<String> asked = new ArrayList<>();
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                HttpSender sender = new HttpSender(AddressRule.LOCAL, "test", host -> {
                    asked.add(host);
                    return List.of(turns.next());
                }, SSLContexts.createDefault())) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(sender, "shop.example.com", server)).isInstanceOf(Response.class);
            }
            assertThat(asked).containsExactly("shop.example.com");
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    void a_name_that_was_refused_stays_refused() {
        Iterator<InetAddress> turns = List.of(address("169.254.169.254"), address("10.0.0.7")).iterator();
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n");
                HttpSender sender = deployed(host -> List.of(turns.next()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(((Nothing) ask(sender, "shop.example.com", server)).fault()).isEqualTo(Fault.FORBIDDEN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "172.16.3.4", "192.168.1.9", "100.64.0.9", "54.240.1.2", "2600:1f18::1",
            "fd12:3456::7", "64:ff9b::10.0.0.7", "198.51.100.7"})
    void addresses_that_load_balancers_have_are_allowed(String allowed) {
        assertThat(AddressRule.DEPLOYED.objection(address(allowed))).isNull();
        assertThat(AddressRule.LOCAL.objection(address(allowed))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "::", "224.0.0.1", "fe80::1", "fd00:ec2::254",
            "64:ff9b::7f00:1"})
    void on_a_laptop_loopback_is_allowed_and_nothing_else(String refused) {
        assertThat(AddressRule.LOCAL.objection(address("127.0.0.1"))).isNull();
        assertThat(AddressRule.LOCAL.objection(address("::1"))).isNull();
        assertThat(AddressRule.LOCAL.objection(address(refused))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"none, DEPLOYED", "http://127.0.0.1:4566, LOCAL",
            "http://localhost:4566, LOCAL", "http://[::1]:4566/, LOCAL",
            "https://ecs.eu-west-1.amazonaws.com, DEPLOYED",
            "http://127.0.0.1.example.com, DEPLOYED", "http://localhost.example.com, DEPLOYED",
            "http://10.0.0.7:4566, DEPLOYED", "127.0.0.1:4566, DEPLOYED", "'', DEPLOYED",
            "http://user@127.0.0.1/, LOCAL",
            "http://127.0.0.1@evil.example/, DEPLOYED"})
    void a_function_is_local_when_its_aws_is_on_loopback(String endpoint, AddressRule rule) {
        assertThat(AddressRule.forEndpoint(endpoint)).isEqualTo(rule);
    }
}
