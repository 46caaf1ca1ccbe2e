package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where outcomes are recorded: written once, together with the duty to announce them; then the next release of the service is
 * woken, and people are told. What a crash or a closed channel leaves undone, asking again or the sweep does.
 */
public final class OutcomeDesk {
    private final Ledger ledger;
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final KnownGoods goods;
    private final Drifts drifts;
    private final Outbox outbox;
    private final Waking waking;
    private final ValidationReports reports;
    private final Clock clock;

    public OutcomeDesk(Ledger ledger, Callbacks callbacks, Announcements announcements, ValidationReports reports,
            Clock clock) {
        this.ledger = ledger;
        this.releases = new Releases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.quarantine = new Quarantine(ledger);
        this.goods = new KnownGoods(ledger);
        this.drifts = new Drifts(ledger);
        this.outbox = new Outbox(ledger, announcements, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.waking = new Waking(groups, callbacks);
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Records how a workflow ended its push, or its release of that push to one service.
     *
     * @param push null when the event could not be read
     * @param service null when the push concerns no service
     * @return the outcome that stands: an earlier one when there is one
     */
    public Recorded record(@Nullable Push push, @Nullable ServiceReference service, String execution, Verdict verdict) {
        Release release = push == null || service == null ? null : openedBy(execution, push, service);
        return release == null
                ? recordWithoutRelease(push, service, execution, verdict)
                : end(release, verdict);
    }

    /**
     * Records how an execution ended that has ended without recording it.
     *
     * @param push null when the event could not be read
     * @param service null when the push concerns no service
     * @return false when there is an outcome, or a release of that execution, which comes to one of its own
     */
    public boolean recordMissing(@Nullable Push push, @Nullable ServiceReference service, String execution,
            Verdict verdict) {
        boolean known = (push != null && service != null && hasOpened(execution, push, service))
                || hasEnding(entryId(null, null, execution))
                || (push != null && hasEnding(entryId(push, null, execution)))
                || (service != null && hasEnding(entryId(push, service, execution)));
        if (!known) {
            recordWithoutRelease(push, service, execution, verdict);
        }
        return !known;
    }

    private boolean hasEnding(String entryId) {
        Entry entry = ledger.find(entryId);
        return entry != null && EndingEntry.read(entry) != null;
    }

    private boolean hasOpened(String execution, Push push, ServiceReference service) {
        return (service.group() != null && groups.openedBy(execution, push, service.group()) != null)
                || releases.openedBy(execution, push, service) != null;
    }

    private @Nullable Release openedBy(String execution, Push push, ServiceReference service) {
        GroupRelease group = service.group() == null ? null : groups.openedBy(execution, push, service.group());
        return group == null
                ? releases.openedBy(execution, push, service)
                : releases.openMember(group, service);
    }

    /** Ends a release and does everything that follows from it; doing it again does what is still missing. */
    public Recorded end(Release release, Verdict verdict) {
        Ending ending = releases.close(release.id(), verdict.outcome(), verdict.reason(), verdict.deploymentId(),
                verdict.aftermath(), reports);
        settle(release, ending);
        outbox.announce(ReleaseEntry.id(release.id()));
        return new Recorded(release.id(), ending, release.groupRelease());
    }

    /** Ends the release of a member of a group that has not ended, whether it was opened or not. */
    public Recorded endMember(GroupRelease group, GroupRelease.Member member, Verdict verdict) {
        return end(releases.openMember(group, member.service()), verdict);
    }

    /**
     * Does what follows for the service from a release that ended, and wakes the one whose turn it is now. The release leaves the
     * queue last: until then no other of the same image starts, and the sweep finds what is missing.
     */
    public void settle(Release release, Ending ending) {
        if (ending.aftermath().imageAtFault()) {
            quarantine.failed(release.service(), new Quarantined(release.push().digest(), ending.at(),
                    Quarantined.GREENLANE, ending.reason(), release.id(), ending.deploymentId()));
        }
        if (ending.aftermath().rollbackFailed()) {
            queue.holdAfter(release.service(), release.id(), "the rollback of release " + release.id() + " failed",
                    ending.at());
        }
        if (!ending.aftermath().differences().isEmpty()) {
            drifts.told(release.service(), ending.aftermath().differences(), ending.at());
        }
        if (release.isMember()) {
            tellGroup(release, ending);
            return;
        }
        if (ending.outcome() == Outcome.DEPLOYED) {
            remember(release, ending);
        }
        if (release.groupRelease() == null) {
            leave(release.service(), release.id());
        } else {
            tellGroupBack(release, release.groupRelease(), ending);
        }
    }

    private void remember(Release release, Ending ending) {
        goods.add(release.service(), new KnownGood(release.push().repository(), release.push().digest(),
                release.push().tag(), release.launch().taskDefinition(), release.id(), ending.deploymentId(),
                ending.at()));
    }

    private void leave(ServiceReference service, String turnId) {
        Turn next = queue.leave(service, turnId);
        if (next != null) {
            waking.wake(next, "Release " + turnId + " ended.");
        }
    }

    /** What the group's release brought is good only where all of it is. */
    private void tellGroup(Release release, Ending ending) {
        Aftermath aftermath = ending.aftermath();
        groups.change(release.turnId(), group -> group.ended(release.id(), new GroupRelease.End(ending.outcome(),
                aftermath.rollbackFailed(), aftermath.noRollback()), ending.reason()));
    }

    private void tellGroupBack(Release release, String groupRelease, Ending ending) {
        groups.change(groupRelease, group -> group.wentBack(release.service(), release.push().eventId(),
                ending.outcome(), ending.reason()));
    }

    /**
     * Ends the release of a group of which nothing more is to come: who waits for its turn is woken, people are told, once. Doing it
     * again does what is still missing.
     *
     * @return whether it has ended
     */
    public boolean endGroup(String groupRelease) {
        GroupRelease group = groups.close(groupRelease);
        Ending ending = group.ending();
        if (ending == null) {
            return false;
        }
        ServiceReference one = group.members().get(0).service();
        if (ending.outcome() == Outcome.MIXED) {
            queue.holdAfter(one, group.id(), "group release " + group.id() + " ended " + ending.outcome(), ending.at());
            group.members().stream().filter(member -> group.production(member) != GroupRelease.Production.BEFORE)
                    .forEach(member -> tellStranded(group, member, ending.at()));
        }
        if (ending.outcome() == Outcome.DEPLOYED) {
            for (GroupRelease.Member member : group.members()) {
                Release release = releases.find(member.releaseId());
                if (release != null && release.ending() != null) {
                    remember(release, release.ending());
                }
            }
        }
        leave(one, group.id());
        outbox.announce(GroupReleaseEntry.id(group.id()));
        return true;
    }

    /** Nobody else brought what runs there, and people hear of it by the outcome of the group: the watch need not tell it again. */
    private void tellStranded(GroupRelease group, GroupRelease.Member member, Instant at) {
        Release release = releases.find(member.releaseId());
        String brought = release == null ? null : release.launch().taskDefinition();
        KnownGood last = goods.of(member.service()).stream().findFirst().orElse(null);
        if (brought != null && last != null && last.taskDefinition() != null) {
            drifts.told(
                    member.service(), List.of(new Difference(Difference.Kind.REVISION, last.taskDefinition(), brought,
                            "Production runs " + brought + " with " + group.push().digest() + ", which group release "
                                    + group.id()
                                    + " brought and could not take back; what was deployed last and is good is "
                                    + last.taskDefinition() + " with " + last.digest() + " (" + last.tag() + ").")),
                    at);
        }
    }

    private Recorded recordWithoutRelease(@Nullable Push push, @Nullable ServiceReference service, String execution,
            Verdict verdict) {
        String id = entryId(push, service, execution);
        Instant now = clock.instant();
        Ending ending = ledger.change(id, entry -> {
            Ending before = EndingEntry.read(entry);
            if (before != null) {
                return Change.keep(before);
            }
            Ending first = new Ending(verdict.outcome(), verdict.reason(), verdict.deploymentId(), null,
                    verdict.aftermath(), now, null);
            Members members = new Members(entry).put("push", push == null ? null : push.members())
                    .put("service", service == null ? null : service.members()).put("execution", execution);
            EndingEntry.put(members, first);
            return Change.write(members.map(), first);
        });
        outbox.announce(id);
        return new Recorded(null, ending, null);
    }

    private static String entryId(@Nullable Push push, @Nullable ServiceReference service, String execution) {
        if (service != null) {
            return "execution#" + execution + "#" + service.key();
        }
        return push != null ? "event#" + push.eventId() : "execution#" + execution;
    }

    /**
     * How something ended, as the one who records it sees it.
     *
     * @param reason one sentence
     * @param deploymentId null when there was none, or it is known from the release
     * @param aftermath what follows from it besides
     */
    public record Verdict(Outcome outcome, String reason, @Nullable String deploymentId, Aftermath aftermath) {
        /** Nothing follows from it besides. */
        public Verdict(Outcome outcome, String reason, @Nullable String deploymentId) {
            this(outcome, reason, deploymentId, Aftermath.NONE);
        }
    }

    /**
     * What stands in the ledger now.
     *
     * @param releaseId null when the outcome belongs to no release of this workflow
     * @param groupRelease the release of the group that has more to do now, perhaps; null when the service is released alone
     */
    public record Recorded(@Nullable String releaseId, Ending ending, @Nullable String groupRelease) {}
}
