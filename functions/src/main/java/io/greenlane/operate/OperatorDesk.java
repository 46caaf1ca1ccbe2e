package io.greenlane.operate;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Executions;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.release.Done;
import io.greenlane.release.Drifts;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.KnownGood;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Ledger;
import io.greenlane.release.Objection;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Outcome;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Quarantined;
import io.greenlane.release.Release;
import io.greenlane.release.ReleaseId;
import io.greenlane.release.Releases;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBack.Way;
import io.greenlane.release.RollBacks;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.release.Waking;
import io.greenlane.release.WaysBack;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Topologies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what operators want. Each operation is written into the ledger with its name and reason and told to the subscribers; the
 * same again is done once.
 */
public final class OperatorDesk {
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final Drifts drifts;
    private final KnownGoods goods;
    private final RollBacks rollBacks;
    private final WaysBack waysBack;
    private final Withdrawals withdrawals;
    private final Outbox outbox;
    private final Waking waking;
    private final Deployments deployments;
    private final Interventions interventions;
    private final Topologies topologies;
    private final ImageCatalog images;
    private final Executions executions;
    private final Clock clock;

    public OperatorDesk(Ledger ledger, Outbox outbox, Waking waking, Deployments deployments,
            Interventions interventions, Topologies topologies, ImageCatalog images, Executions executions,
            Clock clock) {
        this.releases = new Releases(ledger, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.quarantine = new Quarantine(ledger);
        this.drifts = new Drifts(ledger);
        this.goods = new KnownGoods(ledger);
        this.rollBacks = new RollBacks(ledger);
        this.waysBack = new WaysBack(ledger, releases, groups);
        this.withdrawals = new Withdrawals(ledger, clock);
        this.outbox = outbox;
        this.waking = waking;
        this.deployments = deployments;
        this.interventions = interventions;
        this.topologies = topologies;
        this.images = images;
        this.executions = executions;
        this.clock = clock;
    }

    /**
     * Holds a service: its pushes end HELD until the hold is lifted. What is under way is not stopped, but its next hook refuses it,
     * unless production may move already; and what waits at its gates finds out at once.
     */
    public Reply hold(ServiceReference service, Operator operator) {
        Reply reply = told(queue.hold(service, operator, clock.instant()));
        Turn running = queue.head(service).running();
        if (running != null) {
            waking.wake(running, "The service is held.");
        }
        return reply;
    }

    /** Lifts the hold. */
    public Reply unhold(ServiceReference service, Operator operator) {
        return told(queue.unhold(service, operator, clock.instant()));
    }

    /** Says that all that others have changed at the service is to be so: it is no alarm any more. */
    public Reply acceptDrift(ServiceReference service, Operator operator) {
        return told(drifts.accept(service, operator, clock.instant()));
    }

    /** Releases a digest from quarantine. */
    public Reply release(ServiceReference service, Digest digest, Operator operator) {
        return told(quarantine.release(service, digest, operator, clock.instant()));
    }

    /**
     * Takes production back to what was good before, and puts what it leaves in quarantine. A service of a group goes back with all
     * of its group.
     *
     * @param home the registry that the images are in
     */
    public Reply rollBack(Registry home, ServiceReference service, Operator operator) {
        Reply reply = rollBackAll(home, service, operator);
        boolean alone = service.group() == null;
        return alone || !reply.accepted()
                ? reply
                : new Reply(true, reply.changed(), reply.sentence() + " All services of group " + service.group()
                        + " go back with it.");
    }

    private Reply rollBackAll(Registry home, ServiceReference service, Operator operator) {
        RollBack wanted = rollBacks.standing(service, operator, clock.instant());
        if (wanted == null) {
            switch (decide(service, operator)) {
                case Decision.Not(String sentence) -> {
                    return Reply.refused(sentence);
                }
                case Decision.Go(RollBack decided) -> wanted = rollBacks.begin(service, decided);
            }
        }
        if (wanted.doneAt() != null) {
            told(rollBacks.done(service, wanted, clock.instant()));
            return Reply.done(false, "Nothing new: at " + wanted.doneAt() + " the same was asked for and done. "
                    + wanted.sentence() + " To go back further, give another reason.");
        }
        return carryOut(home, service, wanted);
    }

    private Reply carryOut(Registry home, ServiceReference service, RollBack rollBack) {
        Digest unwanted = rollBack.unwanted();
        if (unwanted != null) {
            String deploymentId = rollBack.way() instanceof Way.Stop(String id) ? id : null;
            quarantine.put(service, new Quarantined(unwanted, rollBack.at(), rollBack.operator().name(),
                    rollBack.operator().reason(), rollBack.releaseId(), deploymentId));
        }
        switch (rollBack.way()) {
            case Way.Stop(String deploymentId) -> {
                String why = rollBack.operator().name() + " rolled it back: " + rollBack.operator().reason();
                Release release = rollBack.releaseId() == null ? null : releases.find(rollBack.releaseId());
                if (release != null && release.isMember()) {
                    if (!stopGroup(release.turnId(), why)) {
                        return again(home, service, rollBack);
                    }
                } else if (!stop(deploymentId, why) && hasSucceeded(deploymentId)) {
                    return again(home, service, rollBack);
                }
            }
            case Way.Again(KnownGood target, Instant wantedAt) -> {
                String name = Push.OPERATOR + ReleaseId.hash(service.key() + rollBack.at() + target.digest());
                Push push = new Push(home, target.repository(), target.digest(), target.tag(), name, wantedAt);
                executions.start(name, PushEvent.wanted(push, service.application(), service.deploymentGroup(),
                        null));
            }
        }
        return told(rollBacks.done(service, rollBack, clock.instant()));
    }

    private boolean stop(String deploymentId, String why) {
        withdrawals.write(deploymentId, new Objection(Outcome.ROLLED_BACK, why));
        return interventions.stop(deploymentId);
    }

    /** False when the group has ended. What had ended well before goes back by the group's own doing. */
    private boolean stopGroup(String groupRelease, String why) {
        GroupRelease group = groups.change(groupRelease, now -> now.failed(null, Outcome.ROLLED_BACK, why));
        if (group.failure() == null) {
            return false;
        }
        for (GroupRelease.Member member : group.members()) {
            Release release = releases.find(member.releaseId());
            Deployment deployment = release == null ? null : ReleaseMark.deployment(release, deployments);
            if (deployment != null && !deployment.status().isFinal()) {
                stop(deployment.id(), why);
            }
        }
        return true;
    }

    private boolean hasSucceeded(String deploymentId) {
        Deployment deployment = deployments.find(deploymentId);
        return deployment != null && deployment.status() == DeploymentStatus.SUCCEEDED;
    }

    /** The deployment ended well before it could be stopped. */
    private Reply again(Registry home, ServiceReference service, RollBack rollBack) {
        return switch (release(service, rollBack.unwanted())) {
            case Found.Nothing(String sentence) -> Reply.refused(sentence);
            case Found.Target(Way.Again way) -> {
                rollBacks.change(service, rollBack.by(way));
                yield carryOut(home, service, rollBack.by(way));
            }
        };
    }

    private Decision decide(ServiceReference service, Operator operator) {
        ServiceHead head = queue.head(service);
        Release wanted = Stream.concat(Stream.ofNullable(head.running()), head.waiting().stream())
                .map(turn -> goingBack(turn, service)).filter(Objects::nonNull).findFirst().orElse(null);
        if (wanted != null) {
            return new Decision.Not("Production is going back to " + wanted.push().digest() + " already, by release "
                    + wanted.id() + "; ask again when that has ended.");
        }
        Decision ofGroup = decideForGroup(head.running(), service, operator);
        if (ofGroup != null) {
            return ofGroup;
        }
        Release running = running(head.running(), service);
        Deployment deployment = running == null ? null : ReleaseMark.deployment(running, deployments);
        if (running != null && deployment != null && !deployment.status().isFinal()) {
            return new Decision.Go(new RollBack(operator, clock.instant(), running.push().digest(), running.id(),
                    new Way.Stop(deployment.id())));
        }
        if (deployment != null && deployment.status() != DeploymentStatus.SUCCEEDED) {
            return new Decision.Not("Deployment " + deployment.id() + " ended as " + deployment.status()
                    + " and is being taken back.");
        }
        Digest serving = topologies.discover(service).running();
        return switch (release(service, serving)) {
            case Found.Nothing(String sentence) -> new Decision.Not(sentence);
            case Found.Target(Way.Again way) -> new Decision.Go(new RollBack(operator, clock.instant(), serving,
                    broughtBy(service, serving), way));
        };
    }

    /** An open release that takes production back, as the ledger bears out; null when the one of the turn does not. */
    private @Nullable Release goingBack(Turn turn, ServiceReference service) {
        Release release = releases.find(turn.releaseAt(service));
        if (release == null || release.ending() != null || !release.push().byOperator()) {
            return null;
        }
        GroupRelease group = turn.isOfGroup() ? groups.find(turn.releaseId()) : null;
        List<ServiceReference> together = group == null
                ? List.of(service)
                : group.members().stream().map(GroupRelease.Member::service).toList();
        return waysBack.wanted(release.push(), together, null) == null ? null : release;
    }

    /** While any service of a group has a deployment, all of them can be stopped; null when that is not so. */
    private @Nullable Decision decideForGroup(@Nullable Turn turn, ServiceReference service, Operator operator) {
        GroupRelease group = turn == null || !turn.isOfGroup() ? null : groups.find(turn.releaseId());
        if (turn == null || group == null || group.ending() != null) {
            return null;
        }
        if (group.failure() != null) {
            return new Decision.Not("Group " + group.group() + " is going back already: " + group.failure().sentence());
        }
        String deploymentId = group.members().stream().map(member -> releases.find(member.releaseId()))
                .filter(Objects::nonNull).map(release -> release.launch().deploymentId()).filter(Objects::nonNull)
                .findFirst().orElse(null);
        return deploymentId == null
                ? null
                : new Decision.Go(new RollBack(operator, clock.instant(), group.push().digest(),
                        turn.releaseAt(service), new Way.Stop(deploymentId)));
    }

    private @Nullable Release running(@Nullable Turn turn, ServiceReference service) {
        Release release = turn == null ? null : releases.find(turn.releaseAt(service));
        return release == null || release.ending() != null ? null : release;
    }

    private @Nullable String broughtBy(ServiceReference service, @Nullable Digest digest) {
        return goods.of(service).stream().filter(good -> good.digest().equals(digest)).map(KnownGood::releaseId)
                .findFirst().orElse(null);
    }

    /** The newest that was good, other than what is to be left. */
    private Found release(ServiceReference service, @Nullable Digest unwanted) {
        ServiceHead head = queue.head(service);
        if (head.hold() != null) {
            return new Found.Nothing(service.key() + " is held " + head.hold()
                    + ". Nothing is released to it before the hold is lifted with ./operate unhold.");
        }
        List<KnownGood> known = goods.of(service);
        KnownGood target = known.stream().filter(good -> !good.digest().equals(unwanted))
                .filter(good -> quarantine.find(service, good.digest()) == null)
                .filter(good -> !(images.find(good.repository(), good.digest()) instanceof ImageLookup.Gone))
                .findFirst()
                .orElse(null);
        if (target == null) {
            return new Found.Nothing("Nothing is known to go back to: of " + known.size()
                    + " digests that were deployed to "
                    + service.key()
                    + " by a release, none is other than the one that serves, out of quarantine and still in its repository."
                    + " Push the image that you want under a new tag.");
        }
        ServiceHead.Newest newest = head.newest().get(target.repository());
        Instant now = clock.instant();
        Instant wantedAt = newest == null || newest.pushedAt().isBefore(now) ? now : newest.pushedAt().plusSeconds(1);
        return new Found.Target(new Way.Again(target, wantedAt));
    }

    /** What cannot be told now, the sweep tells. */
    private Reply told(Done done) {
        outbox.announce(done.entryId());
        return Reply.done(done.changed(), done.sentence());
    }

    private sealed interface Decision {
        record Go(RollBack rollBack) implements Decision {}

        record Not(String sentence) implements Decision {}
    }

    private sealed interface Found {
        record Target(Way.Again way) implements Found {}

        record Nothing(String sentence) implements Found {}
    }

    /**
     * What an operator hears.
     *
     * @param accepted false when it cannot be done as things are
     * @param changed false when nothing was to be done
     * @param sentence for people
     */
    public record Reply(boolean accepted, boolean changed, String sentence) {
        static Reply done(boolean changed, String sentence) {
            return new Reply(true, changed, sentence);
        }

        /** It cannot be done as things are, or was not understood; nothing was changed. */
        public static Reply refused(String sentence) {
            return new Reply(false, false, sentence);
        }

        /** As functions answer with it: {@code {accepted, changed, lines}}. */
        public Map<String, Object> members() {
            return Map.of("accepted", accepted, "changed", changed, "lines", List.of(sentence));
        }
    }
}
