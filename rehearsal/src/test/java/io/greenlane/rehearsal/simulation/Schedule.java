package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that decides how a run goes: the same schedule, the same run.
 *
 * @param seed of every chance in the local cloud
 */
record Schedule(long seed, List<Ingredient> ingredients) {
    Schedule {
        ingredients = List.copyOf(ingredients);
    }

    /** One push with these faults; hooks are called again when their function fails, as Lambda does with asynchronous calls. */
    static Schedule of(Image image, Fault... faults) {
        return of(new Push(Duration.ZERO, "v2", image)).with(faults);
    }

    /** The same with a push of one's own. */
    static Schedule of(Push push) {
        return new Schedule(1, List.of(push, new Deviating(Deviation.HOOK_INVOCATION_RETRIED)));
    }

    /** The same and more. */
    Schedule with(Ingredient... more) {
        return new Schedule(seed, Stream.concat(ingredients.stream(), Stream.of(more)).toList());
    }

    /** The ingredients of one kind, in their order. */
    <I extends Ingredient> List<I> all(Class<I> kind) {
        return ingredients.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The same without one of the ingredients. */
    Schedule without(int index) {
        List<Ingredient> fewer = new ArrayList<>(ingredients);
        fewer.remove(index);
        return new Schedule(seed, fewer);
    }

    @Override
    public String toString() {
        return "seed " + seed + ingredients.stream().map(it -> "\n  " + it).reduce("", String::concat);
    }
}
