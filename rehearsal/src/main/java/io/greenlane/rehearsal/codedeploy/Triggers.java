package io.greenlane.rehearsal.codedeploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOverview;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;
import software.amazon.awssdk.services.codedeploy.model.TriggerConfig;
import software.amazon.awssdk.services.codedeploy.model.TriggerEventType;

/** A deployment group's triggers: a JSON message to an SNS topic (CodeDeploy guide, JSON data formats for triggers). */
final class Triggers {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Account account;
    private final Neighbours neighbours;
    private final Journal journal;

    Triggers(Account account, Neighbours neighbours, Journal journal) {
        this.account = account;
        this.neighbours = neighbours;
        this.journal = journal;
    }

    /** Sends what the deployment's status calls for. A topic that refuses does not disturb the deployment. */
    void send(Deployment deployment) {
        Set<TriggerEventType> happened = events(deployment);
        for (TriggerConfig trigger : deployment.group().triggerConfigurations()) {
            if (trigger.triggerEvents().stream().anyMatch(happened::contains)) {
                publish(deployment, trigger);
            }
        }
    }

    private void publish(Deployment deployment, TriggerConfig trigger) {
        String status = status(deployment);
        try {
            neighbours.under(deployment).topics().publish(request -> request.topicArn(trigger.triggerTargetArn())
                    .subject(status + ": AWS CodeDeploy " + deployment.id() + " in " + account.region() + " to "
                            + deployment.group().applicationName())
                    .message(message(deployment, trigger.triggerName(), status)));
        } catch (SdkException | UnsupportedOperationException | DeploymentFault refused) {
            journal.write("codedeploy", "TriggerFailed", deployment.id(),
                    Map.of("triggerName", trigger.triggerName(), "topic", trigger.triggerTargetArn()), "Trigger "
                            + trigger.triggerName() + " could not be sent: " + refused.getMessage());
        }
    }

    private String message(Deployment deployment, String triggerName, String status) {
        ObjectNode message = JSON.createObjectNode().put("region", account.region()).put("accountId", account.id())
                .put("eventTriggerName", triggerName)
                .put("applicationName", deployment.group().applicationName()).put("deploymentId", deployment.id())
                .put("deploymentGroupName", deployment.group().deploymentGroupName())
                .put("createTime", time(deployment.createTime()))
                .put("completeTime", time(deployment.completeTime().orElse(null)))
                .put("deploymentOverview", overview(DeploymentView.overview(deployment))).put("status", status);
        deployment.error().ifPresent(error -> message.put("errorInformation", JSON.createObjectNode()
                .put("ErrorCode", error.codeAsString()).put("ErrorMessage", error.message()).toString()));
        deployment.rollback().ifPresent(rollback -> message.put("rollbackInformation", rollback(rollback)));
        return message.toString();
    }

    private static Set<TriggerEventType> events(Deployment deployment) {
        EnumSet<TriggerEventType> events = EnumSet.noneOf(TriggerEventType.class);
        switch (deployment.status()) {
            case IN_PROGRESS -> {
                if (deployment.startTime().equals(Optional.of(deployment.lastUpdate()))) {
                    events.add(deployment.isRollback()
                            ? TriggerEventType.DEPLOYMENT_ROLLBACK
                            : TriggerEventType.DEPLOYMENT_START);
                }
            }
            case READY -> events.add(TriggerEventType.DEPLOYMENT_READY);
            case SUCCEEDED -> events.add(TriggerEventType.DEPLOYMENT_SUCCESS);
            case FAILED -> events.add(TriggerEventType.DEPLOYMENT_FAILURE);
            case STOPPED -> events.add(TriggerEventType.DEPLOYMENT_STOP);
            case CREATED, QUEUED, BAKING, UNKNOWN_TO_SDK_VERSION -> {
                // No trigger.
            }
        }
        return events;
    }

    private static String status(Deployment deployment) {
        return switch (deployment.status()) {
            case IN_PROGRESS -> "CREATED";
            default -> deployment.status().toString().toUpperCase(Locale.ROOT);
        };
    }

    private static String overview(DeploymentOverview overview) {
        return JSON.createObjectNode().put("Succeeded", Long.toString(overview.succeeded()))
                .put("Failed", Long.toString(overview.failed())).put("Skipped", Long.toString(overview.skipped()))
                .put("InProgress", Long.toString(overview.inProgress()))
                .put("Pending", Long.toString(overview.pending())).toString();
    }

    private static String rollback(RollbackInfo rollback) {
        return JSON.createObjectNode().put("RollbackDeploymentId", rollback.rollbackDeploymentId())
                .put("RollbackTriggeringDeploymentId", rollback.rollbackTriggeringDeploymentId())
                .put("RollbackMessage", rollback.rollbackMessage()).toString();
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }
}
