package io.greenlane.operate;

import io.greenlane.json.Quote;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.ApprovalDecision;
import io.greenlane.release.ApprovalTerms;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.Approvals;
import io.greenlane.release.Approvals.Answer;
import io.greenlane.release.Ending;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.Seal;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.release.Waking;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes what people say who are asked for an approval. Approving needs the token of the message; refusing does not: it can only
 * leave production as it is, and a message that got lost must not keep anybody from it.
 */
public final class Approver {
    private final Approvals approvals;
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Waking waking;
    private final Seal seal;
    private final Outbox outbox;
    private final Clock clock;

    public Approver(Ledger ledger, Waking waking, Seal seal, Outbox outbox, Clock clock) {
        this.approvals = new Approvals(ledger);
        this.releases = new Releases(ledger, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.waking = waking;
        this.seal = seal;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * What is decided about.
     *
     * @param turnId the release, or the release of its group
     * @param what it brings, for people
     */
    private record Subject(String turnId, String what, ServiceReference service, @Nullable Ending ending) {}

    /**
     * Approves a release, which looks at its gates again at once.
     *
     * @param releaseId a release, or the release of a group
     * @throws Seal.UnusableSealException when nobody can say whether the token is real
     */
    public Reply approve(String releaseId, ApprovalToken token, Operator operator) {
        ApprovalTerms terms = token.terms();
        if (!seal.fits(token.code(), terms.text())) {
            return Reply.refused("This stack never gave out that token; copy the whole of it from the message.");
        }
        Subject subject = find(releaseId);
        if (subject == null) {
            return unknown(releaseId);
        }
        if (!terms.turnId().equals(subject.turnId())) {
            Subject other = find(terms.turnId());
            return Reply.refused("The token is for release " + terms.turnId() + (other == null
                    ? ""
                    : ", which brings " + other.what()) + ", and not for release " + subject.turnId()
                    + ", which brings " + subject.what() + ".");
        }
        Instant now = clock.instant();
        if (!now.isBefore(terms.until())) {
            return Reply.refused("The token was good until " + terms.until() + ", and it is " + now
                    + ": push again, and approve in time.");
        }
        return subject.ending() != null
                ? ended(subject, subject.ending())
                : reply(subject, approvals.approve(token, operator, now), true, operator);
    }

    /** Refuses a release, which ends as REJECTED. What has started already is not stopped by this. */
    public Reply refuse(String releaseId, Operator operator) {
        Subject subject = find(releaseId);
        if (subject == null) {
            return unknown(releaseId);
        }
        return subject.ending() != null
                ? ended(subject, subject.ending())
                : reply(subject, approvals.refuse(subject.turnId(), operator, clock.instant()), false, operator);
    }

    private Reply reply(Subject subject, Answer answer, boolean approving, Operator operator) {
        return switch (answer) {
            case Answer.Said(var done) -> {
                outbox.announce(done.entryId());
                wake(subject, done.sentence());
                yield Reply.done(true, done.sentence());
            }
            case Answer.Decided(ApprovalDecision before) -> {
                wake(subject, before.sentence());
                String sentence = "Nothing new: release " + subject.turnId() + " was " + before.sentence() + ".";
                yield before.approved() == approving && before.operator().equals(operator)
                        ? Reply.done(false, sentence)
                        : Reply.refused(sentence);
            }
            case Answer.OtherChange(var request) -> Reply.refused("What would start is not what the token is for"
                    + (request.why().isEmpty() ? "" : ": " + request.why()) + ". Look at the message of "
                    + request.askedAt() + ", which has another token.");
            case Answer.NotAsked() -> Reply.refused("Nobody is asked to approve release " + subject.turnId() + ".");
        };
    }

    /** Again each time: whoever died before this is helped by the same command. */
    private void wake(Subject subject, String why) {
        Turn running = queue.head(subject.service()).running();
        if (running != null && running.releaseId().equals(subject.turnId())) {
            waking.wake(running, why);
        }
    }

    private static Reply unknown(String releaseId) {
        return Reply.refused("The ledger knows no release " + Quote.of(releaseId) + ".");
    }

    private static Reply ended(Subject subject, Ending ending) {
        return Reply.refused("Release " + subject.turnId() + " ended as " + ending.outcome() + " at " + ending.at()
                + "; nothing of it is to be approved or refused.");
    }

    private @Nullable Subject find(String releaseId) {
        Release release = releases.find(releaseId);
        if (release != null && release.turnId().equals(release.id())) {
            return new Subject(release.id(), release.push().digest().text(), release.service(), release.ending());
        }
        GroupRelease group = groups.find(release == null ? releaseId : release.turnId());
        return group == null
                ? null
                : new Subject(group.id(), group.push().digest().text(), group.members().getFirst().service(),
                        group.ending());
    }
}
