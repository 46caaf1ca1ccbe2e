package io.greenlane.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two calls of a release go wrong. All pairs take hours: a sample runs with every build, {@code -Dgreenlane.pairs=all} runs them,
 * and {@code -Dgreenlane.pairs=FROM-TO} those with such numbers, the last one left out.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultPairsTest {
    private static final int SAMPLE = 100;
    private static final long SEED = 4;

    private final Simulation simulation = new Simulation();

    @Test
    void a_release_survives_two_faults() {
        FaultPairs pairs = new FaultPairs(FaultSurface.of(simulation, Image.GOOD).paired());
        Tally tally = new Tally(simulation);
        numbers(pairs.size()).forEach(number -> {
            List<Fault> pair = pairs.get(number);
            if (!pair.isEmpty()) {
                tally.run(Schedule.of(Image.GOOD, pair.toArray(Fault[]::new)),
                        "-Dtest=FaultPairsTest -Dgreenlane.pairs=" + number + "-" + (number + 1));
            }
        });
        System.out.println("Pairs of " + pairs.faults().size() + " faults: " + pairs.size() + " in all, " + tally);
        assertThat(tally.broken()).isEmpty();
    }

    private static IntStream numbers(int size) {
        String range = System.getProperty("greenlane.pairs");
        if (range == null) {
            return new java.util.Random(SEED).ints(SAMPLE, 0, size);
        }
        if (range.equals("all")) {
            return IntStream.range(0, size);
        }
        String[] ends = range.split("-", 2);
        return IntStream.range(Integer.parseInt(ends[0]), Math.min(size, Integer.parseInt(ends[1])));
    }
}
