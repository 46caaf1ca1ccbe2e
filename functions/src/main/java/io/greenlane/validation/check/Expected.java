package io.greenlane.validation.check;

import com.google.re2j.Pattern;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.check.Judgement.Violation;
import io.greenlane.validation.rules.Expectation;
import io.greenlane.validation.rules.JsonRule;
import io.greenlane.validation.rules.LatencyRule;
import io.greenlane.validation.rules.TextRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares an answer with all that is expected of it. */
record Expected(Expectation expectation, Place place) {
    Judgement judge(Request request, Answer answer) {
        return switch (answer) {
            case Answer.Nothing nothing ->
                Judgement.of(List.of(new Violation(Told.result(nothing.fault()), place, Told.fault(request, nothing),
                        "an answer within " + Told.time(request.timeout()), "no answer")));
            case Answer.Response response -> judge(request.line(), response);
        };
    }

    private Judgement judge(String line, Answer.Response response) {
        List<Violation> violations = new ArrayList<>();
        if (!expectation.status().includes(response.status())) {
            violations.add(new Violation(Result.FAIL, place,
                    line + " answered " + Told.status(response) + ", expected " + expectation.status(),
                    "status " + expectation.status(), Told.status(response)));
        }
        if (expectation.latency() != null) {
            addLate(line, response.took(), expectation.latency(), violations);
        }
        expectation.headers().forEach(rule -> addText(line, rule, header(response, rule), false, violations));
        expectation.body().forEach(
                rule -> addText(line, rule, response.body().isEmpty() ? List.of() : List.of(response.body()),
                        response.cut(), violations));
        if (!expectation.json().isEmpty()) {
            addJson(line, JsonBody.of(response), response.cut(), violations);
        }
        return violations.isEmpty()
                ? new Judgement(Result.PASS,
                        line + " answered " + response.status() + " in " + Told.millis(response.took())
                                + ", as expected (" + place + ")",
                        "status " + expectation.status(),
                        response.status() + " in " + Told.millis(response.took()))
                : Judgement.of(violations);
    }

    private static void addLate(String line, Duration took, LatencyRule rule, List<Violation> violations) {
        Duration max = rule.max();
        Duration warn = rule.warn();
        boolean failed = max != null && took.compareTo(max) > 0;
        Duration limit = failed ? max : warn;
        if (limit != null && took.compareTo(limit) > 0) {
            violations.add(new Violation(failed ? Result.FAIL : Result.WARN, rule.place(), line + " took "
                    + Told.millis(took) + ", expected at most " + Told.millis(limit), "at most " + Told.millis(limit),
                    Told.millis(took)));
        }
    }

    private static List<String> header(Answer.Response response, TextRule rule) {
        return response.headers().getOrDefault(rule.name().toLowerCase(Locale.ROOT), List.of());
    }

    /** A header may come several times: one value that fits is enough. */
    private static void addText(String line, TextRule rule, List<String> values, boolean cut,
            List<Violation> violations) {
        boolean fits = rule.match() instanceof TextRule.Match.Exists exists
                ? exists.there() == !values.isEmpty()
                : values.stream().anyMatch(value -> fits(rule.match(), value));
        if (fits) {
            return;
        }
        String what = rule.name().isEmpty() ? "the body" : "header " + rule.name();
        String seen = values.isEmpty() ? "not there" : Told.value(values.get(0));
        boolean unsure = cut && !(rule.match() instanceof TextRule.Match.Equals);
        violations.add(new Violation(unsure ? Result.INCONCLUSIVE : Result.FAIL, rule.place(),
                line + ": " + what + " is " + seen + ", expected " + wanted(rule.match())
                        + (unsure ? "; it is longer than what is kept of it" : ""),
                what + " " + wanted(rule.match()), seen));
    }

    private static boolean fits(TextRule.Match match, String value) {
        return switch (match) {
            case TextRule.Match.Equals(String text) -> value.equals(text);
            case TextRule.Match.Contains(String text) -> value.contains(text);
            case TextRule.Match.Matches(String expression) -> Pattern.compile(expression).matcher(value).find();
            case TextRule.Match.Exists(boolean there) -> there;
        };
    }

    private static String wanted(TextRule.Match match) {
        return switch (match) {
            case TextRule.Match.Equals(String text) -> Told.value(text);
            case TextRule.Match.Contains(String text) -> "to contain " + Told.value(text);
            case TextRule.Match.Matches(String expression) -> "to match " + Told.value(expression);
            case TextRule.Match.Exists(boolean there) -> there ? "to be there" : "not to be there";
        };
    }

    private void addJson(String line, JsonBody body, boolean cut, List<Violation> violations) {
        switch (body) {
            case JsonBody.Unreadable(String why) -> {
                JsonRule first = expectation.json().get(0);
                violations.add(new Violation(cut ? Result.INCONCLUSIVE : Result.FAIL, first.place(),
                        line + " " + why + ", expected " + first.path() + " " + JsonMatch.wanted(first.match()), "JSON",
                        "no JSON"));
            }
            case JsonBody.Parsed parsed -> expectation.json().forEach(rule -> {
                Found found = Found.at(rule.path(), parsed);
                if (!JsonMatch.fits(rule.match(), found)) {
                    String seen = JsonMatch.seen(rule.match(), found);
                    violations.add(new Violation(Result.FAIL, rule.place(), line + ": " + rule.path() + " is " + seen
                            + ", expected " + JsonMatch.wanted(rule.match()),
                            rule.path() + " "
                                    + JsonMatch.wanted(rule.match()),
                            seen));
                }
            });
        }
    }
}
