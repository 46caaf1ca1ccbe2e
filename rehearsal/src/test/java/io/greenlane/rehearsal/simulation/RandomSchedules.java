package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import io.greenlane.rehearsal.simulation.Ingredient.Delivery;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Disturbance;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import io.greenlane.rehearsal.simulation.Ingredient.Redeploy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Schedules by seed: one to five pushes, tags that move, faults, events that get lost, late or twice, people who meddle, and
 * redeploys of the stack.
 */
final class RandomSchedules {
    private static final List<String> RULES = List.of("ImagePushed", "DeploymentChangedStateChange",
            "TaskStoppedStateChange");
    /** What a redeploy sets; half of the time it leaves it as it was. */
    private static final String[] OVERLAPS = {"newest-wins", "newest-wins", "queue", "refuse"};
    /** Calls happen more often than in the release of one push. */
    private static final int TIMES = 3;

    private final List<FunctionCall> calls;

    /** Faults befall calls like these, in whichever repetition. */
    RandomSchedules(FaultSurface surface) {
        calls = surface.calls();
    }

    Schedule of(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Ingredient> all = new ArrayList<>();
        int pushes = 1 + random.nextInt(5);
        Duration at = Duration.ZERO;
        for (int i = 0; i < pushes; i++) {
            // One tag in five moves from the image before.
            all.add(new Push(at, "v" + (i > 0 && random.nextInt(5) == 0 ? i + 1 : i + 2),
                    one(random, Image.GOOD, Image.GOOD, Image.GOOD, Image.BAD_PAGE,
                            Image.CRASHING)));
            at = at.plus(soon(random, 240));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(fault(random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(new Disturbance(RULES.get(random.nextInt(RULES.size())), 1 + random.nextInt(6),
                    one(random, Delivery.values())));
        }
        if (random.nextInt(4) == 0) {
            all.add(new Intervention(soon(random, 400), one(random, Action.values())));
        }
        all.add(new Deviating(Deviation.HOOK_INVOCATION_RETRIED));
        Deviation another = one(random, Deviation.values());
        if (random.nextBoolean() && another != Deviation.HOOK_INVOCATION_RETRIED) {
            all.add(new Deviating(another));
        }
        if (random.nextInt(3) == 0) {
            all.add(new Redeploy(soon(random, 400), one(random, OVERLAPS)));
        }
        return new Schedule(seed, all);
    }

    /** Every other time within what an unharmed release takes. */
    private static Duration soon(RandomGenerator random, int seconds) {
        return Duration.ofMillis(random.nextInt(random.nextBoolean() ? 15_000 : seconds * 1000));
    }

    private Fault fault(RandomGenerator random) {
        FunctionCall like = calls.get(random.nextInt(calls.size()));
        FunctionCall call = new FunctionCall(like.function(), like.service(), like.operation(),
                1 + random.nextInt(like.ordinal() * TIMES));
        List<CallFault> kinds = List.of(CallFault.values()).stream().filter(kind -> kind.canBefall(call)).toList();
        return new Fault(call, kinds.get(random.nextInt(kinds.size())));
    }

    @SafeVarargs
    private static <T> T one(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
