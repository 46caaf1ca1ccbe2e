package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** AWS::SNS and AWS::SQS resources. */
record MessagingResources(SnsClient sns, SqsClient sqs, Roles roles) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Map<String, ResourceType> types() {
        return Map.of("AWS::SNS::Topic", this::topic, "AWS::SNS::TopicPolicy", this::topicPolicy,
                "AWS::SNS::Subscription", this::subscription, "AWS::SQS::Queue", this::queue, "AWS::SQS::QueuePolicy",
                this::queuePolicy);
    }

    private Created topic(ResourceRequest request) {
        String name = request.name("TopicName", 256);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("DisplayName", request.text("DisplayName", ""));
        request.value("KmsMasterKeyId").ifPresent(
                key -> attributes.put("KmsMasterKeyId", Values.text(key, request.where("KmsMasterKeyId"))));
        request.finish();
        String arn = sns.createTopic(topic -> topic.name(name).attributes(attributes)).topicArn();
        return new Created(arn, Map.of("TopicArn", arn, "TopicName", name));
    }

    private Created topicPolicy(ResourceRequest request) {
        Map<String, Object> document = request.map("PolicyDocument");
        for (String topic : request.texts("Topics")) {
            sns.setTopicAttributes(set -> set.topicArn(topic).attributeName("Policy").attributeValue(json(document)));
            roles.addResourcePolicy(topic, document);
        }
        return new Created(request.name(null, 256));
    }

    private Created subscription(ResourceRequest request) {
        String topic = request.needText("TopicArn");
        String protocol = request.needText("Protocol");
        String endpoint = request.needText("Endpoint");
        request.finish();
        return new Created(
                sns.subscribe(
                        subscribe -> subscribe.topicArn(topic).protocol(protocol).endpoint(endpoint)
                                .returnSubscriptionArn(true))
                        .subscriptionArn());
    }

    private Created queue(ResourceRequest request) {
        String name = request.name("QueueName", 80);
        Map<String, String> attributes = new LinkedHashMap<>();
        request.rest()
                .forEach((property, value) -> attributes.put(property, Values.text(value, request.where(property))));
        String url = sqs.createQueue(queue -> queue.queueName(name).attributesWithStrings(attributes)).queueUrl();
        return new Created(url, Map.of("QueueUrl", url, "QueueName", name, "Arn", queueArn(url)));
    }

    private Created queuePolicy(ResourceRequest request) {
        Map<String, Object> document = request.map("PolicyDocument");
        for (String url : request.texts("Queues")) {
            sqs.setQueueAttributes(
                    set -> set.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, json(document))));
            roles.addResourcePolicy(queueArn(url), document);
        }
        return new Created(request.name(null, 80));
    }

    private String queueArn(String url) {
        String arn = sqs
                .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        if (arn == null) {
            throw new IllegalStateException("The queue " + url + " has no ARN");
        }
        return arn;
    }

    private static String json(Map<String, Object> document) {
        return JSON.valueToTree(document).toString();
    }
}
