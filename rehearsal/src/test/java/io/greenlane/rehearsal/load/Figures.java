package io.greenlane.rehearsal.load;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.release.SampleSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What many releases took and what they cost; services of several threads tell it. */
final class Figures {
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Duration> toProduction = new ArrayList<>();
    private final List<Duration> toOutcome = new ArrayList<>();
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Map<String, Integer> callsOfSweeps = new TreeMap<>();
    private final Map<String, Integer> invocations = new TreeMap<>();
    private final Map<Instant, Integer> registrations = new HashMap<>();
    private final Map<Instant, Integer> starts = new HashMap<>();
    private final Map<SampleSite, Map<String, Instant>> shifted = new HashMap<>();
    private final Map<SampleSite, Map<String, Integer>> before = new HashMap<>();
    private int pushed;
    private long deployments;
    private int transitions;
    private int undelivered;
    private long items;
    private long bytes;

    /** Watches a service from now on. */
    void follow(SampleSite site) {
        Map<String, Instant> shifts = new HashMap<>();
        site.cloud.journal.follow(entry -> {
            happened(entry);
            if (entry.kind().equals("TrafficShifted") && "production".equals(entry.facts().get("route"))
                    && "100".equals(entry.facts().get("greenPercent"))) {
                shifts.putIfAbsent(entry.subject(), entry.time());
            }
        });
        shifted.put(site, shifts);
        before.put(site, site.cloud.functions.invocations());
        site.cloud.observers.add(new CallObserver() {
            @Override
            public void arrives(Call call) {
                String caller = site.cloud.functions.caller();
                called(call.service().id() + " " + call.operation(), caller != null && caller.endsWith("-Sweep"));
            }

            @Override
            public void ends(Call call, Ending ending) {
                if (call.operation().equals("RegisterTaskDefinition") && ending instanceof Ending.Answered) {
                    registered(site.cloud.timeline.now());
                }
            }
        });
    }

    void pushed() {
        pushed++;
    }

    /** All is over for a service. */
    void end(SampleSite site) {
        Map<String, Instant> shifts = shifted.getOrDefault(site, Map.of());
        Map<String, Integer> earlier = before.getOrDefault(site, Map.of());
        site.cloud.functions.invocations().forEach((function, count) -> invocations.merge(
                function.substring(function.lastIndexOf('-') + 1), count - earlier.getOrDefault(function, 0),
                Integer::sum));
        deployments += site.deployments().stream().filter(one -> one.creator() == DeploymentCreator.USER).count();
        undelivered += site.undelivered();
        List<Map<String, AttributeValue>> ledger = site.ledger();
        items += ledger.size();
        bytes += site.ledgerBytes();
        ledger.forEach(item -> ended(item, shifts));
    }

    private void ended(Map<String, AttributeValue> item, Map<String, Instant> shifts) {
        AttributeValue ending = item.get("ending");
        if (ending == null) {
            return;
        }
        String outcome = String.valueOf(text(ending, "outcome"));
        outcomes.merge(outcome, 1, Integer::sum);
        AttributeValue push = item.get("push");
        String time = push == null ? null : text(push, "time");
        String at = text(ending, "at");
        if (time == null || at == null || outcome.equals("DUPLICATE")) {
            return;
        }
        toOutcome.add(Duration.between(Instant.parse(time), Instant.parse(at)));
        String deployment = text(ending, "deploymentId");
        Instant shift = deployment == null ? null : shifts.get(deployment);
        if (shift != null && outcome.equals("DEPLOYED")) {
            toProduction.add(Duration.between(Instant.parse(time), shift));
        }
    }

    static @Nullable String text(AttributeValue map, String name) {
        AttributeValue value = map.m().get(name);
        return value == null ? null : value.s();
    }

    private synchronized void called(String operation, boolean sweeps) {
        (sweeps ? callsOfSweeps : calls).merge(operation, 1, Integer::sum);
    }

    private synchronized void registered(Instant at) {
        second(registrations, at);
    }

    private synchronized void happened(Journal.Entry entry) {
        if (entry.kind().equals("StateEntered")) {
            transitions++;
        } else if (entry.kind().equals("ExecutionStatusChange") && "RUNNING".equals(entry.facts().get("status"))) {
            second(starts, entry.time());
        }
    }

    private static void second(Map<Instant, Integer> counts, Instant at) {
        counts.merge(Instant.ofEpochSecond(at.getEpochSecond()), 1, Integer::sum);
    }

    int outcomes(String outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    int undelivered() {
        return undelivered;
    }

    /** Calls of AWS on average, those of sweeps aside. */
    double callsPerPush() {
        return (double) sum(calls) / Math.max(1, pushed);
    }

    /** Calls of AWS on average. */
    double callsPerSweep() {
        return (double) sum(callsOfSweeps) / sweeps();
    }

    private int sweeps() {
        return Math.max(1, invocations.getOrDefault("Sweep", 0));
    }

    /** The longest time from a push to production. */
    Duration slowest() {
        return toProduction.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** A table of two columns, in Markdown. */
    String table(String title) {
        StringBuilder table = new StringBuilder("\n| " + title + " | |\n|---|---|\n");
        column().forEach((name, value) -> table.append("| " + name + " | " + value + " |\n"));
        return table.toString();
    }

    private Map<String, String> column() {
        Map<String, String> column = new LinkedHashMap<>();
        column.put("Pushes", number(pushed));
        column.put("Outcomes", outcomes.entrySet().stream().map(it -> number(it.getValue()) + " " + it.getKey())
                .collect(Collectors.joining(", ")));
        column.put("Deployments started", number(deployments));
        column.put("Push to production: p50, p95, p99, max", percentiles(toProduction));
        column.put("Push to outcome: p50, p95, p99, max", percentiles(toOutcome));
        column.put("State transitions per push", each(transitions, pushed));
        column.put("Lambda invocations per push", by(invocations, pushed));
        column.put("API calls per push, without the sweep's", by(calls, pushed));
        column.put("API calls per sweep", by(callsOfSweeps, sweeps()));
        column.put("RegisterTaskDefinition: most in a second, in 60", peak(registrations));
        column.put("StartExecution: most in a second, in 60", peak(starts));
        column.put("Ledger at the end", number(items) + " items, " + number(bytes / 1024) + " KB");
        column.put("Events in the dead-letter queue", number(undelivered));
        return column;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String each(int count, int occasions) {
        return String.format(Locale.ROOT, "%.1f", (double) count / Math.max(1, occasions));
    }

    private static String by(Map<String, Integer> counts, int occasions) {
        return each(sum(counts), occasions) + ": " + counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(it -> it.getKey() + " " + each(it.getValue(), occasions))
                .filter(it -> !it.endsWith(" 0.0")).collect(Collectors.joining(", "));
    }

    private static String peak(Map<Instant, Integer> counts) {
        return counts.values().stream().max(Integer::compareTo).orElse(0) + ", " + mostInAMinute(counts);
    }

    private static int mostInAMinute(Map<Instant, Integer> counts) {
        return counts.keySet().stream().mapToInt(from -> {
            int sum = 0;
            for (int i = 0; i < 60; i++) {
                sum += counts.getOrDefault(from.plusSeconds(i), 0);
            }
            return sum;
        }).max().orElse(0);
    }

    private static String percentiles(List<Duration> durations) {
        if (durations.isEmpty()) {
            return "-";
        }
        List<Duration> sorted = new ArrayList<>(durations);
        Collections.sort(sorted);
        return List.of(0.5, 0.95, 0.99, 1.0).stream()
                .map(share -> time(sorted.get((int) Math.ceil(share * sorted.size()) - 1)))
                .collect(Collectors.joining(", "));
    }

    private static String time(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
