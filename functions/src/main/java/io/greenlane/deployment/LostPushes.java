package io.greenlane.deployment;

import io.greenlane.deployment.Sweeper.Repair;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.ReleaseId;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.TrackedService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pushes that no event told of. */
public final class LostPushes {
    /** An event is given this long to arrive. */
    private static final Duration EVENTS_ARRIVE_WITHIN = Duration.ofMinutes(1);
    /** Older pushes are history, not lost events: nobody expects them to be deployed today. */
    private static final Duration LOST_EVENTS_AGE = Duration.ofHours(6);

    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Executions executions;
    private final NewestPushes pushes;
    private final Clock clock;

    public LostPushes(Ledger ledger, Executions executions, NewestPushes pushes, Clock clock) {
        this.releases = new Releases(ledger, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.executions = executions;
        this.pushes = pushes;
        this.clock = clock;
    }

    /**
     * Starts the workflow for the newest push that a service takes, when no event told of it. What a person stopped is not started
     * again.
     *
     * @return null when nothing is missing
     */
    public @Nullable Repair find(Registry home, TrackedService service) {
        Instant now = clock.instant();
        Instant since = executions.since();
        Instant expected = now.minus(LOST_EVENTS_AGE);
        Push push = pushes.of(home, service, since.isAfter(expected) ? since : expected,
                now.minus(EVENTS_ARRIVE_WITHIN));
        if (push == null || isKnown(push, service.reference())) {
            return null;
        }
        return isStopped(push, expected) ? null : start(push);
    }

    private @Nullable Repair start(Push push) {
        String name = Push.FOUND + ReleaseId.hash(push.eventId());
        return executions.start(name, PushEvent.action(push))
                ? new Repair(null, "No event told of " + image(push) + "; execution " + name + " releases it.")
                : null;
    }

    private boolean isStopped(Push push, Instant since) {
        return executions.ended(Executions.State.ABORTED, since).stream()
                .anyMatch(execution -> PushEvent.read(execution.input(),
                        push.registry()) instanceof PushEvent.Arrived(Push told)
                        && push.repository().equals(told.repository()) && push.isFoundTwinOf(told));
    }

    private static String image(Push push) {
        return push.repository() + ":" + push.tag() + "@" + push.digest();
    }

    private boolean isKnown(Push push, ServiceReference service) {
        ServiceHead.Newest newest = queue.head(service).newest().get(push.repository());
        return (newest != null && !newest.pushedAt().isBefore(push.time()))
                || (service.group() == null
                        ? releases.find(ReleaseId.of(push, service, 1)) != null
                        : groups.knows(push, service.group()));
    }
}
