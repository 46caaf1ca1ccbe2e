package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queues of the services, in the ledger: one entry per service. */
public final class ServiceQueue {
    private final Ledger ledger;

    public ServiceQueue(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The queue as it stands. */
    public ServiceHead head(ServiceReference service) {
        return HeadEntry.read(ledger.find(HeadEntry.id(service)));
    }

    /** Asks for a turn and takes it; see {@link ServiceHead#admit}. */
    public Admission admit(ServiceReference service, Turn turn, @Nullable Digest serving, Policy policy) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            Admission admission = head.admit(turn, serving, policy);
            return changed(head, admission.head(), entry, admission);
        });
    }

    /** Another push asked for what an open release brings; see {@link ServiceHead#join}. */
    public @Nullable Admission join(ServiceReference service, String releaseId, RepositoryName repository,
            Instant pushedAt, Policy policy) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            Optional<Admission> admission = Optional.ofNullable(
                    head.join(releaseId, repository, pushedAt, policy));
            return changed(head, admission.map(Admission::head).orElse(head), entry, admission);
        }).orElse(null);
    }

    /**
     * Lets production move to a release, unless there is an objection; one write decides, so that a newer push either came before
     * it or has to wait.
     *
     * @return the objection; null when production may move
     */
    public @Nullable Objection clear(ServiceReference service, String releaseId) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            Optional<Objection> objection = Optional.ofNullable(head.objection(releaseId));
            return changed(head, objection.isPresent() ? head : head.cleared(releaseId), entry, objection);
        }).orElse(null);
    }

    /** The workflow of the release that runs sleeps on a token from now on; of one that does not run, nothing changes. */
    public void sleep(ServiceReference service, String releaseId, String token) {
        ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            ServiceHead next = head.sleeping(releaseId, token);
            return changed(head, next, entry, next);
        });
    }

    /** Takes a release that ended out of the queue; answers with the one to wake, or null. */
    public @Nullable Turn leave(ServiceReference service, String releaseId) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            ServiceHead after = head.after(releaseId);
            return changed(head, after, entry, after);
        }).next();
    }

    /**
     * Holds the service, unless it is held: no release starts until the hold is lifted.
     *
     * @param now by the clock of the function
     */
    public Done hold(ServiceReference service, Operator operator, Instant now) {
        String id = HeadEntry.id(service);
        return ledger.change(id, entry -> {
            ServiceHead head = HeadEntry.read(entry);
            if (head.hold() != null) {
                return Change.keep(new Done(false, id, name(service) + " is held already, " + head.hold()));
            }
            String sentence = name(service) + " is held: pushes end HELD until somebody lifts the hold with"
                    + " ./operate unhold.";
            return Change.write(held(head, service, new Act(Act.Kind.HOLD, operator, now, sentence, null), entry),
                    new Done(true, id, sentence));
        });
    }

    /** Lifts the hold of a service, if there is one. */
    public Done unhold(ServiceReference service, Operator operator, Instant now) {
        String id = HeadEntry.id(service);
        return ledger.change(id, entry -> {
            ServiceHead head = HeadEntry.read(entry);
            if (head.hold() == null) {
                return Change.keep(new Done(false, id, name(service) + " is not held."));
            }
            String sentence = name(service) + " is held no longer; it was, " + head.hold();
            return Change.write(Acts.with(id, HeadEntry.write(head.heldBy(null), entry), service,
                    new Act(Act.Kind.UNHOLD, operator, now, sentence, null)), new Done(true, id, sentence));
        });
    }

    /**
     * Holds the service because of how a release ended; once, since a person may have lifted it. The outcome tells of it.
     *
     * @param why the end of a sentence
     */
    void holdAfter(ServiceReference service, String releaseId, String why, Instant at) {
        String id = HeadEntry.id(service);
        ledger.change(id, entry -> {
            ServiceHead head = HeadEntry.read(entry);
            boolean before = Acts.of(entry).stream().anyMatch(act -> releaseId.equals(act.releaseId()));
            if (head.hold() != null || before) {
                return Change.keep(head);
            }
            Act act = new Act(Act.Kind.HOLD, new Operator(Quarantined.GREENLANE, why), at,
                    "The service is held: " + why + ".", releaseId, at);
            return Change.write(held(head, service, act, entry), head);
        });
    }

    private static String name(ServiceReference service) {
        return service.group() == null ? service.key() : "Group " + service.group();
    }

    /** What people did to the queue of a service, the newest last. */
    public List<Act> acts(ServiceReference service) {
        return Acts.of(ledger.find(HeadEntry.id(service)));
    }

    private static Map<String, Object> held(ServiceHead head, ServiceReference service, Act act,
            @Nullable Entry entry) {
        String hold = "by " + act.operator().name() + " since " + act.at() + ": " + act.operator().reason();
        return Acts.with(HeadEntry.id(service), HeadEntry.write(head.heldBy(hold), entry), service, act);
    }

    private static <R> Change<R> changed(ServiceHead head, ServiceHead next, @Nullable Entry entry, R result) {
        return next.equals(head) ? Change.keep(result) : Change.write(HeadEntry.write(next, entry), result);
    }
}
