package io.greenlane.rehearsal.events;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where AWS does not document what EventBridge does: the position of each switch.
 *
 * @param deliveries how often and how late an event reaches the targets of a rule
 * @param executionNames how executions are named that a rule starts
 */
public record EventSwitches(Delivery deliveries, ExecutionNames executionNames) {
    /** Once each, executions named after the event. */
    public static final EventSwitches USUAL = new EventSwitches(Deliveries.ONCE, ExecutionNames.EVENT_ID);

    /** What happens to an event on its way from a rule to the rule's targets. */
    @FunctionalInterface
    public interface Delivery {
        /**
         * How late each copy of an event is; none for an event that is lost.
         *
         * @param rule name of the rule that matched
         */
        List<Duration> delays(String rule, RandomGenerator random);
    }

    /** At least once, in no order, best effort at the source: what may happen to an event (EventBridge guide). */
    public enum Deliveries implements Delivery {
        /** Each event once, in order. */
        ONCE,
        /** Each event twice, a second apart, with the same id. */
        TWICE,
        /** No event arrives. */
        LOST,
        /** Each event once, up to ten seconds late, so that later ones overtake. */
        REORDERED;

        /** The span by which a delivery may be late. */
        private static final Duration SPAN = Duration.ofSeconds(10);

        @Override
        public List<Duration> delays(String rule, RandomGenerator random) {
            return switch (this) {
                case ONCE -> List.of(Duration.ZERO);
                case TWICE -> List.of(Duration.ZERO, Duration.ofSeconds(1));
                case LOST -> List.of();
                case REORDERED -> List.of(Duration.ofMillis(random.nextLong(SPAN.toMillis())));
            };
        }
    }

    /** The name of an execution that a rule starts (undocumented; the event's id or a random one have been seen). */
    public enum ExecutionNames {
        EVENT_ID, RANDOM
    }
}
