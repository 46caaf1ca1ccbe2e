package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.Delivery;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.CallFaults;
import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.release.GroupSite;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.SampleSite.Version;
import io.greenlane.rehearsal.release.ShortestValidation;
import io.greenlane.rehearsal.release.Site;
import io.greenlane.rehearsal.release.WarmFunctions;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Disturbance;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Group;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import io.greenlane.rehearsal.simulation.Ingredient.Redeploy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs schedules, each in a new site, and watches every step of them. */
final class Simulation {
    private static final Duration ROUND = Duration.ofMinutes(1);
    /** Two runs of the sweep. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(11);
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration LATE = Duration.ofMinutes(3);

    private final WarmFunctions functions = new WarmFunctions();

    /**
     * How a run went.
     *
     * @param violations broken promises; none when all is well
     * @param outcomes of releases and of what came to none, in the order in which the ledger got them
     * @param calls that were made, in their order; nothing that was repeated by the SDK
     * @param lagging those of the calls whose request had another answer before
     * @param met the faults that befell a call
     * @param trace all that happened; empty unless asked for
     */
    record Run(List<Violation> violations, List<String> outcomes, List<FunctionCall> calls, Set<FunctionCall> lagging,
            Set<Fault> met, String trace) {
        boolean holds() {
            return violations.isEmpty();
        }
    }

    /** Runs a schedule. */
    Run run(Schedule schedule) {
        return run(schedule, false);
    }

    /** Runs a schedule and keeps everything that happens. */
    Run traced(Schedule schedule) {
        return run(schedule, true);
    }

    private Run run(Schedule schedule, boolean traced) {
        Deliveries deliveries = new Deliveries(schedule.all(Disturbance.class));
        ExecutionNames names = schedule.seed() % 2 == 0 ? ExecutionNames.EVENT_ID : ExecutionNames.RANDOM;
        Deviation[] deviations = schedule.all(Deviating.class).stream().map(Deviating::deviation)
                .toArray(Deviation[]::new);
        Site site = site(schedule, CodeDeployBehaviour.with(deviations), new EventSwitches(deliveries, names));
        Observation seen = new Observation(site, traced);
        Violations violations = new Violations();
        seen.tell(new ProductionPromises(site, seen, violations));
        seen.tell(new LedgerPromises(seen, violations));
        seen.tell(new DeploymentPromises(site, seen, violations,
                List.of(deviations).contains(Deviation.HOOK_INVOCATION_RETRIED)));
        GroupPromises groups = new GroupPromises(site, seen, violations);
        seen.tell(groups);
        Calls calls = new Calls(schedule.all(Fault.class));
        site.cloud().functions.meet(calls);
        deliveries.begin();
        List<String> pushed = new ArrayList<>();
        schedule.all(Push.class).forEach(push -> site.cloud().timeline.after(push.at(),
                () -> pushed.add(site.push(push.tag(), push.tag() + push.at(), version(push), push.service()))));
        People people = new People(site);
        schedule.all(Intervention.class).forEach(one -> site.cloud().timeline.after(one.at(),
                () -> people.act(one.action())));
        schedule.all(Redeploy.class).forEach(again -> site.cloud().timeline.after(again.at(),
                () -> site.redeploy(again.overlap())));
        boolean rested = rests(site, seen, last(schedule));
        violations.unless(rested, "I9", "nothing has come to rest within " + LONGEST.toHours() + " hours");
        if (rested) {
            groups.atRest();
            new QuietPromises(site, seen, violations,
                    !List.of(deviations).contains(Deviation.TEST_LISTENER_STAYS_AFTER_ROLLBACK),
                    names == ExecutionNames.RANDOM ? 0 : deliveries.doubled())
                    .check(pushed.isEmpty() || isDeleted(site, pushed.getLast()) ? null : pushed.getLast());
        }
        List<String> outcomes = seen.ledger().stream().map(LedgerItem::outcome).filter(it -> it != null).toList();
        return new Run(violations.all(), outcomes, calls.made, calls.lagging, calls.met, seen.trace());
    }

    private Site site(Schedule schedule, CodeDeployBehaviour behaviour, EventSwitches switches) {
        List<Group> groups = schedule.all(Group.class);
        if (!groups.isEmpty()) {
            return new GroupSite(behaviour, switches, Map.of("TerminationWaitMinutes", "0"), schedule.seed(),
                    functions, groups.getFirst().waves().stream().mapToInt(Integer::intValue).toArray());
        }
        SampleSite site = new SampleSite(behaviour, switches,
                Map.of("TerminationWaitMinutes", "0", "ValidationSource", ShortestValidation.SOURCE), schedule.seed(),
                functions);
        ShortestValidation.keep(site);
        return site;
    }

    private static boolean isDeleted(Site site, String digest) {
        return site.cloud().ecr.manifest(SampleSite.REPOSITORY, digest).isEmpty();
    }

    private static Version version(Push push) {
        return switch (push.image()) {
            case GOOD -> SampleSite.GOOD;
            case BAD_PAGE -> SampleSite.BAD_PAGE;
            case CRASHING -> SampleSite.CRASHING;
            case BAD_AFTERWARDS -> GroupSite.BAD_AFTERWARDS;
        };
    }

    private static Duration last(Schedule schedule) {
        Duration last = Duration.ofSeconds(30);
        for (Ingredient ingredient : schedule.ingredients()) {
            last = ingredient.at().compareTo(last) > 0 ? ingredient.at() : last;
        }
        return last.plus(LATE).plus(ROUND);
    }

    /** Lets time pass until nobody is at work, and has not been for two runs of the sweep; false when that never comes. */
    private static boolean rests(Site site, Observation seen, Duration first) {
        site.cloud().timeline.advance(first);
        for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST) < 0; passed = passed.plus(ROUND)) {
            if (isQuiet(site, seen)) {
                int executions = site.executionArns().size();
                site.cloud().timeline.advance(AFTERWARDS);
                if (isQuiet(site, seen) && site.executionArns().size() == executions) {
                    return true;
                }
            }
            site.cloud().timeline.advance(ROUND);
        }
        return false;
    }

    private static boolean isQuiet(Site site, Observation seen) {
        return seen.ledger().stream().noneMatch(LedgerItem::isOpen) && site.isQuiet();
    }

    /** The faults of a schedule, and which calls were made. */
    private static final class Calls implements CallFaults {
        private final Map<FunctionCall, CallFault> faults = new HashMap<>();
        private final List<FunctionCall> made = new ArrayList<>();
        private final Set<FunctionCall> lagging = new LinkedHashSet<>();
        private final Set<Fault> met = new LinkedHashSet<>();

        Calls(List<Fault> schedule) {
            schedule.forEach(fault -> faults.put(fault.call(), fault.what()));
        }

        @Override
        public @Nullable CallFault meeting(FunctionCall call) {
            made.add(call);
            CallFault fault = faults.get(call);
            if (fault != null) {
                met.add(new Fault(call, fault));
            }
            return fault;
        }

        @Override
        public void answered(FunctionCall call, boolean changed) {
            if (changed) {
                lagging.add(call);
            }
        }
    }

    /** What becomes of events, by rule and by how many there were before. */
    private static final class Deliveries implements Delivery {
        private final Map<String, Map<Integer, Ingredient.Delivery>> disturbed;
        private final Map<String, Integer> counts = new TreeMap<>();

        Deliveries(List<Disturbance> disturbances) {
            disturbed = disturbances.stream().collect(Collectors.groupingBy(Disturbance::rule,
                    Collectors.toMap(Disturbance::ordinal, Disturbance::delivery, (one, other) -> one)));
        }

        /** Pushes that are told twice. */
        long doubled() {
            return disturbed.getOrDefault("ImagePushed", Map.of()).values().stream()
                    .filter(Ingredient.Delivery.TWICE::equals).count();
        }

        /** From here on events count. */
        void begin() {
            counts.clear();
        }

        @Override
        public List<Duration> delays(String rule, java.util.random.RandomGenerator random) {
            String logicalId = rule.substring(rule.lastIndexOf('-') + 1);
            Ingredient.Delivery delivery = disturbed.getOrDefault(logicalId, Map.of()).get(
                    counts.merge(logicalId, 1, Integer::sum));
            return switch (delivery) {
                case null -> List.of(Duration.ZERO);
                case LOST -> List.of();
                case TWICE -> List.of(Duration.ZERO, Duration.ofSeconds(1));
                case LATE -> List.of(LATE);
            };
        }
    }
}
