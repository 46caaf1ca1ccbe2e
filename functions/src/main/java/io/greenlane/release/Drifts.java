package io.greenlane.release;

import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What differs at each service from what the ledger has, in the ledger: one entry per service. A difference that a second look still
 * finds is to be told, once; one that is not found any more is forgotten, and told again when it comes back.
 */
public final class Drifts {
    private final Ledger ledger;

    public Drifts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Oldest first, those that were found only once among them. */
    public List<Drift> of(ServiceReference service) {
        return DriftEntry.read(ledger.find(DriftEntry.id(service)));
    }

    /**
     * Takes all that a look found.
     *
     * @param now by the clock of the function
     * @return id of the entry, which may have something to tell now, see {@link Outbox#announce}
     */
    public String found(ServiceReference service, List<Difference> differences, Instant now) {
        String id = DriftEntry.id(service);
        return ledger.change(id, entry -> {
            List<Drift> known = DriftEntry.read(entry);
            List<Drift> next = new ArrayList<>();
            for (Difference difference : differences) {
                next.add(known.stream().filter(drift -> drift.difference().isSameAs(difference)).findFirst()
                        .map(drift -> drift.foundAgain(now)).orElseGet(() -> Drift.found(difference, now)));
            }
            return next.equals(known)
                    ? Change.keep(id)
                    : Change.write(DriftEntry.write(id, service, next, entry), id);
        });
    }

    /** Adds what the outcome of a release tells of; what is known already stays as it is. */
    void told(ServiceReference service, List<Difference> differences, Instant at) {
        String id = DriftEntry.id(service);
        ledger.change(id, entry -> {
            List<Drift> known = DriftEntry.read(entry);
            List<Drift> next = new ArrayList<>(known);
            differences.stream().filter(
                    difference -> known.stream().noneMatch(drift -> drift.difference().isSameAs(difference)))
                    .forEach(difference -> next.add(Drift.told(difference, at)));
            return next.equals(known)
                    ? Change.keep(id)
                    : Change.write(DriftEntry.write(id, service, next, entry), id);
        });
    }

    /** A person says that all that differs now is to be so. */
    public Done accept(ServiceReference service, Operator operator, Instant now) {
        String id = DriftEntry.id(service);
        return ledger.change(id, entry -> {
            List<Drift> known = DriftEntry.read(entry);
            List<Drift> open = known.stream().filter(Drift::isOpen).toList();
            if (open.isEmpty()) {
                return Change.keep(new Done(false, id, "Nothing is known at " + service.key()
                        + " that differs and is not accepted."));
            }
            String sentence = "It is to be so: " + open.stream().map(drift -> drift.difference().sentence())
                    .collect(Collectors.joining(" "));
            List<Drift> next = known.stream().map(drift -> drift.isOpen() ? drift.accepted(now) : drift).toList();
            return Change.write(Acts.with(id, DriftEntry.write(id, service, next, entry), service,
                    new Act(Act.Kind.ACCEPT_DRIFT, operator, now, sentence, null)), new Done(true, id, sentence));
        });
    }
}
