package io.greenlane.rehearsal.events;

import java.util.List;
import java.util.Map;

/** The account's default bus, as AWS services use it to announce what happened. */
public interface EventBus {
    /**
     * Puts an event on the bus; id, account, time and region of the envelope are added. Delivery follows in turns of its
     * own.
     *
     * @param source for example {@code aws.ecr}
     * @param resources ARNs, may be empty
     * @param detail JSON values: maps, lists, strings, numbers, booleans
     */
    void announce(String source, String detailType, List<String> resources, Map<String, Object> detail);
}
