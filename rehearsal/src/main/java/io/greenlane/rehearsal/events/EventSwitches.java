package io.greenlane.rehearsal.events;

import java.time.Duration;

/**
 * Where AWS does not document what EventBridge does: the position of each switch.
 *
 * @param deliveries how often an event reaches its targets
 * @param executionNames how executions are named that a rule starts
 */
public record EventSwitches(Deliveries deliveries, ExecutionNames executionNames) {
    /** Once each, executions named after the event. */
    public static final EventSwitches USUAL = new EventSwitches(Deliveries.ONCE, ExecutionNames.EVENT_ID);

    /** At least once, in no order, best effort at the source: what may happen to an event (EventBridge guide). */
    public enum Deliveries {
        /** Each event once, in order. */
        ONCE,
        /** Each event twice, a second apart, with the same id. */
        TWICE,
        /** No event arrives. */
        LOST,
        /** Each event once, up to ten seconds late, so that later ones overtake. */
        REORDERED;

        /** The span by which a delivery may be late. */
        static final Duration SPAN = Duration.ofSeconds(10);
    }

    /** The name of an execution that a rule starts (undocumented; the event's id or a random one have been seen). */
    public enum ExecutionNames {
        EVENT_ID, RANDOM
    }
}
