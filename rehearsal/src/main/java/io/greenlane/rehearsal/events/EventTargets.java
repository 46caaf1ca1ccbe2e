package io.greenlane.rehearsal.events;

import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The services that rules deliver to.
 *
 * @param authority says what a rule's role, or EventBridge itself, may do there
 */
public record EventTargets(
        LambdaClient lambda, SfnClient stepFunctions, SqsClient queues, SnsClient topics, Authority authority) {
    private static final Principal EVENTBRIDGE = new Principal.Service("events.amazonaws.com");

    /**
     * The same for one rule: a target with a role is called under it, the others by EventBridge, which their own policies admit
     * or not (EventBridge guide, permissions of targets).
     */
    EventTargets of(Rule rule, @Nullable String role) {
        Principal who = role == null
                ? EVENTBRIDGE
                : new Principal.Session(role, rule.name(), new Principal.Assumption(EVENTBRIDGE.name(), rule.arn()));
        Map<String, List<String>> context = Map.of("aws:SourceArn", List.of(rule.arn()), "aws:SourceAccount",
                List.of(rule.arn().split(":", 6)[4]));
        return new EventTargets(authority.client(LambdaClient.class, lambda, who, context, EventTargets::refused),
                authority.client(SfnClient.class, stepFunctions, who, context, EventTargets::refused),
                authority.client(SqsClient.class, queues, who, context, EventTargets::refused),
                authority.client(SnsClient.class, topics, who, context, EventTargets::refused), authority);
    }

    private static AwsServiceException refused(Decision decision) {
        return AwsServiceException.builder().message(decision.sentence()).awsErrorDetails(AwsErrorDetails.builder()
                .errorCode("AccessDeniedException").errorMessage(decision.sentence()).build()).build();
    }
}
