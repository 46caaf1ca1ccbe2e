package io.greenlane.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import io.greenlane.rehearsal.events.EventSwitches.Delivery;
import io.greenlane.rehearsal.load.Fleet.Push;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Time goes by, one day in the build or as many as {@code -Dgreenlane.load.days=90} says, and now and then something fails. */
class SoakTest {
    private static final int DAYS = Integer.getInteger("greenlane.load.days", 1);
    private static final int PUSHES_A_DAY = 12;
    private static final Duration SWEEP = Duration.ofMinutes(5);
    private static final long SEED = 1;

    /** A push that nobody heard of, and that another overtook before the next sweep, comes to nothing. */
    @Test
    void one_call_and_one_event_in_a_hundred_go_wrong_and_nothing_is_lost() {
        RandomGenerator random = random(SEED);
        List<Push> pushes = IntStream.range(0, PUSHES_A_DAY * DAYS)
                .mapToObj(i -> new Push(Duration.ofMillis(random.nextLong(Duration.ofDays(DAYS).toMillis())), 0))
                .sorted(Comparator.comparing(Push::at)).toList();
        AtomicInteger failed = new AtomicInteger();
        Figures figures = new Figures();
        try (Fleet fleet = new Fleet(1, unreliable(), new AccountLimits(), failing(failed), figures, SEED)) {

            fleet.play(pushes, Duration.ofDays(DAYS));

            assertThat(fleet.settles()).isTrue();
            System.out.println(figures.table(DAYS + " days of one service, " + failed + " calls went wrong"));
            assertThat(failed.get()).isPositive();
            assertThat(fleet.good()).isEqualTo(1);
            assertThat(fleet.unheard()).allMatch(push -> pushes.stream()
                    .anyMatch(other -> other.at().compareTo(push.at()) > 0
                            && other.at().compareTo(push.at().plus(SWEEP)) <= 0));
            assertThat(figures.outcomes("DEPLOYED") + figures.outcomes("SUPERSEDED") + fleet.unheard().size())
                    .isEqualTo(pushes.size());
            assertThat(figures.undelivered()).isZero();
        }
    }

    private static WireFaults failing(AtomicInteger failed) {
        RandomGenerator random = random(SEED + 1);
        WireFault[] ways = WireFault.values();
        return sent -> {
            if (random.nextInt(100) > 0) {
                return null;
            }
            failed.incrementAndGet();
            return ways[random.nextInt(ways.length)];
        };
    }

    /** Of a hundred events one is lost, one comes twice and one ten minutes late; the schedule is kept. */
    private static Delivery unreliable() {
        return (rule, random) -> rule.contains("EveryFiveMinutes")
                ? List.of(Duration.ZERO)
                : switch (random.nextInt(100)) {
                    case 0 -> List.of();
                    case 1 -> List.of(Duration.ZERO, Duration.ofSeconds(1));
                    case 2 -> List.of(Duration.ofMinutes(10));
                    default -> List.of(Duration.ZERO);
                };
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
