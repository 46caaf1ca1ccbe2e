package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals are asked for, and what was said, in the ledger: an entry for each release or release of a group. What it says
 * of an approval is to be believed only with its code.
 */
public final class Approvals {
    private final Ledger ledger;

    public Approvals(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * An approval as it stands.
     *
     * @param decision null while nobody has said anything
     */
    public record Asked(ApprovalRequest request, @Nullable ApprovalDecision decision) {}

    /**
     * What became of asking.
     *
     * @param mine whether this call asked, and nobody before it
     */
    public record Asking(Asked asked, boolean mine) {}

    /** How the approval of a release stands; null when none was asked for. */
    public @Nullable Asked find(String turnId) {
        return ApprovalEntry.read(ledger.find(ApprovalEntry.id(turnId)));
    }

    /**
     * Asks for the approval of a change, unless that is asked for already or the release was refused. What was approved before does
     * not count for another change.
     *
     * @param service one of those that the release is for
     * @param terms their number is that of the first time that it is asked for
     * @param why if it is asked for again; else empty
     */
    public Asking ask(ApprovalTerms terms, ServiceReference service, String text, String why, Instant now) {
        String id = ApprovalEntry.id(terms.turnId());
        return ledger.change(id, entry -> {
            Asked before = ApprovalEntry.read(entry);
            if (before != null && (before.request().terms().change().equals(terms.change())
                    || (before.decision() != null && !before.decision().approved()))) {
                return Change.keep(new Asking(before, false));
            }
            Asked next = new Asked(new ApprovalRequest(before == null
                    ? terms
                    : new ApprovalTerms(terms.turnId(), before.request().terms().number() + 1, terms.change(),
                            terms.until()),
                    text, why, now, null), null);
            Members members = new Members(entry).put(service);
            return Change.write(ApprovalEntry.put(members, next).map(), new Asking(next, true));
        });
    }

    /** The message of a request was sent. */
    public void told(ApprovalTerms terms, Instant now) {
        ledger.change(ApprovalEntry.id(terms.turnId()), entry -> {
            Asked asked = ApprovalEntry.read(entry);
            return asked == null || !asked.request().terms().equals(terms) || asked.request().toldAt() != null
                    ? Change.keep(terms)
                    : Change.write(ApprovalEntry.put(new Members(entry),
                            new Asked(asked.request().told(now), asked.decision())).map(), terms);
        });
    }

    /** Approves; the caller has looked at the code of the token. One write decides, so that a token is good once. */
    public Answer approve(ApprovalToken token, Operator operator, Instant now) {
        String turnId = token.terms().turnId();
        return ledger.change(ApprovalEntry.id(turnId), entry -> {
            Asked asked = ApprovalEntry.read(entry);
            if (asked == null) {
                return Change.keep(new Answer.NotAsked());
            }
            if (asked.decision() != null) {
                return Change.keep(new Answer.Decided(asked.decision()));
            }
            if (!asked.request().terms().equals(token.terms())) {
                return Change.keep(new Answer.OtherChange(asked.request()));
            }
            return decide(entry, asked, new ApprovalDecision(true, operator, now, token.code()), Act.Kind.APPROVE,
                    "Release " + turnId + " is approved: " + asked.request().text().replace("\n", "; ") + ".");
        });
    }

    /** Refuses what is asked for, also when it was approved before and has not started. */
    public Answer refuse(String turnId, Operator operator, Instant now) {
        return ledger.change(ApprovalEntry.id(turnId), entry -> {
            Asked asked = ApprovalEntry.read(entry);
            if (asked == null) {
                return Change.keep(new Answer.NotAsked());
            }
            ApprovalDecision before = asked.decision();
            if (before != null && !before.approved()) {
                return Change.keep(new Answer.Decided(before));
            }
            return decide(entry, asked, new ApprovalDecision(false, operator, now, ""), Act.Kind.REFUSE, "Release "
                    + turnId + " is refused" + (before == null ? "." : "; it was " + before.sentence() + "."));
        });
    }

    private static Change<Answer> decide(@Nullable Entry entry, Asked asked, ApprovalDecision decision, Act.Kind kind,
            String sentence) {
        String turnId = asked.request().terms().turnId();
        String id = ApprovalEntry.id(turnId);
        Map<String, Object> decided = ApprovalEntry.put(new Members(entry), new Asked(asked.request(), decision)).map();
        return Change.write(Acts.with(id, decided, ServiceReference.from(new JsonObject(id, decided).object("service")),
                new Act(kind, decision.operator(), decision.at(), sentence, turnId)),
                new Answer.Said(new Done(true, id, sentence)));
    }

    /** What the one who decides hears. */
    public sealed interface Answer {
        /** It is as wanted now. */
        record Said(Done done) implements Answer {}

        /** Somebody decided before. */
        record Decided(ApprovalDecision decision) implements Answer {}

        /** What would start is not what the token is for. */
        record OtherChange(ApprovalRequest request) implements Answer {}

        /** No approval is asked for. */
        record NotAsked() implements Answer {}
    }
}
