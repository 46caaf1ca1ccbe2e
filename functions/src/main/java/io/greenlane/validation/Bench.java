package io.greenlane.validation;

import io.greenlane.probe.Listener;
import io.greenlane.probe.Sender;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that rules are tried on.
 *
 * @param green where the new version answers: the test listener, or the production listener once traffic has moved
 * @param blue where the version before answers; null when nothing serves there to compare with
 * @param routing what the load balancer says about green
 * @param random decides orders; seeded in tests
 */
public record Bench(Sender sender, Listener green, @Nullable Listener blue, Routing routing, Pace pace,
        RandomGenerator random) {}
