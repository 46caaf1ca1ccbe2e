package io.greenlane.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.simulation.Ingredient.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Pushes, faults, lost events and people by chance: {@code -Dgreenlane.schedules=N -Dgreenlane.seed=S} runs the N schedules from
 * seed S on, {@code -Dgreenlane.groupSchedules=N} those of groups.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomSchedulesTest {
    private final Simulation simulation = new Simulation();
    private final RandomSchedules schedules = new RandomSchedules(FaultSurface.of(simulation, Image.GOOD));

    @Test
    void no_schedule_breaks_a_promise() {
        long first = Long.getLong("greenlane.seed", 1);
        Tally tally = new Tally(simulation);
        LongStream.range(first, first + Integer.getInteger("greenlane.schedules", 100)).forEach(seed -> tally.run(
                schedules.of(seed), "-Dtest=RandomSchedulesTest -Dgreenlane.schedules=1 -Dgreenlane.seed=" + seed));
        System.out.println("Random schedules from seed " + first + ": " + tally);
        assertThat(tally.broken()).isEmpty();
    }

    @Test
    void no_schedule_of_a_group_breaks_a_promise() {
        long first = Long.getLong("greenlane.seed", 1);
        GroupSchedules groups = new GroupSchedules(simulation);
        Tally tally = new Tally(simulation);
        LongStream.range(first, first + Integer.getInteger("greenlane.groupSchedules", 12)).forEach(seed -> tally.run(
                groups.of(seed), "-Dtest=RandomSchedulesTest -Dgreenlane.groupSchedules=1 -Dgreenlane.seed="
                        + seed));
        System.out.println("Random schedules of groups from seed " + first + ": " + tally);
        assertThat(tally.broken()).isEmpty();
    }

    /** I16: in this JVM and in another one, whose hashes are others. */
    @Test
    void the_same_seed_is_the_same_history_byte_for_byte() throws IOException {
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                History.class.getName(), "1", "5").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> here = LongStream.rangeClosed(1, 5).mapToObj(seed -> History.line(simulation, seed)).toList();

        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.lines().filter(line -> line.startsWith(History.MARK)).toList()).isEqualTo(here);
        }
    }
}
