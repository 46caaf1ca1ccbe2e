package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.simulation.Simulation.Run;
import java.util.List;

/** Makes the history of a broken promise as short as it can be. */
final class Shrinking {
    private final Simulation simulation;

    Shrinking(Simulation simulation) {
        this.simulation = simulation;
    }

    /** What fails when a schedule does: the schedule without all that it also fails without, and how that goes. */
    String history(Schedule failing) {
        Schedule smallest = smallest(failing);
        Run run = simulation.run(smallest);
        return smallest + "\nbreaks " + run.violations() + "\noutcomes " + run.outcomes();
    }

    /** Drops ingredients as long as the same promise stays broken. */
    Schedule smallest(Schedule failing) {
        List<String> broken = broken(failing);
        Schedule smallest = failing;
        for (int i = smallest.ingredients().size() - 1; i >= 0; i--) {
            Schedule fewer = smallest.without(i);
            if (broken(fewer).stream().anyMatch(broken::contains)) {
                smallest = fewer;
            }
        }
        return smallest;
    }

    private List<String> broken(Schedule schedule) {
        return simulation.run(schedule).violations().stream().map(Violation::invariant).toList();
    }
}
