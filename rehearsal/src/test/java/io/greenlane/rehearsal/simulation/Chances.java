package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Delivery;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Disturbance;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Redeploy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What may go wrong in a schedule, drawn by a seed. */
final class Chances {
    private static final List<String> RULES = List.of("ImagePushed", "DeploymentChangedStateChange",
            "TaskStoppedStateChange");
    /** What a redeploy sets; half of the time it leaves it as it was. */
    private static final String[] OVERLAPS = {"newest-wins", "newest-wins", "queue", "refuse"};
    /** Calls happen more often than in the release of one push. */
    private static final int TIMES = 3;

    private final List<FunctionCall> calls;
    private final RandomGenerator random;

    /** @param calls that faults befall, in whichever repetition */
    Chances(List<FunctionCall> calls, long seed) {
        this.calls = calls;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** From 0. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Every other time within what an unharmed release takes. */
    Duration soon(int seconds) {
        return Duration.ofMillis(random.nextInt(random.nextBoolean() ? 15_000 : seconds * 1000));
    }

    /** The same, but never at once: the registry refuses an image that is there under the same tag. */
    Duration later(int seconds) {
        Duration soon = soon(seconds);
        return soon.isZero() ? Duration.ofMillis(1) : soon;
    }

    /** Up to three calls that go wrong, and up to two events. */
    List<Ingredient> harm() {
        List<Ingredient> harm = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            harm.add(fault());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            harm.add(new Disturbance(RULES.get(random.nextInt(RULES.size())), 1 + random.nextInt(6),
                    one(Delivery.values())));
        }
        return harm;
    }

    /** Hooks are called again when their function fails; CodeDeploy may do something else that AWS does not rule out. */
    List<Ingredient> deviations() {
        List<Ingredient> deviations = new ArrayList<>(List.of(new Deviating(Deviation.HOOK_INVOCATION_RETRIED)));
        Deviation another = one(Deviation.values());
        if (random.nextBoolean() && another != Deviation.HOOK_INVOCATION_RETRIED) {
            deviations.add(new Deviating(another));
        }
        return deviations;
    }

    /** In every third schedule. */
    List<Ingredient> redeploys() {
        return onceIn(3) ? List.of(new Redeploy(soon(400), one(OVERLAPS))) : List.of();
    }

    private Fault fault() {
        FunctionCall like = calls.get(random.nextInt(calls.size()));
        FunctionCall call = new FunctionCall(like.function(), like.service(), like.operation(),
                1 + random.nextInt(like.ordinal() * TIMES));
        List<CallFault> kinds = List.of(CallFault.values()).stream().filter(kind -> kind.canBefall(call)).toList();
        return new Fault(call, kinds.get(random.nextInt(kinds.size())));
    }
}
