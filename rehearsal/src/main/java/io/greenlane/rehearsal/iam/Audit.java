package io.greenlane.rehearsal.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What was decided: the grants that were used, and every denial. */
public final class Audit {
    private final Map<Grant, Use> used = new LinkedHashMap<>();
    private final List<Decision> denied = new ArrayList<>();
    private final List<Consumer<DecidedCall>> readers = new CopyOnWriteArrayList<>();

    /**
     * How a grant was used.
     *
     * @param first the first request that it allowed
     * @param times how many it allowed
     */
    public record Use(AccessRequest first, long times) {
        private Use and(Use other) {
            return new Use(first, times + other.times);
        }
    }

    /** Calls the reader with every call from now on, inside its turn; the reader must not block. */
    public void follow(Consumer<DecidedCall> reader) {
        readers.add(reader);
    }

    void record(DecidedCall call) {
        call.decisions().forEach(this::count);
        readers.forEach(reader -> reader.accept(call));
    }

    private void count(Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            AccessRequest request = allowed.request();
            used.merge(allowed.by().grant(holder(allowed), request), new Use(request, 1), Use::and);
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

    /** The same as it stands now, without readers. */
    public Audit copy() {
        Audit copy = new Audit();
        copy.used.putAll(used);
        copy.denied.addAll(denied);
        return copy;
    }

    /** The grants by which something was allowed, in the order in which they were first needed. */
    public Map<Grant, Use> used() {
        return new LinkedHashMap<>(used);
    }

    /** What was refused, oldest first. */
    public List<Decision> denied() {
        return List.copyOf(denied);
    }
}
