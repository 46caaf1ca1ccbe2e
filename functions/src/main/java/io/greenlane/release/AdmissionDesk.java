package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Admission.Answer;
import io.greenlane.service.ServiceReference;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a workflow asks for the turn of its release. */
public final class AdmissionDesk {
    private final Releases releases;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final Callbacks callbacks;

    public AdmissionDesk(Releases releases, ServiceQueue queue, Quarantine quarantine, Callbacks callbacks) {
        this.releases = releases;
        this.queue = queue;
        this.quarantine = quarantine;
        this.callbacks = callbacks;
    }

    /**
     * Opens the release if need be and asks for its turn.
     *
     * @param serving the digest that production runs now; null when unknown
     * @param token of the state that sleeps until it is this release's turn; null when the workflow does not sleep. When it need not
     * sleep, it is woken at once
     */
    public Reply ask(Push push, ServiceReference service, String execution, @Nullable Digest serving,
            @Nullable String token) {
        return awake(token, open(push, service, execution, release -> admit(release, serving, token)));
    }

    /** Opens a release only to refuse it: the service cannot be deployed to. */
    public Reply refuse(Push push, ServiceReference service, String execution, String problem,
            @Nullable String token) {
        return awake(token, open(push, service, execution, release -> {
            Ending ending = release.ending();
            return ending != null
                    ? new Reply(ending.outcome().name(), ending.reason(), release.id())
                    : new Reply(Outcome.REJECTED.name(), problem, release.id());
        }));
    }

    private Reply awake(@Nullable String token, Reply reply) {
        if (token != null && !reply.decision().equals(Answer.WAIT.name())) {
            wake(token, reply.decision());
        }
        return reply;
    }

    private Reply open(Push push, ServiceReference service, String execution, Function<Release, Reply> mine) {
        return switch (releases.open(push, service, execution)) {
            case Releases.Opening.Mine(Release release) -> mine.apply(release);
            case Releases.Opening.SameEvent(Release release) -> new Reply(Answer.DUPLICATE.name(),
                    "Event " + push.eventId() + " was delivered before; release " + release.id() + " answers it.",
                    release.id());
            case Releases.Opening.SameDigest(Release release) -> join(release, push);
            case Releases.Opening.Closed closed -> throw new IllegalStateException("Opening ended at " + closed);
        };
    }

    private Reply admit(Release release, @Nullable Digest serving, @Nullable String token) {
        Ending ending = release.ending();
        if (ending != null) {
            return new Reply(ending.outcome().name(), ending.reason(), release.id());
        }
        releases.looked(release.id());
        Quarantined quarantined = quarantine.find(release.service(), release.push().digest());
        if (quarantined != null) {
            return new Reply(Outcome.REJECTED.name(), quarantined.refusal(release.service()), release.id());
        }
        Admission admission = queue.admit(release.service(), release.turn().sleepingOn(token), serving);
        return answered(release, admission);
    }

    private Reply join(Release release, Push push) {
        return answered(release, queue.join(release.service(), release.id(), push.repository(), push.time()));
    }

    private Reply answered(Release release, Admission admission) {
        for (Turn displaced : admission.displaced()) {
            if (displaced.token() != null) {
                wake(displaced.token(), Answer.SUPERSEDED.name());
            }
        }
        return new Reply(admission.answer().name(), admission.reason(), release.id());
    }

    private void wake(String token, String why) {
        callbacks.succeed(token, Map.of("woken", why));
    }

    /**
     * What the workflow is told.
     *
     * @param decision an {@link Answer}, or the outcome of a release that has ended
     * @param reason one sentence
     * @param releaseId the release of this workflow, or the one that makes it a duplicate
     */
    public record Reply(String decision, String reason, String releaseId) {}
}
