package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import io.greenlane.rehearsal.simulation.Ingredient.Group;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Schedules by seed of two or three services that are released together, in one or two waves: one to three pushes of images that may
 * be bad at one of the services, and the harm of {@link RandomSchedules}.
 */
final class GroupSchedules {
    /** The second wave fails when the first has moved: every part of a group's release has something to do. */
    private static final Schedule GOES_BACK = Schedule.of(new Push(Duration.ZERO, "v2", Image.BAD_AFTERWARDS, 1))
            .with(new Group(List.of(1, 2)));

    private final List<FunctionCall> calls;

    GroupSchedules(Simulation simulation) {
        calls = FaultSurface.of(simulation, GOES_BACK).calls();
    }

    Schedule of(long seed) {
        Chances chances = new Chances(calls, seed);
        List<Ingredient> all = new ArrayList<>();
        Group group = new Group(chances.one(List.of(1, 1), List.of(1, 2), List.of(2, 1), List.of(1, 1, 2),
                List.of(1, 2, 2)));
        all.add(group);
        int pushes = 1 + chances.below(3);
        Duration at = Duration.ZERO;
        for (int i = 0; i < pushes; i++) {
            all.add(new Push(at, "v" + (i + 2), chances.one(Image.GOOD, Image.GOOD, Image.BAD_PAGE, Image.CRASHING,
                    Image.BAD_AFTERWARDS), chances.below(group.waves().size())));
            at = at.plus(chances.later(240));
        }
        all.addAll(chances.harm());
        if (chances.onceIn(3)) {
            all.add(new Intervention(chances.soon(120), chances.one(Action.STOP_DEPLOYMENT, Action.STOP_EXECUTION,
                    Action.STOP_VALIDATION, Action.REPEAT_EVENT, Action.PUSH_AGAIN, Action.DELETE_IMAGE)));
        }
        all.addAll(chances.deviations());
        all.addAll(chances.redeploys());
        return new Schedule(seed, all);
    }
}
