package io.greenlane.group;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Executions;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Meeting;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.VerdictDesk;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Tag;
import io.greenlane.release.Ending;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupRelease.WayBack;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.KnownGood;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Release;
import io.greenlane.release.ReleaseId;
import io.greenlane.release.Releases;
import io.greenlane.validation.HookEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the release of a group to its end. What is to be done follows from the ledger alone, each look does what is missing, and
 * doing it again does no harm: members that are due are answered, after a failure those under way are stopped and those that had
 * ended well go back by a release of what ran before, and when nothing more is to come the group gets its one outcome.
 */
public final class GroupSettlement {
    private final GroupReleases groups;
    private final Releases releases;
    private final Meeting meeting;
    private final VerdictDesk verdictDesk;
    private final Verdicts verdicts;
    private final Withdrawals withdrawals;
    private final Deployments deployments;
    private final Interventions interventions;
    private final KnownGoods goods;
    private final ImageCatalog images;
    private final Executions executions;
    private final OutcomeDesk outcomes;
    private final Clock clock;

    /**
     * All that it takes.
     *
     * @param records where it is written down how a group stands
     * @param hooks how members are answered
     * @param world what goes back, and by what
     */
    public GroupSettlement(Records records, Hooks hooks, World world, Clock clock) {
        this.groups = records.groups();
        this.releases = records.releases();
        this.goods = records.goods();
        this.outcomes = records.outcomes();
        this.withdrawals = records.withdrawals();
        this.meeting = hooks.meeting();
        this.verdictDesk = hooks.desk();
        this.verdicts = hooks.verdicts();
        this.deployments = world.deployments();
        this.interventions = world.interventions();
        this.images = world.images();
        this.executions = world.executions();
        this.clock = clock;
    }

    /** In the ledger. */
    public record Records(GroupReleases groups, Releases releases, KnownGoods goods, OutcomeDesk outcomes,
            Withdrawals withdrawals) {}

    /** Of deployments. */
    public record Hooks(Meeting meeting, VerdictDesk desk, Verdicts verdicts) {}

    /** Outside of the ledger. */
    public record World(Deployments deployments, Interventions interventions, ImageCatalog images,
            Executions executions) {}

    /**
     * Does what is to be done now.
     *
     * @return what was done, in sentences for the log; empty when nothing was
     */
    public List<String> look(String groupRelease) {
        List<String> done = new ArrayList<>();
        GroupRelease group = find(groupRelease);
        if (group.ending() == null) {
            catchUp(group, done);
            List<String> answered = meeting.answer(groupRelease, verdictDesk, clock.instant());
            if (!answered.isEmpty()) {
                done.add("Answered: " + String.join(", ", answered) + ".");
            }
            group = find(groupRelease);
            if (group.failure() != null) {
                stop(group, done);
                goBack(find(groupRelease), done);
            }
            groups.looked(groupRelease);
        }
        if (outcomes.endGroup(groupRelease) && group.ending() == null) {
            done.add("The group's release has ended.");
        }
        return done;
    }

    private GroupRelease find(String groupRelease) {
        return Objects.requireNonNull(groups.find(groupRelease),
                () -> "The ledger knows no group release " + groupRelease);
    }

    /** Writes down what members came to without the group hearing of it. */
    private void catchUp(GroupRelease group, List<String> done) {
        boolean lost = group.members().stream().anyMatch(member -> member.end() == null)
                && executions.state(group.execution()) != Executions.State.RUNNING;
        for (Member member : group.members()) {
            Release release = releases.find(member.releaseId());
            Ending ending = release == null ? null : release.ending();
            if (member.end() != null) {
                arrive(group, member, done);
            } else if (release != null && ending != null) {
                outcomes.settle(release, ending);
            } else if (lost && (release == null || release.launch().deploymentId() == null)) {
                outcomes.endMember(group, member, new OutcomeDesk.Verdict(Outcome.FAILED,
                        "The workflow's execution ended before anything was deployed to " + member.service().key()
                                + ".",
                        null));
                done.add("Nobody was left to release to " + member.service().key() + ".");
            } else if (member.vote() != null && !member.moved()) {
                Verdict last = verdicts.find(member.vote().deploymentId(), HookEvent.AFTER_ALLOW_TRAFFIC);
                if (last != null && last.passed()) {
                    meeting.moved(group.id(), member.releaseId());
                }
            }
        }
    }

    /** A release that takes a member back may have ended without a word. */
    private void arrive(GroupRelease group, Member member, List<String> done) {
        WayBack way = member.wayBack();
        if (way == null || way.outcome() != null || way.execution() == null) {
            return;
        }
        Executions.State state = executions.state(executions.arn(way.execution()));
        Release back = back(group, member, way.execution());
        if (back != null && back.ending() != null) {
            outcomes.settle(back, back.ending());
        } else if (state == Executions.State.GONE) {
            begin(group, member, way, done);
        } else if (state != Executions.State.RUNNING && (back == null || back.launch().deploymentId() == null)) {
            groups.change(group.id(), now -> now.goingBack(member.releaseId(), new WayBack(way.execution(),
                    "going back ended as " + state, Outcome.FAILED)));
        }
    }

    private @Nullable Release back(GroupRelease group, Member member, String execution) {
        Push push = push(group, member, execution);
        return push == null ? null : releases.openedBy(executions.arn(execution), push, member.service());
    }

    private void stop(GroupRelease group, List<String> done) {
        for (Member member : group.members()) {
            Release release = member.end() == null ? releases.find(member.releaseId()) : null;
            Deployment deployment = release == null ? null : ReleaseMark.deployment(release, deployments);
            Objection objection = group.objection(member.releaseId());
            boolean goesBackItself = group.failure() != null && member.releaseId().equals(group.failure().releaseId());
            if (deployment == null || objection == null || deployment.status().isFinal() || goesBackItself) {
                continue;
            }
            withdrawals.write(deployment.id(), objection);
            if (interventions.stop(deployment.id())) {
                done.add("Deployment " + deployment.id() + " was stopped: " + objection.sentence());
            }
        }
    }

    private void goBack(GroupRelease group, List<String> done) {
        for (Member member : group.stranded()) {
            String name = Push.OPERATOR + ReleaseId.hash(group.id() + member.releaseId());
            Push push = push(group, member, name);
            WayBack way = push == null
                    ? new WayBack(null, "it is not known what ran there before", Outcome.FAILED)
                    : images.find(push.repository(), push.digest()) instanceof ImageLookup.Gone gone
                            ? new WayBack(null, "it cannot go back: " + gone.reason(), Outcome.IMAGE_GONE)
                            : new WayBack(name, "goes back to " + push.digest(), null);
            groups.change(group.id(), now -> now.goingBack(member.releaseId(), way));
            if (way.execution() == null) {
                done.add(member.service().key() + ": " + way.sentence() + ".");
            } else {
                begin(group, member, way, done);
            }
        }
    }

    private void begin(GroupRelease group, Member member, WayBack way, List<String> done) {
        Push push = way.execution() == null ? null : push(group, member, way.execution());
        if (push != null && executions.start(push.eventId(), PushEvent.wanted(push, member.service().application(),
                member.service().deploymentGroup(), group.id()))) {
            done.add(member.service().key() + " " + way.sentence() + ", by execution " + push.eventId() + ".");
        }
    }

    /** What ran at a member before, as if it were pushed now; null when that is not known. */
    private @Nullable Push push(GroupRelease group, Member member, String name) {
        Digest before = member.before();
        if (before == null) {
            return null;
        }
        Tag tag = goods.of(member.service()).stream().filter(good -> good.digest().equals(before)).map(KnownGood::tag)
                .findFirst().orElse(group.push().tag());
        return new Push(group.push().registry(), group.push().repository(), before, tag, name, group.push().time());
    }
}
