package io.greenlane.report;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.analysis.Course;
import io.greenlane.validation.analysis.Evidence;
import io.greenlane.validation.analysis.Side;
import io.greenlane.validation.analysis.Tally;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one side while traffic went to it.
 *
 * @param counted requests that count
 * @param errors how many of them were errors
 * @param errorsByKind the same, by what happened
 * @param doubted answers that do not count, since they may be another version's
 * @param doubt why not; null when all count
 * @param percentiles of the latencies, from the smallest share to the largest
 * @param course over time
 * @param warmUp requests before those that count
 * @param warmUpMedianMillis of their latencies
 */
public record Seen(int counted, int errors, Map<String, Integer> errorsByKind, int doubted, @Nullable String doubt,
        List<Percentile> percentiles, List<Moment> course, int warmUp, double warmUpMedianMillis) {
    private static final int STEPS_PER_NINE = 10;
    private static final int NINES = 4;

    public Seen {
        errorsByKind = Collections.unmodifiableMap(new TreeMap<>(errorsByKind));
        percentiles = List.copyOf(percentiles);
        course = List.copyOf(course);
    }

    /**
     * A point of the distribution.
     *
     * @param share from 0 to 1 of all latencies that are not longer
     */
    public record Percentile(double share, double millis) {}

    /**
     * A span of time.
     *
     * @param second since the analysis began
     */
    public record Moment(int second, int requests, int errors, double medianMillis, double p95Millis) {}

    static Seen of(Evidence evidence, Side side) {
        Tally all = evidence.all(side);
        Tally warmUp = evidence.warmUp(side);
        return new Seen(all.counted(), all.errors(), all.errorsByKind(), all.doubted(), all.doubt(),
                percentiles(all), evidence.course(side).stream().map(Seen::moment).toList(),
                warmUp.counted(), warmUp.latencies().millis(0.5));
    }

    private static Moment moment(Course.Point point) {
        return new Moment((int) point.from().toSeconds(), point.requests(), point.errors(), point.medianMillis(),
                point.p95Millis());
    }

    /** As many nines as there are latencies for. */
    private static List<Percentile> percentiles(Tally tally) {
        List<Percentile> points = new ArrayList<>();
        int count = tally.latencies().count();
        for (int step = 0; step <= NINES * STEPS_PER_NINE; step++) {
            double share = 1 - Math.pow(10, -(double) step / STEPS_PER_NINE);
            if ((1 - share) * count < 1) {
                break;
            }
            points.add(new Percentile(share, tally.latencies().millis(share)));
        }
        for (double share : new double[]{0.5, 0.95}) {
            if (count > 0) {
                points.add(new Percentile(share, tally.latencies().millis(share)));
            }
        }
        return points.stream().sorted(Comparator.comparingDouble(Percentile::share)).toList();
    }

    /** The latency that so large a share does not exceed, in milliseconds; NaN when there are too few to say. */
    double millis(double share) {
        return percentiles.stream().filter(point -> Math.abs(point.share() - share) < 1e-9).findFirst()
                .map(Percentile::millis).orElse(Double.NaN);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("counted", counted);
        members.put("errors", errors);
        members.put("errorsByKind", errorsByKind);
        members.put("doubted", doubted);
        if (doubt != null) {
            members.put("doubt", doubt);
        }
        members.put("percentiles", percentiles.stream().map(point -> List.of(
                BigDecimal.valueOf(point.share()).setScale(9, RoundingMode.HALF_UP)
                        .stripTrailingZeros(),
                Rounded.of(point.millis()))).toList());
        members.put("course", course.stream().map(moment -> List.of(moment.second(), moment.requests(),
                moment.errors(), Rounded.of(moment.medianMillis()), Rounded.of(moment.p95Millis()))).toList());
        members.put("warmUp", warmUp);
        members.put("warmUpMedianMillis", Rounded.of(warmUpMedianMillis));
        return members;
    }

    static Seen from(JsonObject json) {
        Map<String, Integer> kinds = new TreeMap<>();
        JsonObject errors = json.object("errorsByKind");
        errors.members().keySet().forEach(kind -> kinds.put(kind.toString(), (int) errors.number(kind.toString())));
        return new Seen((int) json.number("counted"), (int) json.number("errors"), kinds, (int) json.number("doubted"),
                json.optionalText("doubt"),
                rows(json, "percentiles", 2).stream().map(row -> new Percentile(row[0], row[1])).toList(),
                rows(json, "course", 5).stream()
                        .map(row -> new Moment((int) row[0], (int) row[1], (int) row[2], row[3], row[4])).toList(),
                (int) json.number("warmUp"), json.number("warmUpMedianMillis"));
    }

    private static List<double[]> rows(JsonObject json, String name, int width) {
        List<double[]> rows = new ArrayList<>();
        if (json.members().get(name) instanceof List<?> list) {
            for (Object row : list) {
                if (!(row instanceof List<?> numbers) || numbers.size() != width
                        || !numbers.stream().allMatch(Number.class::isInstance)) {
                    throw new IllegalArgumentException(json.path(name) + " must be lists of " + width + " numbers");
                }
                rows.add(numbers.stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray());
            }
        }
        return rows;
    }
}
