package io.greenlane.operate;

import io.greenlane.deployment.Executions;
import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.Done;
import io.greenlane.release.Ending;
import io.greenlane.release.GateOverride;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Outcome;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Quarantined;
import io.greenlane.release.Release;
import io.greenlane.release.ReleaseId;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.release.Waking;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets an image pass gates that hold it: written into the ledger, told to the subscribers, and only then does a release that waits
 * look again, or one that was rejected begin anew. The same again does what is missing.
 */
public final class BreakGlass {
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final GateOverrides overrides;
    private final Outbox outbox;
    private final Waking waking;
    private final Executions executions;
    private final Clock clock;

    public BreakGlass(Ledger ledger, Outbox outbox, Waking waking, Executions executions, Clock clock) {
        this.releases = new Releases(ledger, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.quarantine = new Quarantine(ledger);
        this.overrides = new GateOverrides(ledger);
        this.outbox = outbox;
        this.waking = waking;
        this.executions = executions;
        this.clock = clock;
    }

    /**
     * Overrides gates for one digest.
     *
     * @param home the registry that the image is in
     * @param together the service, once for each repository that it follows, or all services of its group
     * @param gates see {@link io.greenlane.gate.Gate#NAMES}
     * @param lasting how long they do not count
     */
    public Reply override(Registry home, List<ServiceReference> together, Digest digest, List<String> gates,
            Operator operator, Duration lasting) {
        ServiceReference service = together.get(0);
        for (ServiceReference one : together) {
            Quarantined quarantined = quarantine.find(one, digest);
            if (quarantined != null) {
                return Reply.refused("No command overrides the quarantine. " + quarantined.refusal(one));
            }
        }
        ServiceHead head = queue.head(service);
        if (head.hold() != null) {
            return Reply.refused(service.key() + " is held " + head.hold()
                    + ". Nothing is released to it before the hold is lifted with ./operate unhold.");
        }
        Last last = together.stream().map(one -> last(home, one, digest)).filter(Objects::nonNull).findFirst()
                .orElse(null);
        Instant now = clock.instant();
        Done done = overrides.override(service, new GateOverride(digest, gates, operator, now, now.plus(lasting)),
                last == null ? null : last.id());
        outbox.announce(done.entryId());
        Next next = last == null
                ? new Next(false, "No release of it is known: it counts for the next push of it.")
                : goOn(service, head, last, now);
        return new Reply(true, done.changed() || next.begun(), done.sentence() + " " + next.sentence());
    }

    private @Nullable Last last(Registry home, ServiceReference service, Digest digest) {
        if (service.group() == null) {
            Release release = releases.last(home, service.repository(), digest, service);
            return release == null ? null : new Last(release.id(), release.push(), release.ending());
        }
        GroupRelease release = groups.last(home, service.repository(), digest, service.group());
        return release == null ? null : new Last(release.id(), release.push(), release.ending());
    }

    private Next goOn(ServiceReference service, ServiceHead head, Last last, Instant now) {
        Ending ending = last.ending();
        if (ending == null) {
            Turn running = head.running();
            boolean woken = running != null && running.releaseId().equals(last.id())
                    && waking.wake(running, "Gates were overridden.");
            return new Next(false, "Release " + last.id()
                    + (woken
                            ? " looks at its gates again now."
                            : " has not ended; it counts when that looks at its gates."));
        }
        if (ending.outcome() != Outcome.REJECTED) {
            return new Next(false, "Release " + last.id() + " of it ended " + ending.outcome()
                    + ": it counts for the next push of it.");
        }
        ServiceHead.Newest newest = head.newest().get(last.push().repository());
        Instant wantedAt = newest == null || newest.pushedAt().isBefore(now) ? now : newest.pushedAt().plusSeconds(1);
        String name = Push.GLASS + ReleaseId.hash(last.id());
        Push push = new Push(last.push().registry(), last.push().repository(), last.push().digest(), last.push().tag(),
                name, wantedAt);
        boolean begun = executions.start(name,
                PushEvent.wanted(push, service.application(), service.deploymentGroup(), null));
        return new Next(begun, "Release " + last.id() + " was rejected, and "
                + (begun ? "the image is released again now." : "the image is being released again already."));
    }

    /** The last release of the digest, to the service or to its group. */
    private record Last(String id, Push push, @Nullable Ending ending) {}

    /** What becomes of it now. */
    private record Next(boolean begun, String sentence) {}
}
