package io.greenlane.aws;

import io.greenlane.json.Json;
import io.greenlane.release.Announcements;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Announces outcomes, what was done by hand, what others changed, and what is to be approved, on an SNS topic; the message
 * attribute {@code outcome}, {@code operation}, {@code drift} or {@code approval} lets subscribers filter. What is for a chat has
 * {@code source}, as its form demands.
 */
public final class SnsAnnouncements implements Announcements {
    private static final List<String> KINDS = List.of("outcome", "operation", "drift", "approval", "source");

    private final SnsClient sns;
    private final String topicArn;

    public SnsAnnouncements(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    @Override
    public boolean publish(Announcement announcement) {
        String kind = KINDS.stream().filter(announcement.message()::containsKey).findFirst().orElseThrow();
        MessageAttributeValue value = MessageAttributeValue.builder().dataType("String")
                .stringValue(String.valueOf(announcement.message().get(kind))).build();
        try {
            sns.publish(call -> call.topicArn(topicArn).subject(announcement.subject())
                    .message(Json.text(announcement.message())).messageAttributes(Map.of(kind, value)));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }
}
