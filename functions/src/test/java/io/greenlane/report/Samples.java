package io.greenlane.report;

import io.greenlane.probe.Answer;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.difference.Kind;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.run.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records to make reports of. */
final class Samples {
    static final Instant BEGUN = Instant.parse("2026-11-28T10:15:30Z");
    static final Subject SUBJECT = new Subject("d-AB12CD34E", "r-08b7435324b0daeb22311b9aa0330800", "shop/shop-api",
            "shop/api", "v2.4.1", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop-api:42");
    static final String RULES = """
            # What green must do before production moves.
            version: 1
            identity: { header: x-version, equals: v2.4.1, request: GET /version }
            hooks:
              AfterAllowTestTraffic: { checks: [ready], ready_within: 2m }
              BeforeAllowTraffic:
                checks: [ready, catalogue, motto]
                analyses: [side-by-side]
                alarms: { names: [shop-5xx], quiet_for: 1m }
                within: 20m
            checks:
              ready:
                request: GET /health
              catalogue:
                request: GET /api/products
                expect:
                  latency: { warn: 30ms, max: 500ms }
                  json: [ { path: $.items, count: 2 } ]
              motto:
                enforce: false
                request: GET /motto
                expect: { status: 204 }
            analyses:
              side-by-side:
                traffic:
                  requests: [ GET /api/products, GET /health ]
                  rate: 20/s
                  duration: 120s
                  warm_up: 10s
                min_samples: 500
                thresholds:
                  latency_p95: { warn: 90ms, max: 120ms }
                  error_rate: { max: 2% }
                baseline:
                  learn: 50
                  compare:
                    latency: { max_increase: 10%, ignore_below: 2ms }
            """;

    private Samples() {}

    /** A green that is a fifth slower than blue and answers some requests with an error. */
    static ValidationRecord slow() {
        Stage stage = stage();
        Stage.Script well = stage.green;
        stage.green = (request, at) -> at.toSeconds() % 40 == 20
                ? version(Stage.answer(503, "{}", 8))
                : version((Answer.Response) well.answer(request, at));
        return record(HookEvent.BEFORE_ALLOW_TRAFFIC, stage.run(RULES, HookEvent.BEFORE_ALLOW_TRAFFIC,
                Duration.ofMinutes(14)), Duration.ofMinutes(3));
    }

    /** The hook before it, which passed. */
    static ValidationRecord good() {
        return record(HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                stage().run(RULES, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Duration.ofMinutes(14)), Duration.ZERO);
    }

    private static Stage stage() {
        Stage stage = new Stage();
        stage.green = (request, at) -> version(Stage.ok(stage.about(request.target().equals("/health") ? 38 : 48)));
        stage.blue = (request, at) -> Stage.ok(stage.about(request.target().equals("/health") ? 36 : 38));
        return stage;
    }

    private static Answer.Response version(Answer.Response answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers());
        headers.put("x-version", List.of("v2.4.1"));
        return new Answer.Response(answer.status(), headers, answer.body(), false, answer.took());
    }

    private static ValidationRecord record(HookEvent hook, Progress progress, Duration later) {
        Instant begun = BEGUN.plus(later);
        return ValidationRecord.of(SUBJECT, hook, begun, begun.plus(progress.used()), Stage.rules(RULES), progress);
    }

    /** The same record with differences, which a real one has when answers were compared. */
    static ValidationRecord with(ValidationRecord record, Difference... differences) {
        return new ValidationRecord(record.subject(), record.hook(), record.begun(), record.ended(), record.rules(),
                record.findings(),
                record.traffic().stream().map(one -> new Traffic(one.analysis(), one.line(), one.planned(), one.begun(),
                        one.ending(), one.green(), one.blue(), one.limits(), List.of(differences))).toList());
    }

    /** A record in which every text is the given one. */
    static ValidationRecord of(String text) {
        Seen seen = new Seen(10, 3, Map.of(text, 3), 2, text, List.of(new Seen.Percentile(0.5, 12)),
                List.of(new Seen.Moment(0, 10, 3, 12, 20)), 4, 30);
        return new ValidationRecord(new Subject("d-1", text, text, text, text, text, text),
                HookEvent.BEFORE_ALLOW_TRAFFIC, BEGUN, BEGUN.plusSeconds(61),
                new RulesFile(text, text, text, List.of(text, text)),
                Arrays.stream(Result.values()).flatMap(result -> List.of(true, false).stream()
                        .map(enforced -> new Finding(text, new Place(text, 1, 1), result, enforced, text, text, text, 7,
                                0.99)))
                        .toList(),
                List.of(new Traffic(text, 2, 20, 10, text, seen, seen, List.of(new Limit(text, 15, 2)),
                        List.of(new Difference(text, Kind.VALUE, text, text, text, 3, 10, 0, 5, true)))));
    }

    /** Files in memory. */
    static final class MemoryFiles implements ReportFiles {
        final Map<String, String> texts = new HashMap<>();
        final Map<String, String> types = new HashMap<>();

        @Override
        public void write(String name, String contentType, String text) {
            texts.put(name, text);
            types.put(name, contentType);
        }

        @Override
        public @Nullable String read(String name) {
            return texts.get(name);
        }

        String text(String name) {
            return Objects.requireNonNull(texts.get(name), name);
        }
    }
}
