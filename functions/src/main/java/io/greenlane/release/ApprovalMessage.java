package io.greenlane.release;

import io.greenlane.release.Announcements.Announcement;
import io.greenlane.service.ServiceReference;
import java.util.LinkedHashMap;
import java.util.List;
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
        message.put("id", id(terms));
        message.put("approval", "ASKED");
        message.put(ReleaseId.isOfGroup(turnId) ? "groupReleaseId" : "releaseId", turnId);
        message.put("service", service.members());
        message.put("change", request.text());
        if (!request.why().isEmpty()) {
            message.put("why", request.why());
        }
        message.put("at", request.askedAt().toString());
        message.put("until", terms.until().toString());
        message.put("sentence", sentence(terms));
        message.put("token", token.text());
        message.put("approve", "./operate approve " + turnId + " --token " + token.text() + " --by NAME --reason WHY");
        message.put("refuse", "./operate refuse " + turnId + " --by NAME --reason WHY");
        return new Announcement(subject(service, terms), message);
    }

    /**
     * The same for people in a chat, in the form that Amazon Q Developer shows there: a custom notification ("Custom notifications"
     * of its guide), in the thread of the release.
     */
    public static Announcement inChat(ApprovalRequest request, ServiceReference service, ApprovalToken token) {
        ApprovalTerms terms = request.terms();
        String turnId = terms.turnId();
        String text = request.why().isEmpty() ? request.text() : request.text() + "\n" + request.why();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("textType", "client-markdown");
        content.put("title", subject(service, terms));
        content.put("description", sentence(terms) + "\n" + fenced(text));
        content.put("nextSteps", List.of(
                "Approve with `@Amazon Q run approve`, release `" + turnId + "`, token `" + token.text() + "`",
                "Refuse with `@Amazon Q run refuse`, release `" + turnId + "`"));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("version", "1.0");
        message.put("source", "custom");
        message.put("id", id(terms));
        message.put("content", content);
        message.put("metadata", Map.of("threadId", turnId));
        return new Announcement(subject(service, terms), message);
    }

    private static String id(ApprovalTerms terms) {
        return "approval-" + ReleaseId.hash(terms.turnId() + "\n" + terms.number());
    }

    private static String subject(ServiceReference service, ApprovalTerms terms) {
        return Outbox.subject("APPROVAL " + (service.group() == null ? service.key() : "group " + service.group())
                + ": until " + terms.until());
    }

    private static String sentence(ApprovalTerms terms) {
        return "Release " + terms.turnId() + " waits for an approval until " + terms.until()
                + ". It is good once, for this change alone.";
    }

    /** As a chat shows text in which nothing is markup; a back quote would end it. */
    private static String fenced(String text) {
        return "```\n" + text.replace('`', '\'') + "\n```";
    }
}
