package io.greenlane.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import io.greenlane.rehearsal.simulation.Ingredient.Delivery;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Disturbance;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import io.greenlane.rehearsal.simulation.Saboteur.Edit;
import io.greenlane.rehearsal.simulation.Simulation.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each guard is needed: without it a promise breaks, and the simulation tells. {@code -Dgreenlane.hunt=NAME} looks for schedules
 * that show the saboteur of that name, for when the code or the list has changed.
 */
@Isolated
class SaboteursTest {
    private static final int LONGEST_HUNT = 400;
    private static final int ENOUGH = 2;
    private static final Simulation SIMULATION = new Simulation();
    private static final Map<Schedule, Run> INTACT = new HashMap<>();

    static List<Saboteur> saboteurs() {
        return Saboteurs.ALL;
    }

    @ParameterizedTest
    @MethodSource("saboteurs")
    void a_saboteur_is_caught(Saboteur saboteur) {
        assertThat(intact(saboteur.schedule()).violations()).as("with all guards").isEmpty();

        assertThat(caught(saboteur, saboteur.schedule())).as("without: %s", saboteur.name())
                .contains(saboteur.breaks());
    }

    @Test
    void there_are_thirty_of_them_with_a_guard_of_their_own() {
        assertThat(saboteurs()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(saboteurs()).extracting(Saboteur::name).doesNotHaveDuplicates();
        assertThat(saboteurs()).extracting(Saboteur::edits).doesNotHaveDuplicates();
    }

    @Test
    void a_broken_promise_is_told_by_the_shortest_schedule() {
        Push needed = new Push(Duration.ZERO, "v2", Image.GOOD);
        Schedule failing = new Schedule(1, List.of(new Deviating(Deviation.LATE_REPORT_UNSUPPORTED), needed,
                new Disturbance("DeploymentChangedStateChange", 1, Delivery.TWICE),
                new Intervention(Duration.ofMinutes(1), Action.REPEAT_EVENT)));
        List<Edit> clearing = saboteurs().stream().filter(it -> it.breaks().equals("I5")).findFirst().orElseThrow()
                .edits();

        Schedule shortest = Sabotage.without(clearing, () -> new Shrinking(SIMULATION).smallest(failing));

        assertThat(shortest.ingredients()).containsExactly(needed);
    }

    @Test
    @EnabledIfSystemProperty(named = "greenlane.hunt", matches = ".+")
    void hunt() {
        String names = System.getProperty("greenlane.hunt");
        saboteurs().stream().filter(it -> names.equals("all") || it.name().equals(names)).forEach(saboteur -> {
            int found = 0;
            int tried = 0;
            for (Schedule schedule : grounds().limit(LONGEST_HUNT).toList()) {
                tried++;
                List<String> caught;
                try {
                    caught = caught(saboteur, schedule);
                } catch (RuntimeException | AssertionError e) {
                    caught = List.of(e.toString());
                }
                if (!caught.isEmpty()) {
                    System.out.println(saboteur.name() + " is shown by " + caught + " in " + schedule);
                    found++;
                    if (found == ENOUGH) {
                        break;
                    }
                }
            }
            assertThat(found).as("schedules of %d that show: %s", tried, saboteur.name()).isPositive();
        });
    }

    private static Stream<Schedule> grounds() {
        List<Schedule> unharmed = Stream.of(Image.values()).map(Schedule::of).toList();
        FaultSurface surface = FaultSurface.of(SIMULATION, Image.GOOD);
        RandomSchedules random = new RandomSchedules(surface);
        Stream<Schedule> singles = surface.paired().stream().filter(fault -> !fault.call().isRead())
                .map(fault -> Schedule.of(Image.GOOD, fault));
        return Stream.concat(unharmed.stream(), Stream.concat(singles,
                Stream.iterate(1L, seed -> seed + 1).map(random::of)));
    }

    private static Run intact(Schedule schedule) {
        return INTACT.computeIfAbsent(schedule, SIMULATION::run);
    }

    /** What breaks for the saboteur and does not break otherwise. */
    private static List<String> caught(Saboteur saboteur, Schedule schedule) {
        Run intact = intact(schedule);
        Run run = Sabotage.without(saboteur.edits(), () -> SIMULATION.run(schedule));
        Stream<String> broken = run.violations().stream().map(Violation::invariant);
        Stream<String> otherwise = run.outcomes().equals(intact.outcomes())
                ? Stream.of()
                : Stream.of(Saboteur.OUTCOME);
        return intact.holds() ? Stream.concat(broken, otherwise).distinct().toList() : List.of();
    }
}
