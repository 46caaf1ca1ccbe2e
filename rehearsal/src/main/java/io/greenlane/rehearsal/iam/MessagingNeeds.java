package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** What calls of Amazon SNS, SQS and EventBridge need. */
record MessagingNeeds(Account account) implements ServiceNeeds {
    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case PublishRequest it when it.topicArn() != null -> List.of(Need.of("sns:Publish", it.topicArn()));
            case PublishRequest it when it.targetArn() != null -> List.of(Need.of("sns:Publish", it.targetArn()));
            case GetTopicAttributesRequest it -> List.of(Need.of("sns:GetTopicAttributes", it.topicArn()));
            case SendMessageRequest it -> List.of(onQueue("sqs:SendMessage", it.queueUrl()));
            case ReceiveMessageRequest it -> List.of(onQueue("sqs:ReceiveMessage", it.queueUrl()));
            case DeleteMessageRequest it -> List.of(onQueue("sqs:DeleteMessage", it.queueUrl()));
            case DescribeRuleRequest it -> List.of(onRule("events:DescribeRule", it.name()));
            case ListTargetsByRuleRequest it -> List.of(onRule("events:ListTargetsByRule", it.rule()));
            case PutEventsRequest it -> it.entries().stream().map(entry -> entry.eventBusName() == null
                    ? onBus("default")
                    : onBus(entry.eventBusName())).distinct().toList();
            default -> null;
        };
    }

    private Need onQueue(String action, String url) {
        return Need.of(action, account.arn("sqs", url.substring(url.lastIndexOf('/') + 1)));
    }

    /** Of the default bus. */
    private Need onRule(String action, String name) {
        return Need.of(action, account.arn("events", "rule/" + name));
    }

    private Need onBus(String bus) {
        return Need.of("events:PutEvents", bus.startsWith("arn:") ? bus : account.arn("events", "event-bus/" + bus));
    }
}
