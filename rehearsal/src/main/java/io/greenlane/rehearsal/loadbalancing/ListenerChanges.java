package io.greenlane.rehearsal.loadbalancing;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a change of a listener or of its rules gets to the requests. AWS says no more than that it takes effect within seconds,
 * so both are switches.
 *
 * @param delay asked at each change: how long requests still go where they went before; zero for at once
 * @param description whether Describe shows a change at once or when it has taken effect
 */
public record ListenerChanges(Supplier<Duration> delay, Description description) {
    /** At once for everybody. */
    public static final ListenerChanges AT_ONCE = new ListenerChanges(() -> Duration.ZERO, Description.AT_ONCE);

    /** When DescribeListeners and DescribeRules show a change. */
    public enum Description {
        /** With the answer to the call that made it. */
        AT_ONCE,
        /** When requests follow it. */
        WHEN_IN_EFFECT
    }
}
