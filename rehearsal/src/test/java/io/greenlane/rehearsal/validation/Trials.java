package io.greenlane.rehearsal.validation;

import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.ValidationRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many trials of one kind came to which result.
 *
 * @param label as it stands in a table
 */
record Trials(String label, Map<Result, Integer> counts) {
    /** 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959964;

    /** Makes so many trials, on all processors; the label decides the seeds, so that the same ones are made in any order of the rows. */
    static Trials of(String label, ValidationRules rules, Fault fault, Conditions conditions, int number) {
        return of(label, IntStream.range(0, number).parallel()
                .mapToObj(i -> new Trial(rules, fault, conditions, seed(label, i)).run()).toList());
    }

    static Trials of(String label, List<Conclusion> conclusions) {
        Map<Result, Integer> counts = new EnumMap<>(Result.class);
        conclusions.forEach(conclusion -> counts.merge(conclusion.result(), 1, Integer::sum));
        return new Trials(label, counts);
    }

    static long seed(String label, int index) {
        return ((long) label.hashCode() << Integer.SIZE) + index;
    }

    int count(Result result) {
        return counts.getOrDefault(result, 0);
    }

    int runs() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    double share(Result result) {
        return (double) count(result) / runs();
    }

    /** A line of a table: a column for each result, then the share of one of them. */
    String line(Result counted) {
        return String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %,d | %,d | %s |\n", label, runs(),
                count(Result.PASS), count(Result.WARN), count(Result.INCONCLUSIVE), count(Result.FAIL),
                percent(counted));
    }

    /** Share of a result in percent, with the interval of Wilson for a confidence of 95 %. */
    private String percent(Result result) {
        double n = runs();
        double p = share(result);
        double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
        return String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * p, 100 * Math.max(0, middle - half),
                100 * Math.min(1, middle + half));
    }
}
