package io.greenlane.aws;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClientBuilder;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentIdException;
import software.amazon.awssdk.services.codedeploy.model.RevisionDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** Deployments of CodeDeploy to ECS. */
public final class CodeDeployDeployments implements Deployments {
    /** The longest that one CreateDeployment may take; whatever waits for its outcome to settle must wait longer. */
    public static final Duration CREATE_WITHIN = Duration.ofSeconds(20);

    /** BatchGetDeployments takes so many ids (CodeDeploy API). */
    private static final int BATCH = 25;
    /** All that are not final (CodeDeploy API, DeploymentStatus). */
    private static final List<String> ACTIVE_STATUSES = List.of("Created", "Queued", "InProgress", "Baking", "Ready");
    /** As seen in the text of DeploymentLimitExceededException; the text is no contract. */
    private static final Pattern ACTIVE = Pattern.compile("\\b(d-[A-Z0-9]{5,})\\b");

    private final CodeDeployClient reading;
    private final CodeDeployClient creating;

    /**
     * Two clients, since the SDK sets retries per client.
     *
     * @param creating never repeats a call; see {@link #askingOnce}
     */
    public CodeDeployDeployments(CodeDeployClient reading, CodeDeployClient creating) {
        this.reading = reading;
        this.creating = creating;
    }

    /** A client that sends each request once and gives up after {@link #CREATE_WITHIN}. */
    public static CodeDeployClient askingOnce(CodeDeployClientBuilder builder) {
        return builder.overrideConfiguration(
                it -> it.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CREATE_WITHIN)).build();
    }

    @Override
    public @Nullable Deployment find(String deploymentId) {
        try {
            return deployment(reading.getDeployment(call -> call.deploymentId(deploymentId)).deploymentInfo());
        } catch (DeploymentDoesNotExistException | InvalidDeploymentIdException e) {
            return null;
        }
    }

    @Override
    public List<Deployment> since(String application, String deploymentGroup, Instant createdAt) {
        List<String> ids = reading.listDeploymentsPaginator(call -> call.applicationName(application)
                .deploymentGroupName(deploymentGroup).createTimeRange(range -> range.start(createdAt))).stream()
                .flatMap(page -> page.deployments().stream()).toList();
        List<Deployment> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += BATCH) {
            List<String> batch = ids.subList(i, Math.min(i + BATCH, ids.size()));
            reading.batchGetDeployments(call -> call.deploymentIds(batch)).deploymentsInfo()
                    .forEach(info -> found.add(deployment(info)));
        }
        return found.stream().sorted(Comparator.comparing(Deployment::createdAt)).toList();
    }

    @Override
    public boolean hasActive(String application, String deploymentGroup) {
        return !reading.listDeployments(call -> call.applicationName(application).deploymentGroupName(deploymentGroup)
                .includeOnlyStatusesWithStrings(ACTIVE_STATUSES)).deployments().isEmpty();
    }

    @Override
    public boolean hasDeployed(String application, AppSpecContent appSpec) {
        try {
            return reading.getApplicationRevision(
                    call -> call.applicationName(application).revision(revision(appSpec.sha256(), null)))
                    .revisionInfo().firstUsedTime() != null;
        } catch (RevisionDoesNotExistException e) {
            return false;
        }
    }

    @Override
    public Created create(Order order) {
        CreateDeploymentRequest request = CreateDeploymentRequest.builder().applicationName(order.application())
                .deploymentGroupName(order.deploymentGroup()).description(order.description())
                .revision(revision(order.appSpec().sha256(), order.appSpec().text()))
                .autoRollbackConfiguration(it -> it.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_FAILURE,
                        AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST))
                .build();
        try {
            return new Created.Done(creating.createDeployment(request).deploymentId());
        } catch (DeploymentLimitExceededException e) {
            return new Created.Busy(active(sentence(e)), sentence(e));
        } catch (AwsServiceException e) {
            return refused(e);
        } catch (SdkClientException e) {
            return new Created.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static Created refused(AwsServiceException e) {
        if (e.isThrottlingException()) {
            return new Created.Busy(null, sentence(e));
        }
        return e.statusCode() >= 500 ? new Created.Unknown(sentence(e)) : new Created.Refused(sentence(e));
    }

    private static String sentence(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
    }

    private static @Nullable String active(String sentence) {
        Matcher id = ACTIVE.matcher(sentence);
        return id.find() ? id.group(1) : null;
    }

    private static RevisionLocation revision(String sha256, @Nullable String content) {
        return RevisionLocation.builder().revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(it -> it.sha256(sha256).content(content)).build();
    }

    private static Deployment deployment(DeploymentInfo info) {
        boolean inline = info.revision() != null && info.revision().appSpecContent() != null;
        return new Deployment(info.deploymentId(), info.applicationName(), info.deploymentGroupName(),
                status(info.statusAsString()), Objects.requireNonNullElse(info.creatorAsString(), ""),
                Objects.requireNonNullElse(info.description(), ""),
                inline ? info.revision().appSpecContent().sha256() : null,
                info.errorInformation() == null ? null : info.errorInformation().codeAsString(),
                info.errorInformation() == null ? null : info.errorInformation().message(),
                info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackDeploymentId(),
                info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackTriggeringDeploymentId(),
                info.createTime(), info.completeTime(),
                Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted()));
    }

    private static DeploymentStatus status(@Nullable String status) {
        return switch (String.valueOf(status).toUpperCase(Locale.ROOT)) {
            case "CREATED" -> DeploymentStatus.CREATED;
            case "QUEUED" -> DeploymentStatus.QUEUED;
            case "INPROGRESS" -> DeploymentStatus.IN_PROGRESS;
            case "BAKING" -> DeploymentStatus.BAKING;
            case "READY" -> DeploymentStatus.READY;
            case "SUCCEEDED" -> DeploymentStatus.SUCCEEDED;
            case "FAILED" -> DeploymentStatus.FAILED;
            case "STOPPED" -> DeploymentStatus.STOPPED;
            default -> DeploymentStatus.UNKNOWN;
        };
    }
}
