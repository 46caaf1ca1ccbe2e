package io.greenlane.rehearsal.events;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Brings events to targets: repeats what may work later, hands what will not to the dead-letter queue. */
final class Dispatch {
    private static final int MOST_RETRIES = 185;
    private static final Duration LONGEST_AGE = Duration.ofHours(24);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private final Timeline timeline;
    private final Journal journal;
    private final RandomGenerator random;
    private final TargetDelivery delivery;
    private final Supplier<EventTargets> services;

    Dispatch(Timeline timeline, Journal journal, RandomGenerator random, TargetDelivery delivery,
            Supplier<EventTargets> services) {
        this.timeline = timeline;
        this.journal = journal;
        this.random = random;
        this.delivery = delivery;
        this.services = services;
    }

    void deliver(Rule rule, Target target, Event event) {
        attempt(new Attempt(rule, target, event, timeline.now(), 0));
    }

    private void attempt(Attempt attempt) {
        Target target = attempt.target();
        String input = TargetInput.of(target, attempt.rule(), attempt.event(), attempt.first());
        try {
            delivery.deliver(attempt.rule(), target, input, attempt.event().id());
        } catch (AwsServiceException thrown) {
            TargetDelivery.Failure failure = TargetDelivery.failure(thrown);
            Optional<String> exhausted = attempt.exhausted(timeline.now());
            if (failure.isRetried() && exhausted.isEmpty()) {
                timeline.after(pause(attempt.retries()), () -> attempt(attempt.next()));
            } else {
                giveUp(attempt, input, failure, failure.isRetried() ? exhausted : Optional.empty(), thrown);
            }
        }
    }

    private Duration pause(int retries) {
        Duration full = Duration.ofSeconds(1L << Math.min(retries, 10));
        Duration capped = full.compareTo(LONGEST_PAUSE) < 0 ? full : LONGEST_PAUSE;
        return capped.dividedBy(2).plusMillis(random.nextLong(capped.toMillis() / 2));
    }

    private void giveUp(Attempt attempt, String input, TargetDelivery.Failure failure, Optional<String> exhausted,
            AwsServiceException thrown) {
        Target target = attempt.target();
        String message = thrown.awsErrorDetails() == null || thrown.awsErrorDetails().errorMessage() == null
                ? String.valueOf(thrown.getMessage())
                : thrown.awsErrorDetails().errorMessage();
        journal.write("events", "DeliveryFailed", attempt.event().id(),
                Map.of("rule", attempt.rule().name(), "target", target.arn(), "error", failure.code(), "retries",
                        String.valueOf(attempt.retries())),
                "Event " + attempt.event().detailType() + " did not reach " + target.arn() + ": " + message);
        if (target.deadLetterConfig() == null || target.deadLetterConfig().arn() == null) {
            return;
        }
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("RULE_ARN", text(attempt.rule().arn()));
        attributes.put("TARGET_ARN", text(target.arn()));
        attributes.put("ERROR_CODE", text(failure.code()));
        attributes.put("ERROR_MESSAGE", text(message.isEmpty() ? failure.code() : message));
        exhausted.ifPresent(condition -> attributes.put("EXHAUSTED_RETRY_CONDITION", text(condition)));
        attributes.put("RETRY_ATTEMPTS", MessageAttributeValue.builder().dataType("Number")
                .stringValue(String.valueOf(attempt.retries())).build());
        sendToDeadLetters(attempt.rule(), target.deadLetterConfig().arn(), input, attributes);
    }

    private void sendToDeadLetters(Rule rule, String queueArn, String body,
            Map<String, MessageAttributeValue> attributes) {
        try {
            String queue = queueArn.substring(queueArn.lastIndexOf(':') + 1);
            String url = services.get().queues().getQueueUrl(request -> request.queueName(queue)).queueUrl();
            services.get().of(rule, null).queues().sendMessage(
                    request -> request.queueUrl(url).messageBody(body).messageAttributes(attributes));
        } catch (AwsServiceException thrown) {
            journal.write("events", "DeadLetterFailed", queueArn, Map.of(),
                    "The dead-letter queue " + queueArn + " did not take an event: " + thrown.getMessage());
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private record Attempt(Rule rule, Target target, Event event, Instant first, int retries) {
        Attempt next() {
            return new Attempt(rule, target, event, first, retries + 1);
        }

        /** The condition that ends the retries, as the dead-letter queue names it. */
        Optional<String> exhausted(Instant now) {
            RetryPolicy policy = target.retryPolicy();
            int most = policy == null || policy.maximumRetryAttempts() == null
                    ? MOST_RETRIES
                    : policy.maximumRetryAttempts();
            Duration oldest = policy == null || policy.maximumEventAgeInSeconds() == null
                    ? LONGEST_AGE
                    : Duration.ofSeconds(policy.maximumEventAgeInSeconds());
            if (retries >= most) {
                return Optional.of("MaximumRetryAttempts");
            }
            return now.isBefore(first.plus(oldest)) ? Optional.empty() : Optional.of("MaximumEventAgeInSeconds");
        }
    }
}
