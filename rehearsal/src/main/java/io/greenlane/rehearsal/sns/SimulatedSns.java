package io.greenlane.rehearsal.sns;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SNS API of the local cloud: standard topics, delivered to queues and functions; e-mail is written to the journal. */
public final class SimulatedSns implements SnsClient {
    private static final int MOST_BYTES = 262_144;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final Account account;
    private final RandomGenerator random;
    private final Journal journal;
    private final Delivery delivery;
    private final Map<String, Topic> topics = new TreeMap<>();

    /**
     * @param queues where subscriptions of the protocol {@code sqs} go
     * @param functions where subscriptions of the protocol {@code lambda} go
     */
    public SimulatedSns(Account account, Timeline timeline, Journal journal, RandomGenerator random, SqsClient queues,
            FunctionInvoker functions) {
        this.account = account;
        this.random = random;
        this.journal = journal;
        this.delivery = new Delivery(timeline, journal, queues, functions);
    }

    private record Topic(String arn, Map<String, String> attributes, Map<String, Subscription> subscriptions,
            Map<String, String> tags) {
        Topic(String arn, Map<String, String> attributes) {
            this(arn, new TreeMap<>(attributes), new TreeMap<>(), new TreeMap<>());
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateTopicResponse createTopic(CreateTopicRequest request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw InvalidParameterException.builder()
                    .message("Invalid parameter: Topic Name " + request.name() + "; FIFO topics are not simulated")
                    .build();
        }
        String arn = account.arn("sns", request.name());
        Topic topic = topics.computeIfAbsent(arn, created -> new Topic(created, request.attributes()));
        request.tags().forEach(tag -> topic.tags().put(tag.key(), tag.value()));
        return CreateTopicResponse.builder().topicArn(arn).build();
    }

    @Override
    public DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
        topics.remove(request.topicArn());
        return DeleteTopicResponse.builder().build();
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsRequest request) {
        return ListTopicsResponse.builder().topics(topics.keySet().stream()
                .map(arn -> software.amazon.awssdk.services.sns.model.Topic.builder().topicArn(arn).build()).toList())
                .build();
    }

    @Override
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
        Topic topic = find(request.topicArn());
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.put("TopicArn", topic.arn());
        attributes.put("Owner", account.id());
        attributes.putIfAbsent("Policy", defaultPolicy(topic.arn()));
        attributes.putIfAbsent("DisplayName", "");
        attributes.put("SubscriptionsConfirmed", Integer.toString(topic.subscriptions().size()));
        attributes.put("SubscriptionsPending", "0");
        attributes.put("SubscriptionsDeleted", "0");
        return GetTopicAttributesResponse.builder().attributes(attributes).build();
    }

    @Override
    public SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest request) {
        find(request.topicArn()).attributes().put(request.attributeName(),
                request.attributeValue() == null ? "" : request.attributeValue());
        return SetTopicAttributesResponse.builder().build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        Map<String, String> tags = tagged(request.resourceArn()).tags();
        request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tagged(request.resourceArn()).tags().keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().tags(tagged(request.resourceArn()).tags().entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build()).toList()).build();
    }

    @Override
    public SubscribeResponse subscribe(SubscribeRequest request) {
        Topic topic = find(request.topicArn());
        if (!Delivery.PROTOCOLS.contains(request.protocol())) {
            throw InvalidParameterException.builder().message("Invalid parameter: the local cloud delivers to "
                    + Delivery.PROTOCOLS + ", not to " + request.protocol()).build();
        }
        for (Subscription subscription : topic.subscriptions().values()) {
            if (subscription.protocol().equals(request.protocol())
                    && subscription.endpoint().equals(request.endpoint())) {
                return SubscribeResponse.builder().subscriptionArn(subscription.subscriptionArn()).build();
            }
        }
        String arn = topic.arn() + ":" + uuid();
        topic.subscriptions().put(arn, Subscription.builder().subscriptionArn(arn).topicArn(topic.arn())
                .owner(account.id()).protocol(request.protocol()).endpoint(request.endpoint()).build());
        return SubscribeResponse.builder().subscriptionArn(arn).build();
    }

    @Override
    public UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
        topics.values().forEach(topic -> topic.subscriptions().remove(request.subscriptionArn()));
        return UnsubscribeResponse.builder().build();
    }

    @Override
    public GetSubscriptionAttributesResponse getSubscriptionAttributes(GetSubscriptionAttributesRequest request) {
        Subscription found = topics.values().stream()
                .map(topic -> topic.subscriptions().get(request.subscriptionArn())).filter(Objects::nonNull).findFirst()
                .orElseThrow(() -> NotFoundException.builder()
                        .message("Subscription does not exist: " + request.subscriptionArn()).build());
        return GetSubscriptionAttributesResponse.builder()
                .attributes(Map.of("SubscriptionArn", found.subscriptionArn(), "TopicArn", found.topicArn(), "Owner",
                        found.owner(), "Protocol", found.protocol(), "Endpoint", found.endpoint(),
                        "RawMessageDelivery", "false", "PendingConfirmation", "false",
                        "ConfirmationWasAuthenticated", "true"))
                .build();
    }

    @Override
    public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
        return ListSubscriptionsResponse.builder().subscriptions(
                topics.values().stream().flatMap(topic -> topic.subscriptions().values().stream()).toList()).build();
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest request) {
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(find(request.topicArn()).subscriptions().values()).build();
    }

    @Override
    public PublishResponse publish(PublishRequest request) {
        Topic topic = find(request.topicArn() != null ? request.topicArn() : request.targetArn());
        String message = request.message();
        if (message.isEmpty() || message.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw InvalidParameterException.builder()
                    .message("Invalid parameter: Message must be 1 to " + MOST_BYTES + " bytes").build();
        }
        String subject = request.subject();
        if (subject != null && (subject.isEmpty() || subject.length() >= 100 || subject.indexOf('\n') >= 0)) {
            throw InvalidParameterException.builder()
                    .message("Invalid parameter: Subject must be one line of less than 100 characters").build();
        }
        String id = uuid();
        journal.write("sns", "MessagePublished", topic.arn(),
                Map.of("MessageId", id, "Subject", subject == null ? "" : subject, "Message", message),
                subject == null ? message : subject);
        delivery.deliver(new Delivery.Notification(id, topic.arn(), subject, message),
                List.copyOf(topic.subscriptions().values()));
        return PublishResponse.builder().messageId(id).build();
    }

    /** The policy of a topic that was given none: its owner may do everything (SNS guide, default policy). */
    private String defaultPolicy(String arn) {
        return """
                {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",\
                "Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes",\
                "SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe",\
                "SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"%s",\
                "Condition":{"StringEquals":{"AWS:SourceOwner":"%s"}}}]}""".formatted(arn, account.id());
    }

    private Topic tagged(String arn) {
        Topic found = topics.get(arn);
        if (found == null) {
            throw ResourceNotFoundException.builder().message("Resource does not exist: " + arn).build();
        }
        return found;
    }

    private Topic find(@Nullable String arn) {
        Topic found = arn == null ? null : topics.get(arn);
        if (found == null) {
            throw NotFoundException.builder().message("Topic does not exist: " + arn).build();
        }
        return found;
    }

    private String uuid() {
        return RandomIds.uuid(random);
    }
}
