package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.source.FileDocuments;
import io.greenlane.validation.source.LogFiles.Opening;
import io.greenlane.validation.source.Secrets;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that means harm is refused with one sentence, and costs little. */
class HostileFilesTest {
    /** Bytes that may be allocated while a file is read, garbage included: far less than the smallest function has. */
    private static final long MOST_ALLOCATED = 128L * 1024 * 1024;
    private static final Pattern CHARACTER = Pattern.compile("<U\\+([0-9A-F]{4})>");
    private static final String CHECK = "version: 1\nhooks: { AfterAllowTestTraffic: { checks: [a] } }\nchecks:\n  a:\n    request: ";

    /**
     * A file.
     *
     * @param what is wrong with it
     * @param line that the reader must say
     */
    record Hostile(String what, String text, String line) {
        static Hostile of(String entry) {
            int text = entry.indexOf('\n') + 1;
            int line = entry.lastIndexOf("=> ");
            return new Hostile(entry.substring(2, text - 1), characters(entry.substring(text, line)),
                    entry.substring(line + 3).strip());
        }

        private static String characters(String text) {
            return CHARACTER.matcher(text)
                    .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Hostile> small() {
        return Arrays.stream(Files.text(Files.folder("").resolve("hostile.txt")).split("\n\n(?=# )")).map(Hostile::of);
    }

    static Stream<Hostile> large() {
        return Stream.of(
                new Hostile("ten million characters", "version: 1\n#" + "x".repeat(10_000_000),
                        "1:1: The file has 10000012 characters; at most 262144 are read."),
                new Hostile("a hundred thousand open brackets", "version: 1\nx: " + "[".repeat(100_000),
                        "2:23: Values are nested deeper than 20 levels."),
                new Hostile("four hundred levels of indentation", IntStream.range(0, 400)
                        .mapToObj(level -> " ".repeat(level) + "a:").collect(Collectors.joining("\n")),
                        "21:21: Values are nested deeper than 20 levels."),
                new Hostile("many values on one line", "version: 1\nx: [" + "1,".repeat(20_001) + "1]",
                        "2:39995: " + TOO_MANY),
                new Hostile("a long text repeated by aliases", "version: 1\nx: [ &a \"" + "x".repeat(200_000) + "\""
                        + ", *a".repeat(2_000) + " ]", "2:200033: " + TOO_MANY),
                new Hostile("more anchors than anybody needs", "version: 1\nx: [" + repeated(101, "&a%d 1") + "]",
                        "2:795: There are more than 100 anchors."),
                new Hostile("a long body", CHECK + "POST /\n    body: \"" + "x".repeat(200_000) + "\"",
                        "6:11: 'body' has more than 65536 characters."),
                new Hostile("a long path", CHECK + "GET /" + "x".repeat(200_000),
                        "5:14: 'request' has more than 2000 characters."),
                new Hostile("a long method", CHECK + "x".repeat(200_000),
                        "5:14: 'request' must be a method and a path such as GET /health, got '" + "x".repeat(120)
                                + "... (200000 characters)'."),
                new Hostile("a long variable", CHECK + "GET /{{" + "x".repeat(200_000) + "}}",
                        "5:14: There is no variable '" + "x".repeat(120) + "... (200000 characters)' here."
                                + " It may be image.tag, image.digest, deployment.id, service.name, secret:<name>."),
                new Hostile("a long name among many", "version: 1\nhooks: { AfterAllowTestTraffic: { checks: [ "
                        + "x".repeat(100_000) + " ] } }\nchecks: { " + repeated(100, "c%d: { request: GET / }") + " }",
                        "2:45: There is nothing called '" + "x".repeat(120)
                                + "... (100000 characters)' under 'checks'."),
                new Hostile("a long regular expression", CHECK + "GET /\n    expect: { body: [ { matches: \""
                        + "(".repeat(100_000) + "\" } ] }", "6:34: 'matches' is longer than 500 characters."),
                new Hostile("a long JSONPath", CHECK + "GET /\n    expect: { json: [ { exists: true, path: \"$"
                        + "[0]".repeat(30_000) + "\" } ] }",
                        "6:45: 'path' is longer than 500 characters, got '$" + "[0]".repeat(39)
                                + "[0... (90001 characters)'."),
                new Hostile("a large secret many times", "version: 1\nhooks: { AfterAllowTestTraffic: { checks: [ "
                        + repeated(30, "c%d") + " ] } }\nchecks:\n  c0: { request: POST /, body: &large [ "
                        + repeated(12, "\"{{secret:/greenlane/shop/large}}\"") + " ] }\n" + IntStream.range(1, 30)
                                .mapToObj(i -> "  c" + i + ": { request: POST /, body: *large }\n")
                                .collect(Collectors.joining()),
                        "4:401: What variables and secrets stand for adds up to more than 1000000 characters in this"
                                + " file: use them less often."),
                new Hostile("a thousand and one requests", analysis("requests: [ " + repeated(1_001, "GET /%d") + " ]"),
                        "5:26: 'requests' has 1001 items; at most 1000 are allowed."),
                new Hostile("a hundred and one checks", "version: 1\nhooks: { AfterAllowTestTraffic: {} }\nchecks: { "
                        + repeated(101, "c%d: { request: GET / }") + " }", "3:9: There are more than 100 checks."),
                new Hostile(
                        "more access logs than can be read", "version: 1\nhooks: { BeforeAllowTraffic: { analyses: [ "
                                + repeated(6, "a%d") + " ] } }\nanalyses:\n" + IntStream.range(0, 6)
                                        .mapToObj(i -> "  a" + i + ": { traffic: { access_log: \"s3://logs/" + i
                                                + "\" }, baseline: {} }\n")
                                        .collect(Collectors.joining()),
                        "9:20: Requests are drawn from at most 5 access logs in one file: use one of the analyses before"
                                + " at several hooks."));
    }

    private static final String TOO_MANY = "There are more than 20000 values in it; what aliases repeat counts each time,"
            + " and a long text counts as several.";

    private static String repeated(int times, String text) {
        return IntStream.range(0, times).mapToObj(i -> text.replace("%d", Integer.toString(i)))
                .collect(Collectors.joining(", "));
    }

    private static String analysis(String traffic) {
        return "version: 1\nhooks: { BeforeAllowTraffic: { analyses: [a] } }\nanalyses:\n  a:\n    traffic: { "
                + traffic
                + " }\n    thresholds: { error_rate: { max: 1% } }\n";
    }

    private static Reading read(String text) {
        Secrets secrets = name -> name.endsWith("large") ? "s".repeat(4_000) : Files.VARIABLES.secrets().value(name);
        return new RulesReader(new Variables(Files.VARIABLES.values(), secrets),
                uri -> uri.text().startsWith("s3:") ? log() : new FileDocuments().open(uri), 1)
                .read("validation.yaml", null, text);
    }

    private static Opening log() {
        return new Opening.Opened(
                new ByteArrayInputStream(("http 2026-03-04T05:06:07.1Z app/shop/1 1.2.3.4:5 10.0.0.1:80"
                        + " 0 0 0 200 200 1 1 \"GET http://shop:80/a HTTP/1.1\" \"x\" - -\n")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("small")
    void a_hostile_file_is_refused_with_one_sentence(Hostile file) {
        assertThat(refusals(file.text())).containsExactly(file.line());
    }

    @ParameterizedTest
    @MethodSource("large")
    void a_large_hostile_file_is_refused_with_one_sentence(Hostile file) {
        assertThat(refusals(file.text())).containsExactly("validation.yaml:" + file.line());
    }

    @Test
    void there_are_enough_of_them() {
        assertThat(small().map(Hostile::text).distinct()).hasSizeGreaterThan(100);
    }

    private static List<String> refusals(String text) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        Reading reading = read(text);

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).as("bytes allocated").isLessThan(MOST_ALLOCATED);
        return reading instanceof Reading.Refused refused
                ? refused.problems().stream().map(problem -> problem.toString()).toList()
                : List.of();
    }

    @Test
    void an_expression_that_would_never_end_elsewhere_is_harmless() {
        assertThat(read(CHECK + "GET /\n    expect: { body: [ { matches: \"(a+)+$\" } ] }")).isInstanceOf(
                Reading.Usable.class);
    }

    @Test
    void a_hostile_access_log_gives_plain_requests_or_none() {
        List<String> requests = Stream.of("GET http://evil.test@169.254.169.254/latest HTTP/1.1",
                "GET http://h:80//evil.test/ HTTP/1.1", "GET http://h:80/\\\\evil.test HTTP/1.1",
                "GET http://h:80/{{secret:/greenlane/shop/key}} HTTP/1.1", "GET http://h:80/a b HTTP/1.1",
                "GET http://h:80/\u0000 HTTP/1.1", "GET http://h:80/\u001b[2J HTTP/1.1",
                "GET http://h:80/../../x HTTP/1.1",
                "GET http://h:80/#a HTTP/1.1", "GET file:///etc/passwd HTTP/1.1", "GET gopher://h/ HTTP/1.1",
                "DELETE http://h:80/all HTTP/1.1", "GET http://h:80/a?token=abc HTTP/1.1",
                "GET http://h:80/" + "x".repeat(3_000) + " HTTP/1.1", "GET http://h:80/caf\u00e9 HTTP/1.1", "GET",
                "GET http://h:80/ok HTTP/1.1 \\\"").map(
                        request -> "http 2026-03-04T05:06:07.1Z app/shop/1 1.2.3.4:5"
                                + " 10.0.0.1:80 0 0 0 200 200 1 1 \"" + request + "\" \"x\" - -")
                .flatMap(line -> lines(line).stream()).toList();

        assertThat(requests).containsExactlyInAnyOrder("GET /latest", "GET /a",
                "GET /%7B%7Bsecret:/greenlane/shop/key%7D%7D");
    }

    private static List<String> lines(String log) {
        return Files.readWithLog(analysis("access_log: \"s3://logs/one\""),
                log) instanceof Reading.Usable(var rules)
                        ? rules.hooks().values().iterator().next().analyses().get(0).traffic().requests().stream()
                                .map(request -> request.line()).toList()
                        : List.of();
    }
}
