package io.greenlane.validation.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.source.AccessLog.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
    private static final String BEFORE = "2026-11-20T22:23:00.186641Z app/shop/50dc6c495c0c9188 192.168.131.39:2817 "
            + "10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 ";
    private static final String AFTER = " \"curl/7.46.0 (\\\"odd\\\") x\" - - arn:aws:elasticloadbalancing:eu-west-1:"
            + "111122223333:targetgroup/blue/73e2d6bc24d8a067 \"Root=1-58337262-36d228ad5d99923122bbe354\" \"-\" \"-\" 0 "
            + "2026-11-20T22:22:48.364000Z \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\" TID_1 and more";

    private static String line(String type, String request) {
        return type + " " + BEFORE + "\"" + request + "\"" + AFTER;
    }

    private static String get(String path) {
        return line("https", "GET https://www.example.com:443" + path + " HTTP/1.1");
    }

    private static Sample draw(int most, String... lines) {
        return AccessLog.draw(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)), most, 7);
    }

    private static List<String> targets(Sample sample) {
        return sample.requests().stream().map(LoggedRequest::target).toList();
    }

    @Test
    void get_and_head_are_kept_and_everything_else_is_counted() {
        Sample sample = draw(10, get("/a?x=1"), line("h2", "HEAD https://h:443/a?x=1 HTTP/2.0"),
                line("http", "POST http://h:80/a HTTP/1.1"), line("wss", "GET https://h:443/ws HTTP/1.1"),
                line("grpcs", "POST https://h:443/g HTTP/2.0"), line("http", "- http://h:80- -"), "", "nonsense");

        assertThat(sample.requests()).containsExactlyInAnyOrder(new LoggedRequest("GET", "/a?x=1"),
                new LoggedRequest("HEAD", "/a?x=1"));
        assertThat(sample.lines()).isEqualTo(7);
        assertThat(sample.ofNoUse()).isEqualTo(4);
        assertThat(sample.broken()).isEqualTo(1);
        assertThat(sample.sentence()).isEqualTo("2 requests drawn from 7 lines of the access log; left out: 4 that are "
                + "not GET or HEAD over HTTP, 0 with a secret in the path, 1 that cannot be understood");
    }

    @ParameterizedTest
    @CsvSource({"/a?token=1&b=2, /a?b=2", "/a?b=2&access_token=1, /a?b=2", "/a?apiKey=1, /a", "/a?api-key=1, /a",
            "/a?APIKEY=1, /a", "/a?key=1&keyword=shoes, /a?keyword=shoes", "/a?pass%77ord=1&q=1, /a?q=1",
            "/a?p%2561ssword=1, /a", "/a?X-Amz-Signature=1&X-Amz-Credential=2&X-Amz-Date=3, /a?X-Amz-Date=3",
            "/a?code=1&state=open, /a?state=open", "/a?PHPSESSIONID=1, /a", "/a?auth=1&author=me, /a?author=me",
            "/a?userEmail=me&page=2, /a?page=2", "/a?contact=me@example.com&page=2, /a?page=2",
            "/a?contact=me%40example.com, /a", "/a?q=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc&r=1, /a?r=1",
            "/a?token, /a", "/a?user[password]=1&user[name]=2, /a?user%5Bname%5D=2", "/a?, /a", "/a, /a",
            "/monkey?zip=1, /monkey?zip=1"})
    void secrets_are_taken_out_of_the_query(String logged, String kept) {
        assertThat(targets(draw(1, get(logged)))).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "/users/me@example.com",
            "/users/me%40example.com/orders", "/shop;jsessionid=ABC/cart"})
    void a_request_with_a_secret_in_its_path_is_left_out(String path) {
        Sample sample = draw(1, get(path));

        assertThat(sample.requests()).isEmpty();
        assertThat(sample.withSecrets()).isEqualTo(1);
    }

    @Test
    void host_and_user_information_are_dropped() {
        assertThat(targets(draw(2, line("http", "GET http://user:pw@10.1.2.3:80/a HTTP/1.1"),
                line("https", "GET https://example.com:443 HTTP/1.1")))).containsExactlyInAnyOrder("/a", "/");
    }

    @Test
    void hostile_lines_are_counted_and_never_break_it() {
        String[] hostile = {get("//evil.example/x"), get("/a/../b"), get("/%2e%2e/b"), get("/a\\x22"), get("/a#b"),
                get("/\u0000"), get("/ä"), get("/%zz"), get("/" + "a".repeat(5000)), get("/a b"),
                line("https", "GET ftp://x/y HTTP/1.1"), line("https", "GET /no-host HTTP/1.1"), line("https", ""),
                line("http3", "GET https://h:443/a HTTP/3"), "\"", "\"\"\"\"", "https \"" + "x".repeat(100),
                "x".repeat(200_000), "https " + BEFORE + "\"GET https://h:443/a HTTP/1.1\"x", "https " + BEFORE,
                get("/a").replace(" 200 200 ", " twohundred 200 "), "\r\r\r x", "\uFFFF",
                "1 2 3 4 5 6 7 8 9 10 11 12 13"};
        Sample sample = draw(100, hostile);

        assertThat(targets(sample)).isEmpty();
        assertThat(sample.broken()).isEqualTo(hostile.length).isEqualTo(sample.lines());
        assertThat(sample.whole()).isTrue();
    }

    @Test
    void noise_never_breaks_it() {
        Random random = new Random(3);
        byte[] good = (get("/a?b=c") + "\n").getBytes(UTF_8);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            for (int j = 0; j < 5; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Sample sample = AccessLog.draw(new ByteArrayInputStream(bytes), 5, i);
            assertThat(sample.requests()).allSatisfy(request -> assertThat(request.target()).matches("/[!-~]*"));
        }
    }

    @Test
    void a_gzip_log_reads_as_a_plain_one_and_a_torn_one_as_far_as_it_goes() throws IOException {
        String text = IntStream.range(0, 500).mapToObj(i -> get("/p" + i)).collect(Collectors.joining("\n"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(UTF_8));
        }
        byte[] bytes = packed.toByteArray();

        Sample whole = AccessLog.draw(new ByteArrayInputStream(bytes), 1000, 1);
        Sample torn = AccessLog.draw(new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2)), 1000, 1);

        assertThat(whole.requests()).hasSize(500);
        assertThat(whole.whole()).isTrue();
        assertThat(torn.whole()).isFalse();
        assertThat(torn.sentence()).endsWith("the log was not read to its end");
        assertThat(whole.requests()).containsAll(torn.requests());
    }

    @Test
    void an_endless_log_comes_to_an_end() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                return length;
            }
        };

        assertThat(AccessLog.draw(endless, 1, 1)).isEqualTo(new Sample(List.of(), 0, 0, 0, 0, false));
    }

    @Test
    void the_same_seed_draws_the_same_requests_whatever_their_order() {
        List<String> lines = IntStream.range(0, 300).mapToObj(i -> get("/p" + i % 100)).collect(Collectors.toList());
        Sample first = draw(20, lines.toArray(String[]::new));
        Collections.shuffle(lines, new Random(1));

        assertThat(draw(20, lines.toArray(String[]::new))).isEqualTo(first);
        assertThat(first.requests()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void rare_requests_are_drawn_as_often_as_frequent_ones() {
        String[] lines = IntStream.range(0, 40).boxed()
                .flatMap(i -> Collections.nCopies(i < 20 ? 1 : 30, get("/p" + i)).stream()).toArray(String[]::new);
        byte[] log = String.join("\n", lines).getBytes(UTF_8);
        Map<String, Integer> drawn = new HashMap<>();
        for (int seed = 0; seed < 400; seed++) {
            AccessLog.draw(new ByteArrayInputStream(log), 10, seed).requests()
                    .forEach(request -> drawn.merge(request.target(), 1, Integer::sum));
        }

        // Each of the 40 is drawn with chance 1/4: 100 of 400 times, give or take 5 standard deviations of 8.7.
        assertThat(drawn).hasSize(40).allSatisfy((target, times) -> assertThat(times).isBetween(57, 143));
    }
}
