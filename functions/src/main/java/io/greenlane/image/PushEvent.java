package io.greenlane.image;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event of ECR says, read strictly (ECR guide, events and EventBridge). Nothing in the event is trusted: every text is
 * held against its grammar before it is used, and nothing but the push itself is taken from it.
 */
public sealed interface PushEvent {
    /** A tagged image has arrived. */
    record Arrived(Push push) implements PushEvent {}

    /** A well-formed event that asks for no release; {@code reason} names the rule. */
    record Ignored(String reason) implements PushEvent {}

    /**
     * Not an event of ECR: an operator, or the release of a group that goes back, wants an image at a service again.
     *
     * @param push as if it had been pushed again when the operator asked
     * @param application CodeDeploy application of the service
     * @param deploymentGroup its deployment group
     * @param backFrom the release of a group that is taken back at this service alone; null when the image is wanted at the whole
     *     group of the service
     */
    record Wanted(Push push, String application, String deploymentGroup, @Nullable String backFrom)
            implements
                PushEvent {}

    /** Not an event that this installation can have been sent; {@code reason} names the value. */
    record Rejected(String reason) implements PushEvent {}

    /** Source of the events with which operators ask; no rule of EventBridge takes them, only the workflow's own caller can send one. */
    String OPERATOR = "greenlane.operator";

    /** Why an event of ECR that is no image action asks for no release. */
    Map<String, String> OTHER_EVENTS = Map.of("ECR Referrer Action",
            "A referrer (signature, attestation or SBOM) belongs to an image and is not deployed itself",
            "ECR Replication Action", "A replicated image is released where it was pushed, not where it is copied to",
            "ECR Pull Through Cache Action", "An image that a pull-through cache fetched was not pushed by its owner",
            "ECR Image Scan", "A finished scan is no push", "ECR Scan Resource Change",
            "A changed scan frequency is no push", "ECR Artifact Action", "An artifact action is no push of an image");

    /**
     * Reads an event.
     *
     * @param event as parsed from JSON, of any form
     * @param home the registry beside which this installation runs; an event of another one is rejected
     */
    static PushEvent read(@Nullable Object event, Registry home) {
        try {
            JsonObject envelope = JsonObject.of("event", event);
            String source = envelope.text("source");
            if (!source.equals("aws.ecr") && !source.equals(OPERATOR)) {
                return new Rejected("event.source must be 'aws.ecr', got " + Quote.of(source));
            }
            String detailType = envelope.text("detail-type");
            if (source.equals("aws.ecr") && !detailType.equals("ECR Image Action")) {
                return new Ignored(OTHER_EVENTS.getOrDefault(detailType,
                        "Only 'ECR Image Action' events announce a push, this is " + Quote.of(detailType)));
            }
            Registry registry = new Registry(envelope.text("account"), envelope.text("region"));
            if (!registry.equals(home)) {
                return new Rejected("The event comes from " + registry + ", this installation releases in " + home);
            }
            return source.equals(OPERATOR) ? readWanted(envelope, registry) : readAction(envelope, registry);
        } catch (IllegalArgumentException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        }
    }

    private static PushEvent readWanted(JsonObject envelope, Registry registry) {
        JsonObject detail = envelope.object("detail");
        Push push = new Push(registry, new RepositoryName(detail.text("repository-name")),
                new Digest(detail.text("image-digest")), new Tag(detail.text("image-tag")), envelope.text("id"),
                Push.instant(envelope, "time"));
        String backFrom = detail.optionalText("backFrom");
        if (backFrom != null && !backFrom.matches("g-[0-9a-f]{32}")) {
            return new Rejected(detail.path("backFrom") + " must be the release of a group, got " + Quote.of(backFrom));
        }
        return push.byOperator() || push.eventId().startsWith(Push.GLASS)
                ? new Wanted(push, detail.text("application"), detail.text("deploymentGroup"),
                        backFrom)
                : new Rejected("event.id must begin with '" + Push.OPERATOR + "' or '" + Push.GLASS + "', got "
                        + Quote.of(push.eventId()));
    }

    /** The event that {@link #read} reads as {@link Wanted}. */
    static Map<String, Object> wanted(Push push, String application, String deploymentGroup,
            @Nullable String backFrom) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("application", application);
        detail.put("deploymentGroup", deploymentGroup);
        if (backFrom != null) {
            detail.put("backFrom", backFrom);
        }
        return event(push, "Operator Wants Image", OPERATOR, detail);
    }

    /** The event with which ECR tells of a push. */
    static Map<String, Object> action(Push push) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("action-type", "PUSH");
        detail.put("result", "SUCCESS");
        return event(push, "ECR Image Action", "aws.ecr", detail);
    }

    private static Map<String, Object> event(Push push, String detailType, String source, Map<String, Object> detail) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "0");
        event.put("id", push.eventId());
        event.put("detail-type", detailType);
        event.put("source", source);
        event.put("account", push.registry().account());
        event.put("time", push.time().toString());
        event.put("region", push.registry().region());
        event.put("resources", List.of());
        detail.put("repository-name", push.repository().text());
        detail.put("image-digest", push.digest().text());
        detail.put("image-tag", push.tag().text());
        event.put("detail", detail);
        return event;
    }

    private static PushEvent readAction(JsonObject envelope, Registry registry) {
        JsonObject detail = envelope.object("detail");
        RepositoryName repository = new RepositoryName(detail.text("repository-name"));
        String action = detail.text("action-type");
        if (!action.equals("PUSH")) {
            return new Ignored(action.equals("DELETE")
                    ? "Deleting an image of " + repository + " changes no service"
                    : "Only PUSH actions are released, the action on " + repository + " is " + Quote.of(action));
        }
        String result = detail.text("result");
        if (!result.equals("SUCCESS")) {
            return new Ignored("Only successful pushes are released, the result of the push to " + repository + " is "
                    + Quote.of(result));
        }
        Digest digest = new Digest(detail.text("image-digest"));
        String tagText = detail.optionalText("image-tag");
        if (tagText == null || tagText.isEmpty()) {
            return new Ignored("Only tagged images are released, " + digest + " arrived in " + repository
                    + " without a tag, as the platform images and attestations of an index do");
        }
        Tag tag = new Tag(tagText);
        if (tag.isDigestShaped()) {
            return new Ignored("Tag " + Quote.of(tag.text()) + " of " + repository
                    + " names another image's digest, as signatures, attestations and SBOMs do");
        }
        return new Arrived(
                new Push(registry, repository, digest, tag, envelope.text("id"), Push.instant(envelope, "time")));
    }
}
