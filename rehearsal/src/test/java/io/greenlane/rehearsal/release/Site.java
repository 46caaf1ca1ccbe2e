package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.template.Stack;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The shipped template in a cloud, with the services that it releases to: one, or several that are released together. */
public interface Site {
    /** Within which something begins that was set going. */
    Duration SOON = Duration.ofHours(1);

    VirtualCloud cloud();

    /** The main stack. */
    Stack stack();

    /** The services in the order of the settings. */
    List<Website> websites();

    /** The image that ran before anything was pushed. */
    String firstDigest();

    /** Visits of production so far that met anything but a good page. */
    int failedVisits();

    /**
     * Pushes an image.
     *
     * @param seed stands for its contents
     * @param version what it does at one of the services; at the others its pages are good
     * @param service the number of that service, from 0
     */
    String push(String tag, String seed, SampleSite.Version version, int service);

    /** The service that a deployment is to. */
    default Website website(DeploymentInfo deployment) {
        return websites().stream().filter(website -> website.has(deployment)).findFirst().orElseThrow();
    }

    /** Deployments of all services, oldest first. */
    default List<DeploymentInfo> allDeployments() {
        return websites().stream().flatMap(website -> website.deployments().stream())
                .sorted(Comparator.comparing(DeploymentInfo::createTime)).toList();
    }

    /** The physical id of a resource of the main stack. */
    default String resource(String logicalId) {
        return Objects.requireNonNull(stack().resources().get(logicalId), () -> "No resource " + logicalId + " in "
                + stack().resources().keySet()).physicalId();
    }

    /** Gives the image that was pushed last another tag. */
    default void pushAgain(String tag) {
        cloud().ecr.manifest(SampleSite.REPOSITORY, newestDigest()).ifPresent(stored -> cloud().ecr.putImage(
                it -> it.repositoryName(SampleSite.REPOSITORY).imageTag(tag).imageManifest(stored.text())));
    }

    /** Deletes the image that was pushed last, unless it serves. */
    default void deleteNewestImage() {
        String newest = newestDigest();
        Set<String> served = websites().stream().flatMap(website -> website.servedAt(website.production()).stream())
                .collect(Collectors.toSet());
        if (!served.contains(newest)) {
            cloud().ecr.batchDeleteImage(it -> it.repositoryName(SampleSite.REPOSITORY)
                    .imageIds(ImageIdentifier.builder().imageDigest(newest).build()));
        }
    }

    private String newestDigest() {
        return cloud().ecr.describeImages(it -> it.repositoryName(SampleSite.REPOSITORY)).imageDetails().stream()
                .max(Comparator.comparing(ImageDetail::imagePushedAt)).orElseThrow().imageDigest();
    }

    /** Deploys the stack again, with new code, changed workflows and this policy, in the course of some seconds. */
    default void redeploy(String overlap) {
        new Redeployment(cloud(), stack()).begin(overlap);
    }

    /** Starts the workflow with any input. */
    default void start(String input) {
        cloud().stepFunctions.startExecution(it -> it.stateMachineArn(stack().output("ReleaseArn")).input(input));
    }

    /** Executions of the workflow, oldest first. */
    default List<DescribeExecutionResponse> executions() {
        return executionsOf("Release");
    }

    /** Executions of one of the workflows, oldest first. */
    default List<DescribeExecutionResponse> executionsOf(String logicalId) {
        return cloud().stepFunctions.listExecutions(it -> it.stateMachineArn(resource(logicalId))).executions()
                .reversed().stream().map(ExecutionListItem::executionArn)
                .map(arn -> cloud().stepFunctions.describeExecution(it -> it.executionArn(arn))).toList();
    }

    /** Executions of the workflow that releases, oldest first. */
    default List<String> executionArns() {
        return cloud().stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Release"))).executions()
                .reversed().stream().map(ExecutionListItem::executionArn).toList();
    }

    /** Whether no execution and no deployment is under way. */
    default boolean isQuiet() {
        return cloud().stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Release"))
                .statusFilter(ExecutionStatus.RUNNING)).executions().isEmpty()
                && allDeployments().stream().allMatch(Website::isFinal);
    }

    /** The lifecycle events of a deployment, in their order. */
    default List<LifecycleEvent> lifecycle(String deploymentId) {
        return cloud().codeDeploy.batchGetDeploymentTargets(it -> it.deploymentId(deploymentId).targetIds(
                cloud().codeDeploy.listDeploymentTargets(list -> list.deploymentId(deploymentId)).targetIds()))
                .deploymentTargets().getFirst().ecsTarget().lifecycleEvents();
    }

    /** Becomes true when a lifecycle event of a deployment begins. */
    default AtomicBoolean begins(String lifecycleEvent) {
        AtomicBoolean begun = new AtomicBoolean();
        cloud().journal.follow(entry -> begun.compareAndSet(false, entry.kind().equals("LifecycleEventStarted")
                && lifecycleEvent.equals(entry.facts().get("lifecycleEvent"))));
        return begun;
    }

    /** Lets time pass until a lifecycle event of a deployment has begun. */
    default void until(String lifecycleEvent) {
        cloud().timeline.runUntil(begins(lifecycleEvent)::get, SOON);
    }

    /** Lets time pass until a deployment has succeeded and keeps blue. */
    default void untilBlueIsKept() {
        cloud().timeline.runUntil(() -> allDeployments().stream().anyMatch(
                one -> Boolean.TRUE.equals(one.instanceTerminationWaitTimeStarted())), SOON);
    }

    /** All items, in no order. */
    default List<Map<String, AttributeValue>> ledger() {
        return cloud().dynamoDb.scanPaginator(it -> it.tableName(resource("Releases"))).items().stream().toList();
    }

    /** What subscribers of the outcomes have heard so far, oldest first. */
    List<JsonNode> messages();

    /** Nobody has written the secret into the ledger or told it. */
    default void assertNoSecretIsKept() {
        assertThat(ledger()).noneMatch(item -> item.toString().contains(Canary.SECRET));
        assertThat(messages()).noneMatch(message -> message.toString().contains(Canary.SECRET));
    }

    /** Events that reached no target. */
    default int undelivered() {
        return cloud().sqs.receiveMessage(it -> it.queueUrl(resource("UndeliveredEvents")).maxNumberOfMessages(10))
                .messages().size();
    }
}
