package io.greenlane.rehearsal.validation;

import io.greenlane.rehearsal.validation.LateTrial.Identity;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.ValidationRules;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trials of one kind behind a test listener that is late.
 *
 * @param broken what became of a green that is broken
 * @param good what became of one that is not
 * @param slept how often a hook that sleeps ten seconds let a broken green pass
 */
record LateTrials(Lateness lateness, Identity identity, Trials broken, Trials good, int slept) {
    static final int SEEDS = 1000;
    private static final Duration USUAL = Duration.ofMinutes(5);

    /** A thousand seeds of each kind. */
    static Stream<LateTrials> all() {
        return Stream.of(Lateness.values())
                .flatMap(lateness -> Stream.of(Identity.values()).map(identity -> of(lateness, identity)));
    }

    private static LateTrials of(Lateness lateness, Identity identity) {
        int slept = (int) IntStream.range(0, SEEDS)
                .filter(seed -> new LateTrial(lateness, identity, seed).sleepingHookPasses()).count();
        return new LateTrials(lateness, identity, trials(lateness, identity, USUAL, true),
                trials(lateness, identity, USUAL, false), slept);
    }

    /** A thousand trials with that time for green to become ready. */
    static Trials trials(Lateness lateness, Identity identity, Duration readyWithin, boolean broken) {
        ValidationRules rules = identity.rules(readyWithin);
        return Trials.of(lateness.words(), IntStream.range(0, SEEDS).parallel()
                .mapToObj(seed -> new LateTrial(lateness, identity, seed).ours(rules, broken)).toList());
    }

    /** How often something that is broken passed. */
    int passed() {
        return broken.count(Result.PASS) + broken.count(Result.WARN);
    }

    String line() {
        return String.format(Locale.ROOT, "| %s | %s | %,d | %,d | %,d | %,d | %,d |\n", lateness.words(),
                identity.words(),
                passed(), broken.count(Result.INCONCLUSIVE), broken.count(Result.FAIL), good.count(Result.PASS), slept);
    }
}
