package io.greenlane.validation;

import java.util.List;

/** The alarms that a service's owner watches. */
@FunctionalInterface
public interface Alarms {
    /** How the alarms of these names are now, in any order. */
    List<Alarm> now(List<String> names);

    /**
     * One of them.
     *
     * @param reason as the alarm gives it; may be empty
     */
    record Alarm(String name, State state, String reason) {}

    /** Its state (CloudWatch API, DescribeAlarms). */
    enum State {
        OK, ALARM, INSUFFICIENT_DATA,
        /** There is no alarm of this name. */
        MISSING
    }
}
