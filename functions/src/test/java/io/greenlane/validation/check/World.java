package io.greenlane.validation.check;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.validation.Bench;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.Expectation;
import io.greenlane.validation.rules.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** A listener in memory, in virtual time: answers and routing are what a test says at that moment. */
final class World implements Pace, Sender {
    final List<Request> asked = new ArrayList<>();
    int looks;
    Supplier<String> routing = () -> null;
    Function<Request, Answer> answers = request -> answer(200, "");
    private Duration now = Duration.ofHours(3);

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void begin(Runnable work) {
        work.run();
    }

    @Override
    public Answer send(Listener listener, Request request) {
        asked.add(request);
        return answers.apply(request);
    }

    Duration since() {
        return now.minus(Duration.ofHours(3));
    }

    Bench bench() {
        return new Bench(this, new Listener(false, "test.example", 8080), null, () -> {
            looks++;
            return routing.get();
        }, this, new Random(1));
    }

    static Answer.Response answer(int status, String body, String... headers) {
        return answer(Duration.ofMillis(12), status, body, headers);
    }

    static Answer.Response answer(Duration took, int status, String body, String... headers) {
        Map<String, List<String>> all = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new Answer.Response(status, all, body, false, took);
    }

    static Answer.Nothing nothing(Answer.Fault fault) {
        return new Answer.Nothing(fault, "it was " + fault, Duration.ofMillis(5));
    }

    static Place line(int line) {
        return new Place("validation.yaml", line, 3);
    }

    static Request get(String target) {
        return new Request("GET", target, Map.of(), null, Duration.ofSeconds(3));
    }

    static Expectation status(String status) {
        return new Expectation(ExpectedStatus.parse(status), null, List.of(), List.of(), List.of());
    }

    static CheckRule check(Expectation expectation, Retry retry) {
        return new CheckRule("ready", line(12), true, get("/health"), expectation, retry);
    }
}
