package io.greenlane.report;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How all forms of a report say the same things. */
final class Telling {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter
            .ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Telling() {}

    /** A result in a word. */
    static String word(Result result) {
        return switch (result) {
            case PASS -> "passed";
            case WARN -> "passed with a warning";
            case INCONCLUSIVE -> "inconclusive";
            case FAIL -> "failed";
        };
    }

    /** A result as a sign that does without colour. */
    static String sign(Result result) {
        return switch (result) {
            case PASS -> "\u2713";
            case WARN -> "!";
            case INCONCLUSIVE -> "?";
            case FAIL -> "\u2717";
        };
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** Such as {@code 42 s} or {@code 3 min 5 s}. */
    static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Where a rule stands, for a narrow column. */
    static String place(Finding finding) {
        return finding.place().line() == 0 ? finding.place().source() : "line " + finding.place().line();
    }

    /** As a share of a hundred; empty where no statistics are involved. */
    static String confidence(Finding finding) {
        return finding.confidence() == null ? "" : Rounded.percent(finding.confidence());
    }

    /** How many of each result, such as {@code 5 passed, 1 failed}. */
    static String counts(List<Finding> findings) {
        return Arrays.stream(Result.values()).map(result -> Map.entry(result,
                findings.stream().filter(finding -> finding.result() == result).count()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " "
                        + (count.getKey() == Result.WARN ? "warned" : word(count.getKey())))
                .collect(Collectors.joining(", "));
    }
}
