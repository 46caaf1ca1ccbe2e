package io.greenlane.rehearsal.chaos;

import io.greenlane.rehearsal.chaos.Cast.Player;
import io.greenlane.rehearsal.chaos.PlannedFault.Kind;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/**
 * All that is to go wrong in one rehearsal.
 *
 * @param faults each of them once
 */
public record ChaosPlan(long seed, List<PlannedFault> faults) {
    /** Nothing goes wrong. */
    public static final ChaosPlan NONE = new ChaosPlan(0, List.of());

    private static final int BROKEN_CALLS = 10;
    private static final int BROKEN_WRITES = 6;
    private static final int FAILED_CALLS = 4;
    private static final int DEATHS = 3;
    private static final int INVOCATIONS = 4;
    private static final int NEWS = 4;

    public ChaosPlan {
        faults = List.copyOf(faults);
    }

    /**
     * The plan of a seed; the same whenever it is asked for.
     *
     * @param pushes how many there are; of the last one the event is never lost, since it is pushed twice
     */
    public static ChaosPlan of(long seed, int pushes) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<PlannedFault> faults = new LinkedHashSet<>();
        add(faults, BROKEN_CALLS, () -> fault(random, random.nextInt(3) == 0 ? Cast.JUDGES : Cast.REPEATED,
                Kind.THROTTLED_ONCE, Kind.FAILED_ONCE, Kind.REQUEST_LOST, Kind.ANSWER_LOST, Kind.ANSWER_LOST));
        add(faults, BROKEN_WRITES, () -> fault(random, Cast.WRITES, Kind.FAILED, Kind.THROTTLED, Kind.REQUEST_LOST,
                Kind.ANSWER_LOST, Kind.ANSWER_LOST, Kind.KILLED_BEFORE, Kind.KILLED_AFTER));
        add(faults, FAILED_CALLS, () -> fault(random, Cast.REPEATED, Kind.THROTTLED, Kind.FAILED));
        add(faults, DEATHS, () -> fault(random, Cast.REPEATED, Kind.KILLED_BEFORE, Kind.KILLED_AFTER));
        add(faults, INVOCATIONS, () -> fault(random, Cast.INVOKED, Kind.INVOCATION_THROTTLED, Kind.INVOCATION_FAILED,
                Kind.INVOKED_TWICE));
        faults.add(fault(random, Cast.HOOKS, Kind.INVOKED_TWICE));
        add(faults, NEWS, () -> fault(random, Cast.NEWS, Kind.EVENT_LOST, Kind.EVENT_TWICE, Kind.EVENT_LATE));
        int lost = 1 + random.nextInt(Math.max(1, pushes - 1));
        faults.add(new PlannedFault(Kind.EVENT_LOST, Cast.PUSHES, lost));
        int disturbed = 1 + random.nextInt(pushes);
        if (disturbed != lost) {
            faults.add(new PlannedFault(random.nextBoolean() ? Kind.EVENT_TWICE : Kind.EVENT_LATE, Cast.PUSHES,
                    disturbed));
        }
        faults.add(new PlannedFault(Kind.DEPLOYED_BY_HAND, "the running revision", 1 + random.nextInt(pushes)));
        return new ChaosPlan(seed, List.copyOf(faults));
    }

    private static void add(Set<PlannedFault> faults, int more, Supplier<PlannedFault> next) {
        int wanted = faults.size() + more;
        while (faults.size() < wanted) {
            PlannedFault fault = next.get();
            if (faults.stream().noneMatch(other -> other.kind().place() == fault.kind().place()
                    && other.subject().equals(fault.subject()) && other.ordinal() == fault.ordinal())) {
                faults.add(fault);
            }
        }
    }

    private static PlannedFault fault(RandomGenerator random, List<Player> players, Kind... kinds) {
        Player player = players.get(random.nextInt(players.size()));
        return new PlannedFault(kinds[random.nextInt(kinds.length)], player.name(), 1 + random.nextInt(player.times()));
    }

    /** How many of each kind: {@code 3 answer lost, 2 throttled once}. */
    public String kinds() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        faults.forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
