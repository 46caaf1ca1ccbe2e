package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Admission.Answer;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a workflow asks for the turn of its release. */
public final class AdmissionDesk {
    private static final int TRIES = 5;

    private final Releases releases;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final Waking waking;

    public AdmissionDesk(Releases releases, ServiceQueue queue, Quarantine quarantine, Waking waking) {
        this.releases = releases;
        this.queue = queue;
        this.quarantine = quarantine;
        this.waking = waking;
    }

    /**
     * Opens the release if need be and asks for its turn.
     *
     * @param policy what it does to a release that has not ended
     * @param serving the digest that production runs now; null when unknown
     * @param token of the state that sleeps until it is this release's turn; null when the workflow does not sleep. When it need not
     * sleep, it is woken at once
     */
    public Reply ask(Push push, ServiceReference service, String execution, Policy policy, @Nullable Digest serving,
            @Nullable String token) {
        return awake(token, open(push, service, execution, policy, release -> admit(release, policy, serving, token)));
    }

    /** Opens a release only to refuse it: the service cannot be deployed to. */
    public Reply refuse(Push push, ServiceReference service, String execution, Policy policy, String problem,
            @Nullable String token) {
        return awake(token, open(push, service, execution, policy, release -> {
            Ending ending = release.ending();
            return ending != null
                    ? new Reply(ending.outcome().name(), ending.reason(), release.id())
                    : new Reply(Outcome.REJECTED.name(), problem, release.id());
        }));
    }

    private Reply awake(@Nullable String token, Reply reply) {
        if (token != null && !reply.decision().equals(Answer.WAIT.name())) {
            waking.wake(token, reply.decision());
        }
        return reply;
    }

    private Reply open(Push push, ServiceReference service, String execution, Policy policy,
            Function<Release, Reply> mine) {
        for (int i = 0; i < TRIES; i++) {
            switch (releases.open(push, service, execution,
                    release -> queue.head(service).canJoin(release.id(), policy))) {
                case Releases.Opening.Mine(Release release) -> {
                    return mine.apply(release);
                }
                case Releases.Opening.SameEvent(Release release) -> {
                    return new Reply(Answer.DUPLICATE.name(),
                            "Event " + push.eventId() + (release.push().isFoundTwinOf(push)
                                    ? " tells of a push that was found before it came; release "
                                    : " was delivered before; release ") + release.id() + " answers it.",
                            release.id());
                }
                case Releases.Opening.SameDigest(Release release) -> {
                    Admission joined = queue.join(service, release.id(), push.repository(), push.time(), policy);
                    if (joined != null) {
                        goesBack(push, service);
                        return answered(release, joined);
                    }
                }
                case Releases.Opening.Closed closed -> throw new IllegalStateException("Opening ended at " + closed);
            }
        }
        throw new IllegalStateException("The queue of " + service.key() + " was changed by others " + TRIES
                + " times in a row; try again");
    }

    /** What waits at its gates passes them now. */
    private void goesBack(Push push, ServiceReference service) {
        Turn running = push.byOperator() ? queue.head(service).running() : null;
        if (running != null) {
            waking.wake(running, "An operator goes back to its image.");
        }
    }

    private Reply admit(Release release, Policy policy, @Nullable Digest serving, @Nullable String token) {
        Ending ending = release.ending();
        if (ending != null) {
            return new Reply(ending.outcome().name(), ending.reason(), release.id());
        }
        releases.looked(release.id());
        Quarantined quarantined = quarantine.find(release.service(), release.push().digest());
        if (quarantined != null) {
            return new Reply(Outcome.REJECTED.name(), quarantined.refusal(release.service()), release.id());
        }
        return answered(release, queue.admit(release.service(), release.turn().sleepingOn(token), serving, policy));
    }

    private Reply answered(Release release, Admission admission) {
        for (Turn displaced : admission.displaced()) {
            waking.wake(displaced, Answer.SUPERSEDED.name());
        }
        return new Reply(admission.answer().name(), admission.reason(), release.id());
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
