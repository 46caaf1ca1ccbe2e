package io.greenlane.rehearsal.load;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.Delivery;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.ShortestValidation;
import io.greenlane.rehearsal.release.WarmFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Services, each with a stack of its own as the template has it, in one account: time passes for all of them at once, second by
 * second, and they share the account's limits. A service that is ahead, because a function of it has paused, waits for the others.
 * They may run in several lanes, each with a thread of its own, which meet after every second; in which order services of two lanes
 * come to a limit in one second is then the machine's choice.
 */
final class Fleet implements AutoCloseable {
    private static final int LANES = Integer.getInteger("greenlane.load.lanes", 1);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final List<SampleSite> sites = new ArrayList<>();
    private final List<List<SampleSite>> lanes = new ArrayList<>();
    private final ExecutorService threads;
    private final Map<SampleSite, String> newest = new HashMap<>();
    private final Map<Push, String> digests = new LinkedHashMap<>();
    private final AccountLimits limits;
    private final Figures figures;
    private Instant now = Instant.EPOCH;
    private int pushed;

    /**
     * A push of a good image.
     *
     * @param at time from the begin
     * @param service its number, from 0
     */
    record Push(Duration at, int service) {}

    /**
     * Services that nobody has pushed to yet.
     *
     * @param mishaps what else goes wrong with calls
     */
    Fleet(int services, Delivery deliveries, AccountLimits limits, WireFaults mishaps, Figures figures, long seed) {
        this.limits = limits;
        this.figures = figures;
        this.threads = Executors.newFixedThreadPool(LANES);
        WireFaults limited = limits.faults();
        List<WarmFunctions> functions = IntStream.range(0, LANES).mapToObj(lane -> new WarmFunctions()).toList();
        functions.forEach(lane -> lanes.add(new ArrayList<>()));
        for (int i = 0; i < services; i++) {
            SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT,
                    new EventSwitches(deliveries, ExecutionNames.EVENT_ID),
                    Map.of("ValidationSource", ShortestValidation.SOURCE),
                    seed + i, functions.get(i % LANES));
            ShortestValidation.keep(site);
            site.cloud.limit(sent -> {
                WireFault fault = limited.meeting(sent);
                return fault == null ? mishaps.meeting(sent) : fault;
            });
            figures.follow(site);
            now = now.isAfter(site.cloud.timeline.now()) ? now : site.cloud.timeline.now();
            sites.add(site);
            lanes.get(i % LANES).add(site);
            newest.put(site, site.firstDigest);
        }
    }

    /** Pushes what is due, in the order of the list, and lets the time pass. */
    void play(List<Push> pushes, Duration time) {
        int next = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SLICE)) {
            while (next < pushes.size() && pushes.get(next).at().compareTo(passed) <= 0) {
                SampleSite site = sites.get(pushes.get(next).service());
                site.cloud.resume();
                String digest = site.push("v" + (++pushed + 1), SampleSite.GOOD);
                newest.put(site, digest);
                digests.put(pushes.get(next), digest);
                figures.pushed();
                next++;
            }
            pass();
            if (passed.toSeconds() % KEPT.toSeconds() == 0) {
                sites.forEach(
                        site -> site.cloud.forget(site.cloud.timeline.now().minus(KEPT), site.resource("Reports")));
            }
        }
    }

    /** Lets time pass until nobody is at work; false when that never comes. */
    boolean settles() {
        for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST) < 0; passed = passed.plus(ROUND)) {
            for (Duration round = Duration.ZERO; round.compareTo(ROUND) < 0; round = round.plus(SLICE)) {
                pass();
            }
            if (sites.stream().allMatch(site -> {
                site.cloud.resume();
                return site.isQuiet() && site.ledger().stream().noneMatch(
                        item -> item.containsKey("open") && "release".equals(String.valueOf(item.get("open").s())));
            })) {
                sites.forEach(figures::end);
                return true;
            }
        }
        return false;
    }

    /** Services that serve, alone, what was pushed last, and no visitor of which met anything but a good page. */
    long good() {
        return sites.stream().filter(site -> site.failedVisits() == 0
                && site.servedAt(SampleSite.PRODUCTION).equals(Set.of(String.valueOf(newest.get(site)))))
                .count();
    }

    /** Pushes that came to no outcome. */
    List<Push> unheard() {
        Set<String> heard = sites.stream().flatMap(site -> site.ledger().stream())
                .filter(item -> item.containsKey("ending")).flatMap(item -> Stream.ofNullable(item.get("push")))
                .flatMap(push -> Stream.ofNullable(Figures.text(push, "digest"))).collect(Collectors.toSet());
        return digests.entrySet().stream().filter(push -> !heard.contains(push.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    private void pass() {
        limits.pass(SLICE);
        now = now.plus(SLICE);
        List<? extends Future<?>> passing = lanes.stream().map(lane -> threads.submit(() -> lane.forEach(site -> {
            site.cloud.resume();
            site.cloud.timeline.advance(Duration.between(site.cloud.timeline.now(), now));
        }))).toList();
        for (Future<?> lane : passing) {
            try {
                lane.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
