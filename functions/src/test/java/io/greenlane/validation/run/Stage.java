package io.greenlane.validation.run;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.validation.Alarms;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Routing;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.reading.RulesReader;
import io.greenlane.validation.source.LogFiles.Opening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A service behind two listeners in virtual time, and the rules that it is validated by. */
public final class Stage implements Pace {
    static final Listener GREEN = new Listener(false, "green.example.test", 8080);
    static final Listener BLUE = new Listener(false, "blue.example.test", 80);
    static final String SECRET = "s3cr3t-4711";
    private static final Duration BEGIN = Duration.ofHours(5);

    final List<String> asked = new ArrayList<>();
    final Random noise = new Random(3);
    public Script green = (request, at) -> ok(about(40));
    public Script blue = (request, at) -> ok(about(40));
    Routing routing = () -> null;
    Alarms alarms = names -> names.stream().map(name -> new Alarm(name, State.OK, "")).toList();
    int slices;
    private Duration now = BEGIN;

    /** What a listener answers to a request at a time since the begin. */
    public interface Script {
        Answer answer(Request request, Duration at);
    }

    public static Answer.Response ok(double millis) {
        return answer(200, "{\"items\":[1,2]}", millis);
    }

    public static Answer.Response answer(int status, String body, double millis) {
        return new Answer.Response(status, Map.of("content-type", List.of("application/json")), body, false,
                Duration.ofNanos((long) (millis * 1e6)));
    }

    public double about(double median) {
        return median * Math.exp(0.2 * noise.nextGaussian());
    }

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

    Duration since() {
        return now.minus(BEGIN);
    }

    public static ValidationRules rules(String text) {
        Reading reading = new RulesReader(
                new Variables(Map.of(Variables.DEPLOYMENT_ID, "d-1"), name -> SECRET),
                uri -> new Opening.Unavailable("there is none"), 1).read("validation.yaml", "3", text);
        return switch (reading) {
            case Reading.Usable(ValidationRules rules) -> rules;
            case Reading.Refused refused -> throw new AssertionError(refused.sentence());
        };
    }

    /** Slice after slice, each after a while and from the text that the one before left. */
    public Progress run(String text, HookEvent hook, Duration budget) {
        ValidationRules rules = rules(text);
        Random random = new Random(7);
        Progress progress = Progress.NONE;
        for (slices = 0; !progress.done(); slices++) {
            if (slices > 500) {
                throw new AssertionError("the validation never ends: " + progress.conclusion().findings());
            }
            Bench bench = new Bench((listener, request) -> {
                asked.add(listener.host() + " " + request.line());
                return (listener.equals(GREEN) ? green : blue).answer(request, since());
            }, GREEN, BLUE, () -> routing.doubt(), this, random);
            progress = new Validation(rules, hook, bench, names -> alarms.now(names))
                    .go(Progress.from(new JsonObject("progress", Json.object(Json.text(progress.members())))), budget);
        }
        return progress;
    }

    public Progress run(String text) {
        return run(text, HookEvent.BEFORE_ALLOW_TRAFFIC, Duration.ofHours(2));
    }

    /** Rule and result of each finding, a line each. */
    public static List<String> results(Progress progress) {
        return progress.findings().stream().map(one -> one.rule() + " " + one.result()).toList();
    }

    public static Finding finding(Progress progress, String rule) {
        return progress.findings().stream().filter(one -> one.rule().equals(rule)).findFirst().orElseThrow();
    }
}
