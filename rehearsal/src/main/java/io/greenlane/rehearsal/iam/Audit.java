package io.greenlane.rehearsal.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was decided: the grants that were used, and every denial. */
public final class Audit {
    private final Map<Grant, AccessRequest> used = new LinkedHashMap<>();
    private final List<Decision> denied = new ArrayList<>();

    void record(Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            AccessRequest request = allowed.request();
            used.putIfAbsent(allowed.by().grant(holder(allowed), request), request);
        } else {
            denied.add(decision);
        }
    }

    private static String holder(Decision.Allowed allowed) {
        return allowed.kind() == Decision.Kind.IDENTITY
                && allowed.request().principal() instanceof Principal.Session session
                        ? session.role()
                        : Roles.policyOwner(allowed.request().resource());
    }

    /** The grants by which something was allowed, each with the first request of which that is true. */
    public Map<Grant, AccessRequest> used() {
        return new LinkedHashMap<>(used);
    }

    /** What was refused, oldest first. */
    public List<Decision> denied() {
        return List.copyOf(denied);
    }
}
