package io.greenlane.rehearsal.validation;

import io.greenlane.validation.Bench;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.run.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** One validation in virtual time; the same seed makes the same trial. */
record Trial(ValidationRules rules, Fault fault, Conditions conditions, long seed) {
    private static final Duration LONGEST = Duration.ofMinutes(50);

    Conclusion run() {
        SplittableRandom seeds = new SplittableRandom(seed);
        SplittableRandom noise = seeds.split();
        Stalls stalls = conditions == Conditions.GENERATOR_STALLS ? Stalls.drawn(noise) : Stalls.NONE;
        VirtualTime time = new VirtualTime(stalls);
        Websites websites = new Websites(fault, conditions, time, noise);
        Bench bench = new Bench(websites, Websites.GREEN, Websites.BLUE, () -> null, time, Random.from(seeds.split()));
        return new Validation(rules, HookEvent.BEFORE_ALLOW_TRAFFIC, bench, names -> List.of())
                .go(Progress.NONE, LONGEST).conclusion();
    }
}
