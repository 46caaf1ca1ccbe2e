package io.greenlane.rehearsal.sqs;

import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** One queue: messages in order of arrival, hidden for the visibility timeout while a receiver has them. */
final class StandardQueue {
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;
    /** What a queue has when nobody says otherwise (SQS API reference, CreateQueue). */
    private static final Map<String, String> DEFAULTS = Map.of("VisibilityTimeout", "" + DEFAULT_VISIBILITY_SECONDS,
            "DelaySeconds", "0", "MaximumMessageSize", "1048576", "MessageRetentionPeriod", "345600",
            "ReceiveMessageWaitTimeSeconds", "0", "SqsManagedSseEnabled", "true");

    private final String name;
    private final String url;
    private final String arn;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Instant created;
    private Instant modified;
    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final List<Stored> messages = new ArrayList<>();

    StandardQueue(String name, String url, String arn, Timeline timeline, RandomGenerator random) {
        this.name = name;
        this.url = url;
        this.arn = arn;
        this.timeline = timeline;
        this.random = random;
        this.created = timeline.now();
        this.modified = created;
    }

    /** A message in the queue. */
    static final class Stored {
        private final String id;
        private final String body;
        private final Map<String, MessageAttributeValue> attributes;
        private final Instant sent;
        private boolean hidden;
        private int receives;
        private String handle = "";

        Stored(String id, String body, Map<String, MessageAttributeValue> attributes, Instant sent) {
            this.id = id;
            this.body = body;
            this.attributes = Map.copyOf(attributes);
            this.sent = sent;
        }

        String id() {
            return id;
        }

        String bodyDigest() {
            return MessageDigests.ofBody(body);
        }

        /** Null without attributes, as SQS leaves it out then. */
        @Nullable
        String attributesDigest() {
            return digest(attributes);
        }

        private Message received(List<String> wanted) {
            Map<String, MessageAttributeValue> returned = new TreeMap<>(attributes);
            if (!wanted.contains("All")) {
                returned.keySet().retainAll(wanted);
            }
            return Message.builder().messageId(id).body(body).md5OfBody(bodyDigest()).receiptHandle(handle)
                    .messageAttributes(returned).md5OfMessageAttributes(digest(returned))
                    .attributesWithStrings(Map.of("SentTimestamp", Long.toString(sent.toEpochMilli()),
                            "ApproximateReceiveCount", Integer.toString(receives)))
                    .build();
        }

        private static @Nullable String digest(Map<String, MessageAttributeValue> attributes) {
            return attributes.isEmpty() ? null : MessageDigests.ofAttributes(attributes);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    Map<String, String> tags() {
        return tags;
    }

    boolean hasAll(Map<String, String> attributes) {
        return attributes.entrySet().stream().allMatch(wanted -> wanted.getValue().equals(given.get(wanted.getKey())));
    }

    void set(Map<String, String> attributes) {
        given.putAll(attributes);
        // An empty policy is none (SQS API reference, SetQueueAttributes).
        given.values().removeIf(String::isEmpty);
        modified = timeline.now();
    }

    Map<String, String> attributes() {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        if (given.containsKey("KmsMasterKeyId")) {
            all.put("SqsManagedSseEnabled", "false");
        }
        all.putAll(given);
        long hidden = messages.stream().filter(message -> message.hidden).count();
        all.put("QueueArn", arn);
        all.put("CreatedTimestamp", Long.toString(created.getEpochSecond()));
        all.put("ApproximateNumberOfMessages", Long.toString(messages.size() - hidden));
        all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(hidden));
        all.put("ApproximateNumberOfMessagesDelayed", "0");
        all.put("LastModifiedTimestamp", Long.toString(modified.getEpochSecond()));
        return all;
    }

    Stored send(String body, Map<String, MessageAttributeValue> attributes, Duration delay) {
        Stored stored = new Stored(uuid(), body, attributes, timeline.now());
        messages.add(stored);
        if (delay.isPositive()) {
            hide(stored, delay);
        }
        return stored;
    }

    /** @param wanted names of message attributes to return; {@code All} is every one */
    List<Message> receive(int most, @Nullable Integer visibilitySeconds, List<String> wanted) {
        int seconds = visibilitySeconds != null
                ? visibilitySeconds
                : Integer.parseInt(given.getOrDefault("VisibilityTimeout", "" + DEFAULT_VISIBILITY_SECONDS));
        List<Stored> taken = messages.stream().filter(message -> !message.hidden).limit(most).toList();
        taken.forEach(message -> {
            message.receives++;
            message.handle = uuid();
            hide(message, Duration.ofSeconds(seconds));
        });
        return taken.stream().map(message -> message.received(wanted)).toList();
    }

    boolean delete(String handle) {
        return messages.removeIf(message -> message.handle.equals(handle));
    }

    void purge() {
        messages.clear();
    }

    private void hide(Stored message, Duration time) {
        message.hidden = true;
        int receive = message.receives;
        timeline.after(time, () -> {
            if (message.receives == receive) {
                message.hidden = false;
            }
        });
    }

    private String uuid() {
        return RandomIds.uuid(random);
    }
}
