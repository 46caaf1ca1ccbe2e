package io.greenlane.validation.analysis;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Answer.Nothing;
import io.greenlane.probe.Answer.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the answers to some requests add up to. An error is a status of 500 and above, or no answer. Latencies are those of all responses,
 * and of requests that were given up after their time: a quick refusal tells nothing about speed, and a request without an answer
 * took at least as long as it was waited for. Not for several threads at once.
 */
public final class Tally {
    private static final int FIRST_SERVER_ERROR = 500;
    private static final String TOO_MANY = "too many in flight";

    private final Latencies latencies;
    private final Map<String, Integer> errors;
    private int good;
    private int doubted;
    private @Nullable String doubt;

    Tally() {
        this(new Latencies(), new TreeMap<>());
    }

    private Tally(Latencies latencies, Map<String, Integer> errors) {
        this.latencies = latencies;
        this.errors = errors;
    }

    void add(Answer answer, Duration latency) {
        switch (answer) {
            case Response response -> {
                latencies.add(latency);
                if (response.status() < FIRST_SERVER_ERROR) {
                    good++;
                } else {
                    error("answered " + response.status());
                }
            }
            case Nothing nothing -> {
                if (nothing.fault() == Fault.TIMED_OUT || nothing.fault() == Fault.NO_CONNECTION) {
                    latencies.add(latency);
                }
                error(nothing.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
    }

    /** Counts a request that was due but not begun, since too many were without an answer. */
    void addTooManyInFlight() {
        error(TOO_MANY);
    }

    /** Counts an answer that may not be green's. */
    void addDoubted(String why) {
        doubted++;
        doubt = Quote.of(why);
    }

    private void error(String kind) {
        errors.merge(kind, 1, Integer::sum);
    }

    void addAll(Tally other) {
        latencies.addAll(other.latencies);
        other.errors.forEach((kind, count) -> errors.merge(kind, count, Integer::sum));
        good += other.good;
        doubted += other.doubted;
        doubt = other.doubt == null ? doubt : other.doubt;
    }

    Tally copy() {
        Tally copy = new Tally();
        copy.addAll(this);
        return copy;
    }

    /** Of all answered requests and those that timed out. */
    public Latencies latencies() {
        return latencies;
    }

    /** Requests with an answer that counts, good or bad, and requests without one. */
    public int counted() {
        return good + errors();
    }

    /** How many of the counted ones were errors. */
    public int errors() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Errors by what happened, such as {@code answered 503}, {@code timed out}, {@code refused}, {@code too many in flight}. */
    public Map<String, Integer> errorsByKind() {
        return Map.copyOf(errors);
    }

    /** Share of errors in what was counted; 0 when nothing was. */
    public double errorRate() {
        return counted() == 0 ? 0 : (double) errors() / counted();
    }

    /** Answers that do not count, since they might be another version's. */
    public int doubted() {
        return doubted;
    }

    /** The latest reason why one did not count; null when all did. */
    public @Nullable String doubt() {
        return doubt;
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("latencies", latencies.text());
        members.put("good", good);
        members.put("errors", new LinkedHashMap<>(errors));
        members.put("doubted", doubted);
        if (doubt != null) {
            members.put("doubt", doubt);
        }
        return members;
    }

    static Tally from(JsonObject members) {
        Tally tally = new Tally(Latencies.parse(members.text("latencies")), new TreeMap<>());
        tally.good = (int) members.number("good");
        tally.doubted = (int) members.number("doubted");
        tally.doubt = members.optionalText("doubt");
        JsonObject errors = members.object("errors");
        errors.members().keySet().forEach(kind -> tally.errors.put((String) kind, (int) errors.number((String) kind)));
        return tally;
    }
}
