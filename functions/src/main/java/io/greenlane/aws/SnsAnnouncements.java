package io.greenlane.aws;

import io.greenlane.json.Json;
import io.greenlane.release.Announcements;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Announces outcomes on an SNS topic; the message attribute {@code outcome} lets subscribers filter. */
public final class SnsAnnouncements implements Announcements {
    private final SnsClient sns;
    private final String topicArn;

    public SnsAnnouncements(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    @Override
    public boolean publish(Announcement announcement) {
        MessageAttributeValue outcome = MessageAttributeValue.builder().dataType("String")
                .stringValue(String.valueOf(announcement.message().get("outcome"))).build();
        try {
            sns.publish(call -> call.topicArn(topicArn).subject(announcement.subject())
                    .message(Json.text(announcement.message())).messageAttributes(Map.of("outcome", outcome)));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }
}
