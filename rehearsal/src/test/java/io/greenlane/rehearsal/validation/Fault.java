package io.greenlane.rehearsal.validation;

import io.greenlane.sample.Behaviour;

/**
 * What is wrong with green.
 *
 * @param behaviour of the image
 * @param slower by what factor its answers take longer, on top of its behaviour
 * @param errors the share of its answers that are errors, on top of its behaviour
 */
record Fault(Behaviour behaviour, double slower, double errors) {
    /** Green is the same image as blue. */
    static final Fault NONE = of(Behaviour.GOOD);

    static Fault of(Behaviour behaviour) {
        return new Fault(behaviour, 1, 0);
    }

    static Fault slower(double share) {
        return new Fault(Behaviour.GOOD, 1 + share, 0);
    }

    static Fault errors(double share) {
        return new Fault(Behaviour.GOOD, 1, share);
    }
}
