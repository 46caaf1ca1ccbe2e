package io.greenlane.rehearsal.load;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.Delivery;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.ShortestValidation;
import io.greenlane.rehearsal.release.WarmFunctions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Services, each with a stack of its own as the template has it, in one account: time passes for all of them at once, second by
 * second, and they share the account's limits.
 */
final class Fleet {
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final List<SampleSite> sites = new ArrayList<>();
    private final Map<SampleSite, String> newest = new HashMap<>();
    private final Figures figures;
    private int pushed;

    /**
     * A push of a good image.
     *
     * @param at time from the begin
     * @param service its number, from 0
     */
    record Push(Duration at, int service) {}

    Fleet(int services, Delivery deliveries, AccountLimits limits, Figures figures, long seed) {
        WarmFunctions functions = new WarmFunctions();
        this.figures = figures;
        for (int i = 0; i < services; i++) {
            SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT,
                    new EventSwitches(deliveries, ExecutionNames.EVENT_ID),
                    Map.of("ValidationSource", ShortestValidation.SOURCE),
                    seed + i, functions);
            ShortestValidation.keep(site);
            site.cloud.limit(limits.at(site.cloud.timeline));
            figures.follow(site);
            sites.add(site);
            newest.put(site, site.firstDigest);
        }
    }

    /** Pushes what is due, in the order of the list, and lets the time pass. */
    void play(List<Push> pushes, Duration time) {
        int next = 0;
        for (Duration now = Duration.ZERO; now.compareTo(time) < 0; now = now.plus(SLICE)) {
            while (next < pushes.size() && pushes.get(next).at().compareTo(now) <= 0) {
                SampleSite site = sites.get(pushes.get(next).service());
                site.cloud.resume();
                newest.put(site, site.push("v" + (++pushed + 1), SampleSite.GOOD));
                figures.pushed();
                next++;
            }
            pass(SLICE);
        }
    }

    /** Lets time pass until nobody is at work; false when that never comes. */
    boolean settles() {
        for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST) < 0; passed = passed.plus(ROUND)) {
            pass(ROUND);
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

    private void pass(Duration time) {
        for (SampleSite site : sites) {
            site.cloud.resume();
            site.cloud.timeline.advance(time);
        }
    }
}
