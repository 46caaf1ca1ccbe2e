package io.greenlane.rehearsal.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Somebody who has subscribed to a topic of a cloud, by a queue. */
final class Subscriber {
    private final VirtualCloud cloud;
    private final String queueUrl;
    private final List<JsonNode> messages = new ArrayList<>();

    /**
     * Subscribes.
     *
     * @param name of the queue
     */
    Subscriber(VirtualCloud cloud, String name, String topicArn) {
        this.cloud = cloud;
        this.queueUrl = cloud.sqs.createQueue(create -> create.queueName(name)).queueUrl();
        cloud.sns.subscribe(
                to -> to.topicArn(topicArn).protocol("sqs").endpoint(VirtualCloud.ACCOUNT.arn("sqs", name)));
    }

    /** What was published since then, oldest first. */
    List<JsonNode> messages() {
        while (true) {
            var batch = cloud.sqs.receiveMessage(it -> it.queueUrl(queueUrl).maxNumberOfMessages(10)).messages();
            if (batch.isEmpty()) {
                return List.copyOf(messages);
            }
            batch.forEach(message -> {
                messages.add(SampleSite.json(SampleSite.json(message.body()).get("Message").asText()));
                cloud.sqs.deleteMessage(it -> it.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            });
        }
    }
}
