package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Digests that are not deployed to a service, under whatever tag, until a person releases them. */
public final class Quarantine {
    private final Ledger ledger;

    public Quarantine(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Why the digest is not deployed; null when it may be. */
    public @Nullable Quarantined find(ServiceReference service, Digest digest) {
        return QuarantineEntry.current(QuarantineEntry.read(ledger.find(QuarantineEntry.id(service, digest))));
    }

    /** The quarantined digests of a service, newest first; those of the last second may be missing. */
    public List<Quarantined> list(ServiceReference service, int atMost) {
        return ledger.listed(QuarantineEntry.partition(service), atMost).stream().map(ledger::find)
                .map(QuarantineEntry::read).map(QuarantineEntry::current).filter(Objects::nonNull).toList();
    }

    /** Puts a digest there because of a release that failed. Once for each release: a person may have released it since. */
    void failed(ServiceReference service, Quarantined failed) {
        add(service, failed, cases -> cases.stream().noneMatch(
                one -> Objects.equals(one.releaseId(), failed.releaseId())));
    }

    /** Puts a digest there because a person wants it, unless it is there. */
    public void put(ServiceReference service, Quarantined unwanted) {
        add(service, unwanted, cases -> true);
    }

    private void add(ServiceReference service, Quarantined one, Predicate<List<Quarantined>> isNew) {
        String id = QuarantineEntry.id(service, one.digest());
        ledger.change(id, entry -> {
            List<Quarantined> cases = QuarantineEntry.read(entry);
            return QuarantineEntry.current(cases) == null && isNew.test(cases)
                    ? Change.write(QuarantineEntry.write(id, Stream.concat(cases.stream(), Stream.of(one)).toList(),
                            entry), one)
                    : Change.keep(one);
        });
    }

    /** Releases a digest; what was recorded about it stays. */
    public Done release(ServiceReference service, Digest digest, Operator operator, Instant now) {
        String id = QuarantineEntry.id(service, digest);
        return ledger.change(id, entry -> {
            List<Quarantined> cases = new ArrayList<>(QuarantineEntry.read(entry));
            Quarantined current = QuarantineEntry.current(cases);
            if (current == null) {
                return Change.keep(new Done(false, id, cases.isEmpty()
                        ? digest + " is not in quarantine for " + service.key() + " and never was."
                        : digest + " is not in quarantine for " + service.key() + " any more: "
                                + Acts.of(entry).stream().map(Act::sentence).reduce((one, next) -> next).orElse("")));
            }
            cases.set(cases.size() - 1, current.released(now));
            String sentence = digest + " may be deployed to " + service.key() + " again; it was in quarantine because "
                    + current.shown();
            return Change.write(Acts.with(id, QuarantineEntry.write(id, cases, entry), service,
                    new Act(Act.Kind.RELEASE_DIGEST, operator, now, sentence, current.releaseId())),
                    new Done(true, id, sentence));
        });
    }
}
