package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Schedules by seed: one to five pushes, tags that move, faults, events that get lost, late or twice, people who meddle, and
 * redeploys of the stack.
 */
final class RandomSchedules {
    private final List<FunctionCall> calls;

    /** Faults befall calls like these, in whichever repetition. */
    RandomSchedules(FaultSurface surface) {
        calls = surface.calls();
    }

    Schedule of(long seed) {
        Chances chances = new Chances(calls, seed);
        List<Ingredient> all = new ArrayList<>();
        int pushes = 1 + chances.below(5);
        Duration at = Duration.ZERO;
        for (int i = 0; i < pushes; i++) {
            // One tag in five moves from the image before.
            all.add(new Push(at, "v" + (i > 0 && chances.onceIn(5) ? i + 1 : i + 2),
                    chances.one(Image.GOOD, Image.GOOD, Image.GOOD, Image.BAD_PAGE, Image.CRASHING)));
            at = at.plus(chances.later(240));
        }
        all.addAll(chances.harm());
        if (chances.onceIn(4)) {
            all.add(new Intervention(chances.soon(400), chances.one(Action.values())));
        }
        all.addAll(chances.deviations());
        all.addAll(chances.redeploys());
        return new Schedule(seed, all);
    }
}
