package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.greenlane.hook.GreenCheck.Finding;
import io.greenlane.hook.TestTraffic.Green;
import io.greenlane.validation.ExpectedStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTP server that stands for the test listener. */
class GreenCheckTest {
    private static final String BLUE = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/1";
    private static final String GREEN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/2";

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> weights = new ArrayDeque<>();
    private final VirtualPace pace = new VirtualPace();
    private int last = 200;
    private int requests;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests++;
            last = answers.isEmpty() ? last : answers.remove();
            exchange.sendResponseHeaders(exchange.getRequestURI().toString().equals("/ready?deep=1") ? last : 404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Green green(int port) {
        return new Green(URI.create("http://127.0.0.1:" + port), "test-listener", GREEN, "arn:task-definition/api:7");
    }

    private Finding run(int port, Duration budget) {
        TestTraffic traffic = new TestTraffic() {
            @Override
            public Green green(String application, String deploymentGroup, String deploymentId) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<String, Integer> weights(Green green) {
                return weights.size() > 1 ? weights.remove() : weights.isEmpty() ? Map.of(GREEN, 1) : weights.element();
            }
        };
        Check check = Check.of("/ready?deep=1", ExpectedStatus.parse("200-299,304"), Duration.ofMinutes(5));
        return new GreenCheck(traffic, new HttpProbe(Duration.ofSeconds(2), Duration.ofSeconds(5)), pace, check)
                .run(green(port), budget);
    }

    private Finding run() {
        return run(server.getAddress().getPort(), Duration.ofHours(1));
    }

    @Test
    void three_right_answers_in_a_row_pass() {
        answers.addAll(List.of(200, 304, 204));
        assertThat(run().passed()).isTrue();
        assertThat(requests).isEqualTo(3);
    }

    @Test
    void three_wrong_answers_in_a_row_fail_early_with_a_sentence() {
        answers.add(500);
        assertThat(run()).isEqualTo(new Finding(false, "GET http://127.0.0.1:" + server.getAddress().getPort()
                + "/ready?deep=1 answered 500, 3 times in a row; expected 200-299,304."));
        assertThat(pace.now()).isEqualTo(Duration.ofHours(7).plusSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void what_the_balancer_says_while_nobody_is_ready_is_asked_again(int status) {
        for (int i = 0; i < 100; i++) {
            answers.add(status);
        }
        answers.addAll(List.of(200, 200, 200));
        assertThat(run().passed()).isTrue();
        assertThat(requests).isEqualTo(103);
    }

    @Test
    void answers_that_change_are_asked_until_enough_agree() {
        answers.addAll(List.of(200, 500, 200, 200, 503, 200, 500, 500, 200, 200, 200));
        assertThat(run().passed()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void a_redirect_is_an_answer_of_its_own() {
        answers.add(302);
        assertThat(run().passed()).isFalse();
    }

    @Test
    void nobody_listening_is_not_ready_until_time_is_up_and_then_the_sentence_says_so() {
        int port = server.getAddress().getPort();
        server.stop(0);
        Finding finding = run(port, Duration.ofHours(1));
        assertThat(finding.passed()).isFalse();
        assertThat(finding.sentence()).contains("not proven good within 300 seconds", "the connection was refused");
    }

    @Test
    void the_deadline_of_the_function_ends_the_check_even_when_it_could_take_longer() {
        answers.add(503);
        Finding finding = run(server.getAddress().getPort(), Duration.ofSeconds(10));
        assertThat(finding.sentence()).contains("within 10 seconds", "answered 503");
        assertThat(pace.now()).isLessThan(Duration.ofHours(7).plusSeconds(10));
    }

    @Test
    void without_any_time_it_fails_at_once() {
        assertThat(run(server.getAddress().getPort(), Duration.ZERO).passed()).isFalse();
    }

    @Test
    void right_answers_of_blue_never_count() {
        weights.add(Map.of(BLUE, 1));
        Finding finding = run();
        assertThat(finding.passed()).isFalse();
        assertThat(finding.sentence()).contains("does not forward to green's target group green");
        assertThat(requests).isZero();
    }

    @Test
    void while_blue_has_a_share_nothing_counts() {
        weights.addAll(List.of(Map.of(BLUE, 1), Map.of(BLUE, 1, GREEN, 99), Map.of(BLUE, 0, GREEN, 100)));
        assertThat(run().passed()).isTrue();
        assertThat(requests).isEqualTo(3);
    }

    @Test
    void an_answer_before_the_listener_moved_back_to_blue_does_not_count() {
        weights.addAll(List.of(Map.of(GREEN, 1), Map.of(GREEN, 1), Map.of(BLUE, 1), Map.of(GREEN, 1)));
        assertThat(run().passed()).isTrue();
        assertThat(requests).isEqualTo(5);
    }
}
