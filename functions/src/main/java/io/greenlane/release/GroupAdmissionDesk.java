package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Admission.Answer;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.GroupRelease.Failure;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupReleases.Opening;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Topologies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the workflows of a group's members ask for the turn of their group: all of them start, or none. Each of them asks for all,
 * and the group has one place in one queue, so whoever comes first decides and the others hear the same.
 */
public final class GroupAdmissionDesk {
    private static final int TRIES = 5;

    private final GroupReleases groups;
    private final Releases releases;
    private final ServiceQueue queue;
    private final Quarantine quarantine;
    private final Topologies topologies;
    private final Waking waking;

    public GroupAdmissionDesk(GroupReleases groups, Releases releases, ServiceQueue queue, Quarantine quarantine,
            Topologies topologies, Waking waking) {
        this.groups = groups;
        this.releases = releases;
        this.queue = queue;
        this.quarantine = quarantine;
        this.topologies = topologies;
        this.waking = waking;
    }

    /**
     * Opens the release of the group and that of the member if need be, and asks for the group's turn.
     *
     * @param service the member that asks
     * @param token of the state that sleeps until it is the group's turn; null when the workflow does not sleep. When it need not
     * sleep, it is woken at once
     */
    public Reply ask(Push push, PlannedGroup group, ServiceReference service, String execution, Policy policy,
            @Nullable String token) {
        Reply reply = open(push, group, service, execution, policy, token);
        if (token != null && !reply.decision().equals(Answer.WAIT.name())) {
            waking.wake(token, reply.decision());
        }
        return reply;
    }

    private Reply open(Push push, PlannedGroup group, ServiceReference service, String execution, Policy policy,
            @Nullable String token) {
        for (int i = 0; i < TRIES; i++) {
            switch (groups.open(push, group, execution,
                    known -> queue.head(service).canJoin(known.id(), policy))) {
                case Opening.Mine(GroupRelease mine) -> {
                    return admit(mine, group, releases.openMember(mine, service), policy, token);
                }
                case Opening.SameEvent(GroupRelease known) -> {
                    return new Reply(Answer.DUPLICATE.name(), "Event " + push.eventId()
                            + " was delivered before; release " + known.id() + " of the group answers it.",
                            ReleaseId.ofMember(known.id(), service));
                }
                case Opening.SameDigest(GroupRelease known) -> {
                    Admission joined = queue.join(service, known.id(), push.repository(), push.time(), policy);
                    if (joined != null) {
                        wake(joined.displaced());
                        if (push.byOperator()) {
                            waking.wake(known, "An operator goes back to its image.");
                        }
                        return new Reply(joined.answer().name(), joined.reason(),
                                ReleaseId.ofMember(known.id(), service));
                    }
                }
                case Opening.Closed closed -> throw new IllegalStateException("Opening ended at " + closed);
            }
        }
        throw new IllegalStateException("The queue of group " + group.name() + " was changed by others " + TRIES
                + " times in a row; try again");
    }

    private Reply admit(GroupRelease group, PlannedGroup planned, Release member, Policy policy,
            @Nullable String token) {
        Ending ending = member.ending();
        if (ending != null) {
            return new Reply(ending.outcome().name(), ending.reason(), member.id());
        }
        Objection objection = group.objection(member.id());
        if (objection != null) {
            return new Reply(objection.outcome().name(), objection.sentence(), member.id());
        }
        releases.looked(member.id());
        ServiceHead head = queue.head(member.service());
        if (head.running() == null || !head.running().releaseId().equals(group.id())) {
            Failure refusal = prepare(group, planned, member.id(), token);
            if (refusal != null) {
                return fail(group, member.id(), refusal);
            }
        }
        Turn turn = new Turn(group.id(), group.push().repository(), group.push().digest(), group.push().time(), null);
        Admission admission = queue.admit(member.service(), turn, serving(group), policy);
        wake(admission.displaced());
        return switch (admission.answer()) {
            case START, WAIT -> new Reply(admission.answer().name(), admission.reason(), member.id());
            default -> fail(group, member.id(), new Failure(null, Outcome.valueOf(admission.answer().name()),
                    admission.reason()));
        };
    }

    /** Looks at every member, and notes what each runs, and on what this one sleeps; answers with what speaks against the group. */
    private @Nullable Failure prepare(GroupRelease group, PlannedGroup planned, String asking, @Nullable String token) {
        for (PlannedGroup.Member member : planned.services()) {
            if (member.problem() != null) {
                return new Failure(ReleaseId.ofMember(group.id(), member.service()), Outcome.REJECTED,
                        member.problem());
            }
        }
        Map<String, @Nullable Digest> running = new HashMap<>();
        for (Member member : group.members()) {
            Quarantined quarantined = quarantine.find(member.service(), group.push().digest());
            if (quarantined != null) {
                return new Failure(member.releaseId(), Outcome.REJECTED, quarantined.refusal(member.service()));
            }
            try {
                running.put(member.releaseId(), topologies.discover(member.service()).running());
            } catch (ServiceNotDeployableException e) {
                return new Failure(member.releaseId(), Outcome.REJECTED, String.valueOf(e.getMessage()));
            }
        }
        groups.change(group.id(), now -> {
            GroupRelease next = now;
            for (Member member : now.members()) {
                next = next.with(member.releaseId(), one -> one.from(running.get(one.releaseId())));
            }
            return next.with(asking, one -> one.sleepingOn(token));
        });
        return null;
    }

    /** The digest that all members run; null when they run different ones. */
    private @Nullable Digest serving(GroupRelease group) {
        GroupRelease now = Objects.requireNonNull(groups.find(group.id()));
        List<Digest> running = now.members().stream().map(Member::before).filter(Objects::nonNull).distinct().toList();
        return running.size() == 1 && now.members().stream().allMatch(member -> member.before() != null)
                ? running.get(0)
                : null;
    }

    private Reply fail(GroupRelease group, String asking, Failure failure) {
        GroupRelease failed = groups.change(group.id(),
                now -> now.failed(failure.releaseId(), failure.outcome(), failure.sentence()));
        waking.wake(failed, failure.outcome().name());
        Objection objection = Objects.requireNonNull(failed.objection(asking));
        return new Reply(objection.outcome().name(), objection.sentence(), asking);
    }

    private void wake(List<Turn> displaced) {
        displaced.forEach(turn -> waking.wake(turn, Answer.SUPERSEDED.name()));
    }

    /**
     * Opens a release that takes a group back at one service, and lets it start as part of the group's turn.
     *
     * @param groupRelease that goes back
     * @param serving the digest that production runs now; null when unknown
     */
    public Reply askBack(Push push, ServiceReference service, String execution, String groupRelease,
            @Nullable Digest serving) {
        return switch (releases.openBack(push, service, execution, groupRelease)) {
            case Releases.Opening.Mine(Release release) -> admitBack(release, groupRelease, serving);
            case Releases.Opening.SameEvent(Release release) -> new Reply(Answer.DUPLICATE.name(), "Event "
                    + push.eventId() + " was delivered before; release " + release.id() + " answers it.", release.id());
            case Releases.Opening.SameDigest(Release release) -> throw new IllegalStateException(
                    "Release " + release.id() + " cannot be joined to take a group back");
            case Releases.Opening.Closed closed -> throw new IllegalStateException("Opening ended at " + closed);
        };
    }

    private Reply admitBack(Release release, String groupRelease, @Nullable Digest serving) {
        Ending ending = release.ending();
        if (ending != null) {
            return new Reply(ending.outcome().name(), ending.reason(), release.id());
        }
        releases.looked(release.id());
        GroupRelease group = groups.find(groupRelease);
        if (group == null || !group.takesBack(release.push(), release.service())) {
            return new Reply(Outcome.REJECTED.name(), "Group release " + groupRelease + " wants nothing taken back at "
                    + release.service().key() + ".", release.id());
        }
        Quarantined quarantined = quarantine.find(release.service(), release.push().digest());
        if (quarantined != null) {
            return new Reply(Outcome.REJECTED.name(), quarantined.refusal(release.service()), release.id());
        }
        return release.push().digest().equals(serving)
                ? new Reply(Answer.DUPLICATE.name(), serving + " already runs.", release.id())
                : new Reply(Answer.START.name(), "It takes group release " + groupRelease + " back.", release.id());
    }
}
