package io.greenlane.rehearsal.show;

import io.greenlane.sample.Behaviour;
import java.util.List;

/**
 * One push of the scenario and what must come of it.
 *
 * @param tag of the push, and the version of its image
 * @param title what is wrong or right with it
 * @param twiceAsIndex whether it is pushed as an index for two platforms, twice in the same second
 * @param outcomes in any order, one for each release that it starts
 */
record Act(String tag, String title, Behaviour behaviour, boolean twiceAsIndex, List<String> outcomes) {
    /** The first version, which the templates begin with. */
    static final String FIRST = "v1";

    /** The scenario: a good version, four bad ones, and a good one that arrives twice. */
    static final List<Act> SCENARIO = List.of(
            new Act("v2", "a good version", Behaviour.GOOD, false, List.of("DEPLOYED")),
            new Act("v3", "its page answers 500, its health check is content", Behaviour.PAGE_500, false,
                    List.of("ROLLED_BACK")),
            new Act("v4", "it never becomes healthy", Behaviour.UNHEALTHY, false, List.of("ROLLED_BACK")),
            new Act("v5", "its products have no price any more; no check asks for one", Behaviour.MISSING_FIELD, false,
                    List.of("ROLLED_BACK")),
            new Act("v6", "all is right, but it takes half as long again", Behaviour.SLOWER, false,
                    List.of("ROLLED_BACK")),
            new Act("v7", "a good version for two platforms, pushed twice in the same second", Behaviour.GOOD, true,
                    List.of("DEPLOYED", "DUPLICATE")));

    SampleImage image() {
        return new SampleImage(tag, behaviour);
    }
}
