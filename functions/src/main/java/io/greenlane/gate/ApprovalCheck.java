package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.NotYet;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.release.Announcements;
import io.greenlane.release.ApprovalDecision;
import io.greenlane.release.ApprovalMessage;
import io.greenlane.release.ApprovalRequest;
import io.greenlane.release.ApprovalTerms;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.Approvals;
import io.greenlane.release.Approvals.Asked;
import io.greenlane.release.Approvals.Asking;
import io.greenlane.release.Seal;
import io.greenlane.release.Seal.UnusableSealException;
import io.greenlane.service.ServiceReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Asks for approvals, and looks whether they have come. */
public final class ApprovalCheck {
    private static final String GATE = Approval.GATE;

    private final Approvals approvals;
    private final @Nullable Seal seal;
    private final Announcements announcements;
    private final @Nullable Announcements chat;

    /**
     * Over a ledger.
     *
     * @param seal null where there is no key
     * @param announcements where those hear of it who may approve
     * @param chat where a chat shows it to them, too; null where there is none
     */
    public ApprovalCheck(Approvals approvals, @Nullable Seal seal, Announcements announcements,
            @Nullable Announcements chat) {
        this.approvals = approvals;
        this.seal = seal;
        this.announcements = announcements;
        this.chat = chat;
    }

    /**
     * Looks at the approval of a release, and asks for it if nobody has.
     *
     * @param turnId the release, or the release of its group
     * @param service one of those that it is for
     * @param change what would start now
     */
    Finding look(String turnId, ServiceReference service, Change change, Approval gate, Look look) {
        if (seal == null) {
            return new Blocked(GATE, "gates.yaml asks for an approval, and this stack has no key that approvals are"
                    + " signed with: deploy it with the parameter Approvals=true, or take 'approval' out of gates.yaml");
        }
        try {
            return look(seal, turnId, service, change, gate, look);
        } catch (UnusableSealException e) {
            return look.notYet(GATE, String.valueOf(e.getMessage()), gate.patience(),
                    "see to the key, and push again");
        }
    }

    private Finding look(Seal key, String turnId, ServiceReference service, Change change, Approval gate, Look look) {
        Asked asked = approvals.find(turnId);
        ApprovalDecision decision = asked == null ? null : asked.decision();
        if (decision != null && !decision.approved()) {
            return new Blocked(GATE, decision.sentence());
        }
        Asked current = asked != null && asked.request().terms().change().equals(change.hash()) ? asked : null;
        if (current != null && decision != null) {
            return given(key, current.request(), decision);
        }
        Instant until = current == null
                ? look.since().plus(gate.patience()).truncatedTo(ChronoUnit.SECONDS)
                : current.request().terms().until();
        if (!look.now().isBefore(until)) {
            return new Blocked(GATE, "nobody approved it until " + until + ": push again when somebody can");
        }
        Asking asking = current == null
                ? approvals.ask(new ApprovalTerms(turnId, 1, change.hash(), until), service, change.text(),
                        asked == null
                                ? ""
                                : "what would start is not what was asked for before: "
                                        + change.besides(asked.request().text()),
                        look.now())
                : new Asking(current, false);
        ApprovalRequest request = asking.asked().request();
        boolean told = request.toldAt() != null || tell(key, request, service, asking.mine(), look.now());
        return new NotYet(GATE, "nobody has approved it yet; it was asked for at " + request.askedAt()
                + (request.why().isEmpty() ? "" : ", since " + request.why())
                + (told ? "" : ", and the message is still to be sent") + "; the release waits for it until " + until,
                until);
    }

    /** The code is made again: what only stands in the ledger, anybody may have written who can write there. */
    private static Finding given(Seal key, ApprovalRequest request, ApprovalDecision decision) {
        boolean real = MessageDigest.isEqual(key.of(request.terms().text()).getBytes(StandardCharsets.US_ASCII),
                decision.code().getBytes(StandardCharsets.US_ASCII));
        return real
                ? new Passed(GATE, decision.sentence() + ", for this image, this production and these gates")
                : new Blocked(GATE, "the ledger has it as " + decision.sentence()
                        + ", without the code of a token: somebody wrote that past ./operate; find out who writes to the"
                        + " table, and push again");
    }

    /** What fails before the note that all were told sends the same message again, under the same id. */
    private boolean tell(Seal key, ApprovalRequest request, ServiceReference service, boolean mine, Instant now) {
        ApprovalTerms terms = request.terms();
        if (!request.isDue(mine, now)) {
            return false;
        }
        ApprovalToken token = new ApprovalToken(terms, key.of(terms.text()));
        boolean told = announcements.publish(ApprovalMessage.of(request, service, token))
                && (chat == null || chat.publish(ApprovalMessage.inChat(request, service, token)));
        if (!told) {
            return false;
        }
        approvals.told(terms, now);
        return true;
    }
}
