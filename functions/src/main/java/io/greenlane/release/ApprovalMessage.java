package io.greenlane.release;

import io.greenlane.release.Announcements.Announcement;
import io.greenlane.service.ServiceReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people hear when an approval is asked for. */
public final class ApprovalMessage {
    private ApprovalMessage() {}

    /**
     * The message of a request. Nothing in it is a link: what opens links approves nothing.
     *
     * @param service one of those that the release is for
     * @param token the only place where it is written down before it is used
     */
    public static Announcement of(ApprovalRequest request, ServiceReference service, ApprovalToken token) {
        ApprovalTerms terms = request.terms();
        String turnId = terms.turnId();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "approval-" + ReleaseId.hash(turnId + "\n" + terms.number()));
        message.put("approval", "ASKED");
        message.put(ReleaseId.isOfGroup(turnId) ? "groupReleaseId" : "releaseId", turnId);
        message.put("service", service.members());
        message.put("change", request.text());
        if (!request.why().isEmpty()) {
            message.put("why", request.why());
        }
        message.put("at", request.askedAt().toString());
        message.put("until", terms.until().toString());
        message.put("sentence", "Release " + turnId + " waits for an approval until " + terms.until()
                + ". It is good once, for this change alone.");
        message.put("token", token.text());
        message.put("approve", "./operate approve " + turnId + " --token " + token.text() + " --by NAME --reason WHY");
        message.put("refuse", "./operate refuse " + turnId + " --by NAME --reason WHY");
        return new Announcement(Outbox.subject("APPROVAL "
                + (service.group() == null ? service.key() : "group " + service.group()) + ": until "
                + terms.until()), message);
    }
}
