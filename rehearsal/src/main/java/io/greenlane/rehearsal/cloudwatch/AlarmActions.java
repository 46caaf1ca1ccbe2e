package io.greenlane.rehearsal.cloudwatch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.iam.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

/**
 * What CloudWatch does when an alarm changes its state: it publishes to the topics that the alarm names for the new state, as
 * far as their policies let it; other actions are only written down.
 *
 * @param authority says whether a topic lets CloudWatch publish
 */
public record AlarmActions(Account account, SnsClient topics, Authority authority, Journal journal) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Principal CLOUDWATCH = new Principal.Service("cloudwatch.amazonaws.com");

    /**
     * An alarm in a new state.
     *
     * @param actions ARNs of what is to be done in that state
     */
    record Change(String alarm, String arn, String description, String before, StateValue state, String reason,
            Instant at, List<String> actions) {}

    void take(Change change) {
        SnsClient allowed = authority.client(SnsClient.class, topics, CLOUDWATCH,
                Map.of("aws:SourceArn", List.of(change.arn()), "aws:SourceAccount", List.of(account.id())),
                denied -> SnsException.builder().message(denied.sentence()).awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("AuthorizationError").errorMessage(denied.sentence()).build()).build());
        for (String action : change.actions()) {
            if (action.startsWith("arn:aws:sns:")) {
                publish(allowed, action, change);
            } else {
                told(change, action, "is not carried out in the local cloud");
            }
        }
    }

    private void publish(SnsClient allowed, String topic, Change change) {
        try {
            allowed.publish(it -> it.topicArn(topic).message(message(change)).subject(
                    "%s: \"%s\" in %s".formatted(change.state(), change.alarm(), account.region())));
            told(change, topic, "was told");
        } catch (SnsException refused) {
            told(change, topic, "could not be told: " + refused.getMessage());
        }
    }

    private void told(Change change, String action, String what) {
        journal.write("cloudwatch", "AlarmAction", change.alarm(), Map.of("action", action),
                "Alarm " + change.alarm() + ": " + action + " " + what);
    }

    /** As CloudWatch writes it (CloudWatch guide, alarm notifications), without the metric. */
    private String message(Change change) {
        ObjectNode message = JSON.createObjectNode().put("AlarmName", change.alarm())
                .put("AlarmDescription", change.description()).put("AWSAccountId", account.id())
                .put("NewStateValue", change.state().toString()).put("NewStateReason", change.reason())
                .put("StateChangeTime", change.at().toString()).put("Region", account.region())
                .put("AlarmArn", change.arn()).put("OldStateValue", change.before());
        return message.toString();
    }
}
