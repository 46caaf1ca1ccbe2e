package io.greenlane.image;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One image digest under one tag arriving in one repository. The digest is the one of the event; the tag is never resolved
 * again, it may have moved since.
 *
 * @param registry where the image arrived
 * @param eventId id of the EventBridge event, 1 to 64 letters, digits and dashes; two deliveries of one event carry the same
 * @param time when ECR saw the push, by AWS's clock
 */
public record Push(Registry registry, RepositoryName repository, Digest digest, Tag tag, String eventId, Instant time) {
    /** How the event id of what an operator wants begins. */
    public static final String OPERATOR = "operator-";

    /** How the event id of an image begins that is to be released again after gates have been overridden for it. */
    public static final String GLASS = "glass-";

    /** How the event id of a push begins that was found in the registry, because no event had told of it. */
    public static final String FOUND = "sweep-";

    /** ECR's event of a push and its own note of the time may differ by that. */
    private static final Duration SAME_TIME = Duration.ofSeconds(10);
    private static final Pattern EVENT_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public Push {
        if (!EVENT_ID.matcher(eventId).matches()) {
            throw new IllegalArgumentException(
                    "An event id is 1 to 64 letters, digits and dashes, got " + Quote.of(eventId));
        }
    }

    /** Whether an operator wants the image, rather than that it was pushed. */
    public boolean byOperator() {
        return eventId.startsWith(OPERATOR);
    }

    /** Whether one of the two was found in the registry, and the other is the event of that very push, or was found again. */
    public boolean isFoundTwinOf(Push other) {
        return (eventId.startsWith(FOUND) || other.eventId.startsWith(FOUND)) && tag.equals(other.tag)
                && digest.equals(other.digest)
                && Duration.between(time, other.time).abs().compareTo(SAME_TIME) <= 0;
    }

    /** The push as it travels through the workflow. */
    public static Push from(JsonObject members) {
        return new Push(new Registry(members.text("account"), members.text("region")),
                new RepositoryName(members.text("repository")), new Digest(members.text("digest")),
                new Tag(members.text("tag")), members.text("eventId"), instant(members, "time"));
    }

    /** Members for the workflow's data, all of them text; {@link #from} reads them back. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("account", registry.account());
        members.put("region", registry.region());
        members.put("repository", repository.text());
        members.put("digest", digest.text());
        members.put("tag", tag.text());
        members.put("eventId", eventId);
        members.put("time", time.toString());
        return members;
    }

    static Instant instant(JsonObject members, String name) {
        String text = members.text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    members.path(name) + " must be a time like 2026-03-04T05:06:07Z, got " + Quote.of(text), e);
        }
    }
}
