package io.greenlane.rehearsal.sqs;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/** The SQS API of the local cloud: standard queues. */
public final class SimulatedSqs implements SqsClient {
    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Supplier<URI> endpoint;
    private final Map<String, StandardQueue> queues = new TreeMap<>();

    /** @param endpoint the local AWS endpoint, which queue URLs begin with; asked for when a queue is created */
    public SimulatedSqs(Account account, Timeline timeline, RandomGenerator random, Supplier<URI> endpoint) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
        this.endpoint = endpoint;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        String name = request.queueName();
        if (!NAME.matcher(name).matches()) {
            throw error("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores."
                    + " 1 to 80 in length; FIFO queues are not simulated. Got " + name);
        }
        StandardQueue before = queues.get(name);
        if (before != null && !before.hasAll(request.attributesAsStrings())) {
            throw QueueNameExistsException.builder()
                    .message("A queue named " + name + " already exists with other attributes.").build();
        }
        StandardQueue queue = before != null
                ? before
                : new StandardQueue(name, endpoint.get() + "/" + account.id() + "/" + name, account.arn("sqs", name),
                        timeline, random);
        queue.set(request.attributesAsStrings());
        queue.tags().putAll(request.tags());
        queues.put(name, queue);
        return CreateQueueResponse.builder().queueUrl(queue.url()).build();
    }

    @Override
    public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
        queues.remove(find(request.queueUrl()).name());
        return DeleteQueueResponse.builder().build();
    }

    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
        String prefix = request.queueNamePrefix() == null ? "" : request.queueNamePrefix();
        return ListQueuesResponse.builder().queueUrls(queues.values().stream()
                .filter(queue -> queue.name().startsWith(prefix)).map(StandardQueue::url).toList()).build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return GetQueueUrlResponse.builder().queueUrl(find("/" + request.queueName()).url()).build();
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        List<String> wanted = request.attributeNamesAsStrings();
        Map<String, String> attributes = find(request.queueUrl()).attributes();
        if (!wanted.contains("All")) {
            attributes.keySet().retainAll(wanted);
        }
        return GetQueueAttributesResponse.builder().attributesWithStrings(attributes).build();
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
        find(request.queueUrl()).set(request.attributesAsStrings());
        return SetQueueAttributesResponse.builder().build();
    }

    @Override
    public TagQueueResponse tagQueue(TagQueueRequest request) {
        find(request.queueUrl()).tags().putAll(request.tags());
        return TagQueueResponse.builder().build();
    }

    @Override
    public UntagQueueResponse untagQueue(UntagQueueRequest request) {
        find(request.queueUrl()).tags().keySet().removeAll(request.tagKeys());
        return UntagQueueResponse.builder().build();
    }

    @Override
    public ListQueueTagsResponse listQueueTags(ListQueueTagsRequest request) {
        return ListQueueTagsResponse.builder().tags(find(request.queueUrl()).tags()).build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        if (request.messageBody().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw error("InvalidParameterValue",
                    "One or more parameters are invalid. Reason: Message must be shorter than " + MOST_BYTES
                            + " bytes.");
        }
        Duration delay = Duration.ofSeconds(request.delaySeconds() == null ? 0 : request.delaySeconds());
        StandardQueue.Stored stored = find(request.queueUrl()).send(request.messageBody(),
                request.messageAttributes(), delay);
        return SendMessageResponse.builder().messageId(stored.id()).md5OfMessageBody(stored.bodyDigest())
                .md5OfMessageAttributes(stored.attributesDigest()).build();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        if (request.entries().isEmpty() || request.entries().size() > MOST_ENTRIES) {
            throw error("InvalidParameterValue",
                    "A batch has 1 to " + MOST_ENTRIES + " entries, got " + request.entries().size());
        }
        return SendMessageBatchResponse.builder().successful(request.entries().stream().map(entry -> {
            SendMessageResponse sent = sendMessage(send -> send.queueUrl(request.queueUrl())
                    .messageBody(entry.messageBody()).messageAttributes(entry.messageAttributes())
                    .delaySeconds(entry.delaySeconds()));
            return SendMessageBatchResultEntry.builder().id(entry.id()).messageId(sent.messageId())
                    .md5OfMessageBody(sent.md5OfMessageBody())
                    .md5OfMessageAttributes(sent.md5OfMessageAttributes()).build();
        }).toList()).build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        int most = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
        if (most < 1 || most > 10) {
            throw error("InvalidParameterValue", "Value " + most + " for parameter MaxNumberOfMessages is invalid."
                    + " Reason: Must be between 1 and 10, if provided.");
        }
        return ReceiveMessageResponse.builder()
                .messages(find(request.queueUrl()).receive(most, request.visibilityTimeout(),
                        request.messageAttributeNames()))
                .build();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        if (!find(request.queueUrl()).delete(request.receiptHandle())) {
            throw ReceiptHandleIsInvalidException.builder()
                    .message("The input receipt handle is invalid: " + request.receiptHandle()).build();
        }
        return DeleteMessageResponse.builder().build();
    }

    @Override
    public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
        find(request.queueUrl()).purge();
        return PurgeQueueResponse.builder().build();
    }

    private StandardQueue find(String url) {
        StandardQueue found = queues.get(url.substring(url.lastIndexOf('/') + 1));
        if (found == null) {
            throw QueueDoesNotExistException.builder().message("The specified queue does not exist: " + url).build();
        }
        return found;
    }

    private static SqsException error(String code, String message) {
        return (SqsException) SqsException.builder().statusCode(400).message(message)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build()).build();
    }
}
