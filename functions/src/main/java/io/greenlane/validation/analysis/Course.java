package io.greenlane.validation.analysis;

import io.greenlane.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Latencies and errors over time, for plots only: at most {@value #MOST} spans, each with the latencies of its requests in classes of
 * about 9 %. When the time grows over them, two neighbours become one, so the size is bounded however long it lasts. Not for
 * several threads at once.
 */
public final class Course {
    private static final int MOST = 120;
    private static final int CLASSES_PER_DOUBLING = 8;

    private int spanSeconds = 1;
    private final Map<Side, Map<Integer, Span>> spans = new EnumMap<>(Side.class);

    Course() {
        for (Side side : Side.values()) {
            spans.put(side, new TreeMap<>());
        }
    }

    /**
     * Counts a request.
     *
     * @param at when it was due, since the analysis began
     */
    void add(Side side, Duration at, Duration latency, boolean error) {
        int second = (int) at.toSeconds();
        while (second / spanSeconds >= MOST) {
            widen();
        }
        span(side, second / spanSeconds).add(latency, error);
    }

    private Span span(Side side, int index) {
        return of(side).computeIfAbsent(index, none -> new Span());
    }

    private Map<Integer, Span> of(Side side) {
        return spans.getOrDefault(side, new TreeMap<>());
    }

    private void widen() {
        spanSeconds *= 2;
        for (Side side : Side.values()) {
            Map<Integer, Span> before = new TreeMap<>(of(side));
            of(side).clear();
            before.forEach((index, span) -> span(side, index / 2).addAll(span));
        }
    }

    Course copy() {
        Course copy = new Course();
        copy.spanSeconds = spanSeconds;
        for (Side side : Side.values()) {
            of(side).forEach((index, span) -> copy.span(side, index).addAll(span));
        }
        return copy;
    }

    /** What was seen of one side, in the order of time. */
    public List<Point> points(Side side) {
        return of(side).entrySet().stream().map(entry -> entry.getValue().point(Duration.ofSeconds(
                (long) entry.getKey() * spanSeconds))).toList();
    }

    /** How much time one point stands for. */
    public Duration span() {
        return Duration.ofSeconds(spanSeconds);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("spanSeconds", spanSeconds);
        spans.forEach((side, all) -> members.put(side.word(), all.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().text()).toList()));
        return members;
    }

    static Course from(JsonObject members) {
        Course course = new Course();
        course.spanSeconds = (int) members.number("spanSeconds");
        for (Side side : Side.values()) {
            if (members.members().get(side.word()) instanceof List<?> lines) {
                lines.forEach(line -> course.read(side, String.valueOf(line)));
            }
        }
        return course;
    }

    private void read(Side side, String line) {
        String[] words = line.split(" ", -1);
        span(side, Integer.parseInt(words[0])).read(words);
    }

    /**
     * One span of time.
     *
     * @param from since the analysis began
     * @param medianMillis of the latencies, about
     * @param p95Millis of the latencies, about
     */
    public record Point(Duration from, int requests, int errors, double medianMillis, double p95Millis) {}

    private static final class Span {
        private final TreeMap<Integer, Integer> classes = new TreeMap<>();
        private int errors;

        void add(Duration latency, boolean error) {
            double micros = Math.max(1, latency.toNanos() / 1000.0);
            int index = (int) Math.round(Math.log(micros) / Math.log(2) * CLASSES_PER_DOUBLING);
            classes.merge(index, 1, Integer::sum);
            errors += error ? 1 : 0;
        }

        void addAll(Span other) {
            other.classes.forEach((index, count) -> classes.merge(index, count, Integer::sum));
            errors += other.errors;
        }

        Point point(Duration from) {
            int requests = classes.values().stream().mapToInt(Integer::intValue).sum();
            return new Point(from, requests, errors, millis(0.5, requests), millis(0.95, requests));
        }

        private double millis(double share, int requests) {
            int rank = (int) Math.ceil(share * requests);
            int passed = 0;
            for (Map.Entry<Integer, Integer> one : classes.entrySet()) {
                passed += one.getValue();
                if (passed >= rank) {
                    return Math.pow(2, (double) one.getKey() / CLASSES_PER_DOUBLING) / 1000;
                }
            }
            return 0;
        }

        String text() {
            return errors + classes.entrySet().stream().map(one -> " " + one.getKey() + ":" + one.getValue())
                    .collect(Collectors.joining());
        }

        /** Words of a line: index of the span, errors, and then each class with its count. */
        void read(String[] words) {
            errors += Integer.parseInt(words[1]);
            for (String word : new ArrayList<>(List.of(words)).subList(2, words.length)) {
                int colon = word.indexOf(':');
                classes.merge(Integer.parseInt(word.substring(0, colon)), Integer.parseInt(word.substring(colon + 1)),
                        Integer::sum);
            }
        }
    }
}
