package io.greenlane.rehearsal.codedeploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;

/**
 * How production traffic moves: the steps of a deployment configuration.
 *
 * @param steps in order, the last one at 100 percent
 */
record ShiftPlan(List<Step> steps) {
    /**
     * One shift.
     *
     * @param interval since the shift before, or since the start
     * @param greenPercent of production traffic that green gets from now on
     */
    record Step(Duration interval, int greenPercent) {}

    /** All-at-once, canary, or linear; the first shift is at once, intervals are minutes (CodeDeploy guide). */
    static ShiftPlan of(TrafficRoutingConfig config) {
        return switch (config.type()) {
            case ALL_AT_ONCE -> new ShiftPlan(List.of(new Step(Duration.ZERO, 100)));
            case TIME_BASED_CANARY -> new ShiftPlan(
                    List.of(new Step(Duration.ZERO, config.timeBasedCanary().canaryPercentage()),
                            new Step(Duration.ofMinutes(config.timeBasedCanary().canaryInterval()), 100)));
            case TIME_BASED_LINEAR -> linear(config.timeBasedLinear().linearPercentage(),
                    Duration.ofMinutes(config.timeBasedLinear().linearInterval()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException(
                    "Unknown traffic routing type " + config.typeAsString());
        };
    }

    private static ShiftPlan linear(int percent, Duration interval) {
        List<Step> steps = new ArrayList<>();
        for (int shifted = percent; shifted < 100 + percent; shifted += percent) {
            steps.add(new Step(steps.isEmpty() ? Duration.ZERO : interval, Math.min(shifted, 100)));
        }
        return new ShiftPlan(List.copyOf(steps));
    }
}
