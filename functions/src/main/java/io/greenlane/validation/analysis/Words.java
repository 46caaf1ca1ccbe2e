package io.greenlane.validation.analysis;

import io.greenlane.validation.rules.AnalysisRule.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as they stand in a sentence. */
final class Words {
    private Words() {}

    /** Such as {@code 4.2 ms}, {@code 612 ms} or {@code 12.5 s}. */
    static String millis(double millis) {
        return millis >= 10_000 ? plain(millis / 1000, 1) + " s" : plain(millis, millis < 100 ? 1 : 0) + " ms";
    }

    /** Such as {@code 21 %} or {@code 0.53 %}, of a share from 0 to 1. */
    static String percent(double share) {
        double percent = share * 100;
        if (Math.abs(percent) >= 10) {
            return plain(percent, Math.abs(percent) > 99 && Math.abs(percent) < 100 ? 2 : 0) + " %";
        }
        return new BigDecimal(percent).round(new MathContext(2)).stripTrailingZeros().toPlainString() + " %";
    }

    /** Such as {@code 1,500 requests}. */
    static String requests(int count) {
        return number(count) + (count == 1 ? " request" : " requests");
    }

    static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A value of a metric with its unit. */
    static String value(Metric metric, double value) {
        return metric == Metric.ERROR_RATE ? percent(value) : millis(value);
    }

    /** A limit as somebody wrote it: no digits added. */
    static String limit(Metric metric, double value) {
        return metric == Metric.ERROR_RATE
                ? exact(value * 100) + " %"
                : value >= 10_000 ? exact(value / 1000) + " s" : exact(value) + " ms";
    }

    /** A share as somebody wrote it. */
    static String limit(double share) {
        return exact(share * 100) + " %";
    }

    private static String exact(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    /** A metric's name. */
    static String name(Metric metric) {
        return switch (metric) {
            case ERROR_RATE -> "Error rate";
            case LATENCY -> "Latency";
            case LATENCY_P50 -> "Median latency";
            case LATENCY_P90 -> "p90 latency";
            case LATENCY_P95 -> "p95 latency";
            case LATENCY_P99 -> "p99 latency";
        };
    }

    /** Errors by kind, the most frequent first, such as {@code 30 answered 503, 2 timed out}. */
    static String errors(Tally tally) {
        return tally.errorsByKind().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(4).map(kind -> number(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String plain(double value, int decimals) {
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
        return (rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros()).toPlainString();
    }
}
