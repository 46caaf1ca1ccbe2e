package io.greenlane.rehearsal.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was decided: the grants that were used, and every denial. */
public final class Audit {
    private final Map<String, Set<String>> used = new TreeMap<>();
    private final List<Decision> denied = new ArrayList<>();

    void record(Decision decision) {
        if (decision.isAllowed()) {
            String who = decision.request().principal() instanceof Principal.Session session
                    ? session.role()
                    : decision.request().principal().name();
            used.computeIfAbsent(who, added -> new TreeSet<>()).add(decision.request().action());
        } else {
            denied.add(decision);
        }
    }

    /** The actions that were allowed, by the ARN of the role or the name of the service that made the calls. */
    public Map<String, Set<String>> used() {
        Map<String, Set<String>> copy = new TreeMap<>();
        used.forEach((who, actions) -> copy.put(who, Set.copyOf(actions)));
        return copy;
    }

    /** What was refused, oldest first. */
    public List<Decision> denied() {
        return List.copyOf(denied);
    }
}
