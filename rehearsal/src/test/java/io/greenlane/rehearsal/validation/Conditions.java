package io.greenlane.rehearsal.validation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What else goes on while both versions answer; it harms green no more than blue. */
enum Conditions {
    /** Nothing. */
    CALM("nothing else"),
    /** The load grows over the run. */
    DRIFT("answers of both take up to three times as long by the end") {
        @Override
        double slower(Duration at, RandomGenerator random) {
            return 1 + 2 * Math.min(1, at.toMillis() / (double) RUN.toMillis());
        }
    },
    /** A cache that is missed now and then. */
    TWO_MODES("one of four answers takes four times as long") {
        @Override
        double slower(Duration at, RandomGenerator random) {
            return random.nextDouble() < 0.25 ? 4 : 1;
        }
    },
    /** Answers that take very long are not rare. */
    HEAVY_TAIL("one of ten answers takes longer by a factor without a mean (Pareto, shape 1)") {
        @Override
        double slower(Duration at, RandomGenerator random) {
            return random.nextDouble() < 0.1 ? 1 / (1 - random.nextDouble()) : 1;
        }
    },
    /** As with a database that both use. */
    SHARED_STALLS("both stall together, every 8 seconds for up to 500 ms"),
    /** As with garbage collectors. */
    OWN_STALLS("each stalls for itself, every 8 seconds for up to 500 ms"),
    /** As where the function has too little processor time. */
    GENERATOR_STALLS("the generator stalls, every 8 seconds for up to 500 ms"),
    /** As with a service that is not quite well. */
    ERRORS_OF_BOTH("one of 200 answers of both is a 503");

    private static final Duration RUN = Duration.ofMinutes(4);

    private final String words;

    Conditions(String words) {
        this.words = words;
    }

    /** As it stands in a table. */
    String words() {
        return words;
    }

    /** By what factor an answer takes longer. */
    double slower(Duration at, RandomGenerator random) {
        return 1;
    }

    /** The share of answers that are errors, whoever answers. */
    double errors() {
        return this == ERRORS_OF_BOTH ? 0.005 : 0;
    }
}
