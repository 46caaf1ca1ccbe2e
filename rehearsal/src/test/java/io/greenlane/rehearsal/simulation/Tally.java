package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.simulation.Simulation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts runs and what their releases came to, and keeps the histories of broken promises. */
final class Tally {
    private static final int MOST_HISTORIES = 5;

    private final Simulation simulation;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();
    private int runs;

    Tally(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * Runs a schedule.
     *
     * @param again the option that runs it again
     */
    Run run(Schedule schedule, String again) {
        Run run = simulation.run(schedule);
        runs++;
        run.outcomes().forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        if (!run.holds()) {
            broken.add("./mvnw -pl rehearsal -am test -Dsurefire.failIfNoSpecifiedTests=false " + again + "\n"
                    + (broken.size() < MOST_HISTORIES
                            ? new Shrinking(simulation).history(schedule)
                            : schedule + "\nbreaks " + run.violations()));
        }
        return run;
    }

    int runs() {
        return runs;
    }

    /** Commands and histories of what broke a promise. */
    List<String> broken() {
        return broken;
    }

    /** Runs, and the outcomes of all of their releases. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(runs + " runs, " + broken.size() + " broken promises");
        outcomes.forEach((what, count) -> text.append("; ").append(count).append(' ').append(what));
        return text.toString();
    }
}
