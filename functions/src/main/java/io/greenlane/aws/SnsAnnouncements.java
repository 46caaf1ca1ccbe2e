package io.greenlane.aws;

import io.greenlane.json.Json;
import io.greenlane.release.Announcements;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Announces outcomes, and what was done by hand, on an SNS topic; the message attribute {@code outcome} or {@code operation} lets
 * subscribers filter.
 */
public final class SnsAnnouncements implements Announcements {
    private static final String OUTCOME = "outcome";
    private static final String OPERATION = "operation";

    private final SnsClient sns;
    private final String topicArn;

    public SnsAnnouncements(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    @Override
    public boolean publish(Announcement announcement) {
        String kind = announcement.message().containsKey(OUTCOME) ? OUTCOME : OPERATION;
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
