package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.function.Function;
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
    public Admission admit(ServiceReference service, Turn turn, @Nullable Digest serving) {
        return change(service, head -> head.admit(turn, serving));
    }

    /** Another push asked for what an open release brings; see {@link ServiceHead#join}. */
    public Admission join(ServiceReference service, String releaseId, RepositoryName repository, Instant pushedAt) {
        return change(service, head -> head.join(releaseId, repository, pushedAt));
    }

    /** Takes a release that ended out of the queue; answers with the one to wake, or null. */
    public @Nullable Turn leave(ServiceReference service, String releaseId) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            ServiceHead after = head.after(releaseId);
            return after.equals(head)
                    ? Change.keep(after)
                    : Change.write(HeadEntry.write(after, entry), after);
        }).next();
    }

    private Admission change(ServiceReference service, Function<ServiceHead, Admission> question) {
        return ledger.change(HeadEntry.id(service), entry -> {
            ServiceHead head = HeadEntry.read(entry);
            Admission admission = question.apply(head);
            return admission.head().equals(head)
                    ? Change.keep(admission)
                    : Change.write(HeadEntry.write(admission.head(), entry), admission);
        });
    }
}
