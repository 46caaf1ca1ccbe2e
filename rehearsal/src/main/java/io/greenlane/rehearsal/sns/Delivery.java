package io.greenlane.rehearsal.sns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Brings a published message to the topic's subscriptions, each in a turn of its own. */
record Delivery(Timeline timeline, Journal journal, SqsClient queues, FunctionInvoker functions) {
    static final Set<String> PROTOCOLS = Set.of("email", "lambda", "sqs");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A message as subscribers get it. */
    record Notification(String id, String topicArn, @Nullable String subject, String message) {}

    void deliver(Notification notification, List<Subscription> subscriptions) {
        subscriptions.forEach(subscription -> timeline.after(Duration.ZERO, () -> deliver(notification, subscription)));
    }

    private void deliver(Notification notification, Subscription subscription) {
        try {
            hand(notification, subscription);
        } catch (AwsServiceException refused) {
            journal.write("sns", "DeliveryFailed", subscription.endpoint(),
                    Map.of("MessageId", notification.id(), "TopicArn", notification.topicArn()),
                    "The message did not reach " + subscription.endpoint() + ": " + refused.getMessage());
        }
    }

    private void hand(Notification notification, Subscription subscription) {
        switch (subscription.protocol()) {
            case "sqs" -> {
                String queue = subscription.endpoint().substring(subscription.endpoint().lastIndexOf(':') + 1);
                String url = queues.getQueueUrl(get -> get.queueName(queue)).queueUrl();
                queues.sendMessage(send -> send.queueUrl(url).messageBody(envelope(notification).toString()));
            }
            case "lambda" -> {
                ObjectNode event = JSON.createObjectNode();
                ObjectNode record = event.putArray("Records").addObject();
                record.put("EventSource", "aws:sns").put("EventVersion", "1.0").put("EventSubscriptionArn",
                        subscription.subscriptionArn());
                record.set("Sns", envelope(notification));
                functions.invoke(subscription.endpoint(), event.toString(), answer -> {
                });
            }
            default -> journal.write("sns", "MailSent", subscription.endpoint(),
                    Map.of("MessageId", notification.id(), "TopicArn", notification.topicArn()),
                    "Mail to " + subscription.endpoint() + ": "
                            + (notification.subject() == null ? notification.message() : notification.subject()));
        }
    }

    /** The JSON document that SNS wraps a message into (SNS guide, HTTP and SQS notification format). */
    private ObjectNode envelope(Notification notification) {
        return JSON.createObjectNode().put("Type", "Notification").put("MessageId", notification.id())
                .put("TopicArn", notification.topicArn()).put("Subject", notification.subject())
                .put("Message", notification.message()).put("Timestamp", timeline.now().toString());
    }
}
