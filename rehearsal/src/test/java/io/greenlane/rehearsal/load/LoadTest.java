package io.greenlane.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.endpoint.WireFaults;
import io.greenlane.rehearsal.events.EventSwitches.Deliveries;
import io.greenlane.rehearsal.events.EventSwitches.Delivery;
import io.greenlane.rehearsal.load.Fleet.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Load, small in the build and as large as one likes: {@code -Dgreenlane.load.services=200 -Dgreenlane.load.minutes=1440
 * -Dgreenlane.load.burst=1000 -Dgreenlane.load.hot=100 -Dgreenlane.load.lost=0,1,10,50,100}, in as many threads as {@code
 * -Dgreenlane.load.lanes=2} says. Prints its figures.
 */
class LoadTest {
    private static final int SERVICES = Integer.getInteger("greenlane.load.services", 2);
    private static final int MINUTES = Integer.getInteger("greenlane.load.minutes", 10);
    private static final int BURST = Integer.getInteger("greenlane.load.burst", 5 * SERVICES);
    private static final int HOT = Integer.getInteger("greenlane.load.hot", 10);
    private static final List<Integer> LOST = Stream.of(System.getProperty("greenlane.load.lost", "100").split(","))
            .map(Integer::valueOf).toList();
    /** Pushes a minute, for 200 services 60. */
    private static final double RATE = SERVICES * 0.3;
    private static final long SEED = 1;

    @Test
    void a_steady_stream_of_pushes_ends_in_one_outcome_each() {
        RandomGenerator random = random();
        List<Push> pushes = IntStream.range(0, (int) Math.round(RATE * MINUTES))
                .mapToObj(i -> new Push(Duration.ofMillis(random.nextLong(MINUTES * 60_000L)),
                        random.nextInt(SERVICES)))
                .sorted(Comparator.comparing(Push::at)).toList();
        AccountLimits limits = new AccountLimits();
        Figures figures = new Figures();
        try (Fleet fleet = new Fleet(SERVICES, Deliveries.ONCE, limits, WireFaults.NONE, figures, SEED)) {

            fleet.play(pushes, Duration.ofMinutes(MINUTES));

            assertThat(fleet.settles()).isTrue();
            print(SERVICES + " services, " + MINUTES + " min, blue kept for 5 min; " + limits.refused()
                    + " attempts to register throttled", figures);
            assertBounded(figures);
            assertThat(fleet.good()).isEqualTo(SERVICES);
            assertThat(figures.outcomes("DEPLOYED") + figures.outcomes("SUPERSEDED")).isEqualTo(pushes.size());
        }
    }

    @Test
    void of_a_burst_each_service_gets_the_newest_and_nothing_is_lost() {
        RandomGenerator random = random();
        List<Push> pushes = IntStream.range(0, BURST)
                .mapToObj(i -> new Push(Duration.ofMillis(random.nextLong(60_000)), i % SERVICES))
                .sorted(Comparator.comparing(Push::at)).toList();
        AccountLimits limits = new AccountLimits();
        Figures figures = new Figures();
        try (Fleet fleet = new Fleet(SERVICES, Deliveries.ONCE, limits, WireFaults.NONE, figures, SEED)) {

            fleet.play(pushes, Duration.ofMinutes(2));

            assertThat(fleet.settles()).isTrue();
            print(BURST + " pushes in 60 s to " + SERVICES + " services; " + limits.refused()
                    + " attempts to register throttled", figures);
            assertBounded(figures);
            assertThat(fleet.good()).isEqualTo(SERVICES);
            assertThat(figures.outcomes("DEPLOYED")).as("the newest, and what had moved production before it came")
                    .isBetween(SERVICES, 2 * SERVICES);
            assertThat(figures.outcomes("DEPLOYED") + figures.outcomes("SUPERSEDED")).isEqualTo(BURST);
        }
    }

    @Test
    void pushes_that_take_each_other_back_never_blame_an_image_for_it() {
        List<Push> pushes = IntStream.range(0, HOT).mapToObj(i -> new Push(Duration.ofSeconds(6L * i), 0)).toList();
        Figures figures = new Figures();
        try (Fleet fleet = new Fleet(1, Deliveries.ONCE, new AccountLimits(), WireFaults.NONE, figures, SEED)) {

            fleet.play(pushes, Duration.ofSeconds(6L * HOT));

            assertThat(fleet.settles()).isTrue();
            print(HOT + " pushes to one service, one every 6 s", figures);
            assertBounded(figures);
            assertThat(fleet.good()).isEqualTo(1);
            assertThat(figures.outcomes("DEPLOYED") + figures.outcomes("SUPERSEDED")).isEqualTo(HOT);
        }
    }

    @Test
    void however_many_events_are_lost_the_end_is_the_same() {
        int services = Math.min(SERVICES, 20);
        List<Push> pushes = new ArrayList<>();
        for (int i = 0; i < 2 * services; i++) {
            pushes.add(new Push(Duration.ofMinutes(40L * (i / services)).plusSeconds(7L * (i % services)),
                    i % services));
        }
        for (int percent : LOST) {
            Figures figures = new Figures();
            try (Fleet fleet = new Fleet(services, losing(percent), new AccountLimits(), WireFaults.NONE, figures,
                    SEED)) {

                fleet.play(pushes, Duration.ofMinutes(60));

                assertThat(fleet.settles()).isTrue();
                print(percent + " % of events lost, " + services + " services", figures);
                assertBounded(figures);
                assertThat(fleet.good()).isEqualTo(services);
                assertThat(figures.outcomes("DEPLOYED")).isEqualTo(pushes.size());
                assertThat(figures.slowest()).isLessThan(Duration.ofMinutes(8));
            }
        }
    }

    /** What a push and a sweep may cost, and that every event was delivered. */
    private static void assertBounded(Figures figures) {
        assertThat(figures.callsPerPush()).isLessThan(300);
        assertThat(figures.callsPerSweep()).isLessThan(20);
        assertThat(figures.undelivered()).isZero();
    }

    /** Of events, not of the schedule. */
    private static Delivery losing(int percent) {
        return (rule, random) -> !rule.contains("EveryFiveMinutes") && random.nextInt(100) < percent
                ? List.of()
                : List.of(Duration.ZERO);
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    private static void print(String title, Figures figures) {
        System.out.println(figures.table(title));
    }
}
