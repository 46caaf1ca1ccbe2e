package io.greenlane.rehearsal.events;

import io.greenlane.rehearsal.cloud.RandomIds;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Hands an event to a target once, under the role of the target or as EventBridge. */
final class TargetDelivery {
    private final Supplier<EventTargets> services;
    private final EventSwitches.ExecutionNames executionNames;
    private final RandomGenerator random;

    TargetDelivery(Supplier<EventTargets> services, EventSwitches.ExecutionNames executionNames,
            RandomGenerator random) {
        this.services = services;
        this.executionNames = executionNames;
        this.random = random;
    }

    static boolean serves(String arn) {
        return Service.of(arn) != Service.OTHER;
    }

    /** Delivers; throws what the target's service throws. */
    void deliver(Rule rule, Target target, String input, String eventId) {
        String arn = target.arn();
        EventTargets all = services.get();
        EventTargets targets = all.of(rule, target.roleArn());
        switch (Service.of(arn)) {
            case LAMBDA -> targets.lambda().invoke(request -> request.functionName(arn)
                    .invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String(input)));
            case STATES -> targets.stepFunctions().startExecution(
                    request -> request.stateMachineArn(arn).name(executionName(eventId)).input(input));
            case SQS -> {
                String queue = arn.substring(arn.lastIndexOf(':') + 1);
                String url = all.queues().getQueueUrl(request -> request.queueName(queue)).queueUrl();
                targets.queues().sendMessage(request -> request.queueUrl(url).messageBody(input).messageGroupId(
                        target.sqsParameters() == null ? null : target.sqsParameters().messageGroupId()));
            }
            case SNS -> targets.topics().publish(request -> request.topicArn(arn).message(input));
            case OTHER -> throw new IllegalStateException("No delivery to " + arn);
        }
    }

    /** What a failed delivery means: DLQ error codes of the EventBridge guide. */
    static Failure failure(AwsServiceException thrown) {
        String name = thrown.getClass().getSimpleName();
        String code = thrown.awsErrorDetails() == null || thrown.awsErrorDetails().errorCode() == null
                ? name
                : thrown.awsErrorDetails().errorCode();
        String lower = code.toLowerCase(Locale.ROOT);
        if (lower.contains("notfound") || lower.contains("doesnotexist") || lower.contains("nonexistent")) {
            return new Failure("NO_RESOURCE", false);
        }
        if (lower.contains("alreadyexists")) {
            return new Failure("RESOURCE_ALREADY_EXISTS", false);
        }
        if (lower.contains("accessdenied") || lower.contains("authorization")) {
            return new Failure("NO_PERMISSIONS", false);
        }
        if (lower.startsWith("invalid") || lower.startsWith("validation")) {
            return new Failure("INVALID_PARAMETER", false);
        }
        return new Failure(thrown.isThrottlingException() ? "THROTTLING" : "ERROR_FROM_TARGET", true);
    }

    private String executionName(String eventId) {
        return switch (executionNames) {
            case EVENT_ID -> eventId;
            case RANDOM -> RandomIds.uuid(random);
        };
    }

    /** Why it failed, and whether EventBridge tries again. */
    record Failure(String code, boolean isRetried) {}

    private enum Service {
        LAMBDA, STATES, SQS, SNS, OTHER;

        static Service of(String arn) {
            String[] parts = arn.split(":", 4);
            return switch (parts.length < 4 ? "" : parts[2]) {
                case "lambda" -> LAMBDA;
                case "states" -> STATES;
                case "sqs" -> SQS;
                case "sns" -> SNS;
                default -> OTHER;
            };
        }
    }
}
