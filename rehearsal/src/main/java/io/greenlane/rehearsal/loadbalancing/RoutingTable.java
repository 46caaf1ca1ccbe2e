package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.function.Predicate;

/**
 * All a listener needs to know to answer a request; never changed, only replaced, so a request sees one state of it.
 *
 * @param entries rules in order of priority, without the default
 */
record RoutingTable(List<Entry> entries, RoutingAction defaultAction) {
    /** A rule that has conditions. */
    record Entry(Predicate<RequestHead> condition, RoutingAction action) {}

    /** The action of the first rule whose conditions all hold. */
    RoutingAction route(RequestHead request) {
        return entries.stream().filter(entry -> entry.condition().test(request)).findFirst().map(Entry::action)
                .orElse(defaultAction);
    }
}
