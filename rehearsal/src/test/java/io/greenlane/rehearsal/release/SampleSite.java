package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.ecr.ImageStore;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.loadbalancing.RequestHead;
import io.greenlane.rehearsal.template.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The shipped templates with the sample website in a {@link VirtualCloud}: pushes to it, and what became of them. */
public final class SampleSite {
    public static final String REPOSITORY = "sample-website";
    public static final int PRODUCTION = 80;
    public static final int TEST = 8080;
    public static final Version GOOD = new Version(new Behaviour.Serves(Duration.ofSeconds(3), 200), 200);
    public static final Version BAD_PAGE = new Version(new Behaviour.Serves(Duration.ofSeconds(3), 200), 500);
    public static final Version NEVER_HEALTHY = new Version(new Behaviour.Serves(Duration.ofSeconds(3), 500), 500);
    /** Unhealthy for half of the grace period. */
    public static final Version SLOW = new Version(new Behaviour.Serves(Duration.ofSeconds(35), 200), 200);
    public static final Version UNPULLABLE = new Version(new Behaviour.Missing(), 500);
    public static final Version CRASHING = new Version(new Behaviour.Crashes(Duration.ofSeconds(1), 1), 500);

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration AFTERWARDS = Duration.ofMinutes(12);
    private static final int DRAWS = 30;
    private static final RequestHead VISIT = new RequestHead("GET", "localhost", "/", "", Map.of());

    public final VirtualCloud cloud;
    public final Stack stack;
    public final String firstDigest;
    private final Map<String, Version> versions = new HashMap<>();
    private final String heard;
    private final List<JsonNode> messages = new ArrayList<>();
    private int visits;
    private int failures;

    /**
     * What an image does.
     *
     * @param task its processes and its health check
     * @param pages what it answers by path; a path that is missing is answered like {@code /}
     */
    public record Version(Behaviour task, Map<String, Page> pages) {
        /** All pages answer with one status. */
        Version(Behaviour task, int status) {
            this(task, Map.of("/", new Page(status, "{}", Duration.ofMillis(20))));
        }

        /** The same image with another page. */
        Version with(String path, Page page) {
            Map<String, Page> changed = new HashMap<>(pages);
            changed.put(path, page);
            return new Version(task, changed);
        }

        Page page(String path) {
            return Objects.requireNonNull(pages.containsKey(path) ? pages.get(path) : pages.get("/"));
        }

        Answer answer(String path, String digest) {
            Page page = page(path);
            return new Answer.Response(page.status(),
                    Map.of("content-type", List.of("application/json"), "x-image-digest", List.of(digest)),
                    page.body(), false, page.took());
        }
    }

    /** What is answered, and how long that takes. */
    public record Page(int status, String body, Duration took) {}

    /** How something ended, as the ledger has it. */
    public record Recorded(String id, String outcome, String reason) {}

    /** The sample website with version one. */
    public SampleSite() {
        this(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, Map.of());
    }

    /** The same with other parameters of the template. */
    public SampleSite(CodeDeployBehaviour behaviour, EventSwitches switches, Map<String, String> parameters) {
        this(behaviour, switches, parameters, VirtualCloud.USUAL_SEED);
    }

    /** The same with chance of its own. */
    public SampleSite(CodeDeployBehaviour behaviour, EventSwitches switches, Map<String, String> parameters,
            long seed) {
        this(behaviour, switches, parameters, seed, null);
    }

    /** The usual site with functions that served sites before it, which are not used any more. */
    SampleSite(Map<String, String> parameters, WarmFunctions functions) {
        this(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, parameters, VirtualCloud.USUAL_SEED, functions);
    }

    /** The same with functions that served sites before it; null for new ones. */
    public SampleSite(CodeDeployBehaviour behaviour, EventSwitches switches, Map<String, String> parameters,
            long seed, @Nullable WarmFunctions functions) {
        cloud = new VirtualCloud(behaviour, switches, this::task, ignored -> sender(), seed);
        if (functions != null) {
            cloud.use(functions);
        }
        cloud.ecr.createRepository(create -> create.repositoryName(REPOSITORY));
        firstDigest = push("v1", GOOD);
        Map<String, String> all = new HashMap<>(Map.of("RepositoryName", REPOSITORY, "VpcId", "vpc-0a1b2c3d",
                "SubnetIds", "subnet-0a1b2c3d,subnet-4e5f6a7b", "TestListenerCidr", "127.0.0.1/32",
                "TerminationWaitMinutes", "5", "CheckReadyWithin", "PT1M"));
        all.putAll(parameters);
        stack = cloud.stacks().deploy("greenlane", root().resolve("template.yaml"), all);
        heard = cloud.sqs.createQueue(create -> create.queueName("heard")).queueUrl();
        cloud.sns.subscribe(to -> to.topicArn(stack.output("OutcomesTopicArn")).protocol("sqs")
                .endpoint(VirtualCloud.ACCOUNT.arn("sqs", "heard")));
        cloud.timeline.runUntil(() -> service().runningCount() == 1 && page(PRODUCTION).isPresent(),
                Duration.ofMinutes(5));
        visit();
    }

    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("template.yaml")) ? here : here.resolve("..").normalize();
    }

    /** Pushes an image of its own. */
    public String push(String tag, Version version) {
        return push(REPOSITORY, tag, tag, version);
    }

    /** Pushes the image that the seed stands for. */
    public String push(String repository, String tag, String seed, Version version) {
        String pushed = SampleImages.push(cloud, repository, tag, seed);
        versions.put(pushed, version);
        return pushed;
    }

    /** Gives the image that was pushed last another tag. */
    public void pushAgain(String tag) {
        cloud.ecr.manifest(REPOSITORY, newestDigest()).ifPresent(stored -> cloud.ecr.putImage(
                it -> it.repositoryName(REPOSITORY).imageTag(tag).imageManifest(stored.text())));
    }

    /** Deletes the image that was pushed last, unless it serves. */
    public void deleteNewestImage() {
        String newest = newestDigest();
        if (!servedAt(PRODUCTION).contains(newest)) {
            cloud.ecr.batchDeleteImage(it -> it.repositoryName(REPOSITORY)
                    .imageIds(ImageIdentifier.builder().imageDigest(newest).build()));
        }
    }

    private String newestDigest() {
        return cloud.ecr.describeImages(it -> it.repositoryName(REPOSITORY)).imageDetails().stream()
                .max(Comparator.comparing(ImageDetail::imagePushedAt)).orElseThrow().imageDigest();
    }

    /** From now on tasks of the image do something else. */
    public void becomes(String digest, Version version) {
        versions.put(digest, version);
    }

    /** The event of a push, as ECR sends it. */
    public ObjectNode pushEvent(String id, String digest, String tag) {
        ObjectNode event = ScriptedFunctions.JSON.createObjectNode().put("version", "0").put("id", id)
                .put("detail-type", "ECR Image Action").put("source", "aws.ecr")
                .put("account", VirtualCloud.ACCOUNT.id()).put("time", cloud.timeline.now().toString())
                .put("region", VirtualCloud.ACCOUNT.region());
        event.putArray("resources");
        event.putObject("detail").put("result", "SUCCESS").put("repository-name", REPOSITORY)
                .put("image-digest", digest).put("action-type", "PUSH").put("image-tag", tag);
        return event;
    }

    /** Registers the running revision with other containers, as an operator does. */
    public String register(UnaryOperator<List<ContainerDefinition>> change) {
        TaskDefinition running = cloud.ecs.describeTaskDefinition(
                it -> it.taskDefinition(service().taskSets().getFirst().taskDefinition())).taskDefinition();
        return cloud.ecs.registerTaskDefinition(it -> it.family(running.family()).cpu(running.cpu())
                .memory(running.memory()).networkMode(running.networkMode())
                .requiresCompatibilities(running.requiresCompatibilities())
                .executionRoleArn(running.executionRoleArn())
                .containerDefinitions(change.apply(running.containerDefinitions()))).taskDefinition()
                .taskDefinitionArn();
    }

    /** A revision with the image that was there first. */
    public String registerFirst() {
        return register(containers -> containers.stream().map(it -> it.name().equals("sample-website")
                ? it.toBuilder().image(it.image().replaceFirst("[:@][^/]*$", "@" + firstDigest)).build()
                : it).toList());
    }

    /** Deploys a revision as an operator does, without hooks. */
    public String deployByHand(String taskDefinition) {
        String content = "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                + "\"Properties\":{\"TaskDefinition\":\"" + taskDefinition + "\",\"LoadBalancerInfo\":"
                + "{\"ContainerName\":\"sample-website\",\"ContainerPort\":80}}}}]}";
        return cloud.codeDeploy.createDeployment(it -> it.applicationName(application()).deploymentGroupName(group())
                .revision(revision -> revision.revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                        .appSpecContent(appSpec -> appSpec.content(content))))
                .deploymentId();
    }

    /** Scales the service, as Auto Scaling and people do. */
    public void scale(int tasks) {
        cloud.ecs.updateService(it -> it.cluster(stack.stack("Sample").output("ClusterName")).service("sample-website")
                .desiredCount(tasks));
    }

    /** Starts a revision beside what runs, in the other target group, as tools do that work past CodeDeploy. */
    public String createTaskSet(String taskDefinition) {
        TaskSet primary = primary();
        String serving = primary.loadBalancers().getFirst().targetGroupArn();
        String other = cloud.loadBalancing.describeTargetGroups().targetGroups().stream()
                .map(TargetGroup::targetGroupArn).filter(arn -> !arn.equals(serving)).findFirst().orElseThrow();
        return cloud.ecs.createTaskSet(it -> it.cluster(primary.clusterArn()).service(primary.serviceArn())
                .taskDefinition(taskDefinition).launchType(primary.launchType())
                .networkConfiguration(primary.networkConfiguration())
                .loadBalancers(primary.loadBalancers().getFirst().toBuilder().targetGroupArn(other).build())
                .scale(full -> full.value(100.0).unit(ScaleUnit.PERCENT))).taskSet().taskSetArn();
    }

    /** Makes a task set the one that serves, for ECS. */
    public void makePrimary(String taskSetArn) {
        TaskSet primary = primary();
        cloud.ecs.updateServicePrimaryTaskSet(it -> it.cluster(primary.clusterArn()).service(primary.serviceArn())
                .primaryTaskSet(taskSetArn));
    }

    public TaskSet primary() {
        return service().taskSets().stream().filter(it -> it.status().equals("PRIMARY")).findFirst().orElseThrow();
    }

    /** Sends the traffic of a listener elsewhere, as template tools do that own it. */
    public void forward(int port, Map<String, Integer> weights) {
        Listener listener = listener(port);
        cloud.loadBalancing.modifyListener(it -> it.listenerArn(listener.listenerArn()).defaultActions(
                Action.builder().type(ActionTypeEnum.FORWARD).forwardConfig(to -> to.targetGroups(weights.entrySet()
                        .stream().map(one -> TargetGroupTuple.builder().targetGroupArn(one.getKey())
                                .weight(one.getValue()).build())
                        .toList())).build()));
    }

    private Listener listener(int port) {
        return cloud.loadBalancing.describeListeners(it -> it.loadBalancerArn(cloud.loadBalancing
                .describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn())).listeners().stream()
                .filter(listener -> listener.port() == port).findFirst().orElseThrow();
    }

    /** Does something by hand, as the script {@code operate} does; answers with what it was told. */
    JsonNode operate(String operation, String... members) {
        ObjectNode request = ScriptedFunctions.JSON.createObjectNode().put("operation", operation);
        for (int i = 0; i < members.length; i += 2) {
            request.put(members[i], members[i + 1]);
        }
        return invoke("Operate", request);
    }

    /** Runs the sweep now, besides its schedule; answers with what it counted. */
    JsonNode sweep() {
        return invoke("Sweep", ScriptedFunctions.JSON.createObjectNode());
    }

    private JsonNode invoke(String function, ObjectNode request) {
        List<FunctionInvoker.Answer> answers = new ArrayList<>();
        cloud.functions.invoke(resource(function), request.toString(), answers::add);
        cloud.timeline.runUntil(() -> !answers.isEmpty(), Duration.ofMinutes(1));
        return answers.getFirst() instanceof FunctionInvoker.Answer.Returned(String payload)
                ? json(payload)
                : ScriptedFunctions.JSON.createObjectNode().put("broke", answers.getFirst().toString());
    }

    /** Gives the service a validation file, at its usual place. */
    public void validateBy(String yaml) {
        cloud.ssm.putParameter(it -> it.name("/greenlane/sample-website/validation").type(ParameterType.STRING)
                .overwrite(true).value(yaml));
    }

    /** Keeps a text in a bucket of its own. */
    public void keepInS3(String bucket, String key, String text) {
        cloud.s3.createBucket(it -> it.bucket(bucket).createBucketConfiguration(
                place -> place.locationConstraint(VirtualCloud.ACCOUNT.region())));
        cloud.s3.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    /** Whether no execution and no deployment is under way. */
    public boolean isQuiet() {
        return cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Release"))
                .statusFilter(ExecutionStatus.RUNNING)).executions().isEmpty()
                && deployments().stream().allMatch(SampleSite::isFinal);
    }

    /** Verdicts on a deployment, as the ledger has them: by hook, result and sentence. */
    public Map<String, String> verdicts(String deploymentId) {
        Map<String, String> verdicts = new TreeMap<>();
        ledger().stream().filter(item -> attribute(item, "id").s().equals("deployment#" + deploymentId))
                .forEach(item -> item.forEach((hook, verdict) -> {
                    if (verdict.hasM() && verdict.m().containsKey("result")) {
                        verdicts.put(hook, attribute(verdict.m(), "result").s() + ": "
                                + attribute(verdict.m(), "sentence").s());
                    }
                }));
        return verdicts;
    }

    /** Executions of one of the workflows, oldest first. */
    public List<DescribeExecutionResponse> executionsOf(String logicalId) {
        return cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource(logicalId))).executions()
                .reversed().stream().map(ExecutionListItem::executionArn)
                .map(arn -> cloud.stepFunctions.describeExecution(it -> it.executionArn(arn))).toList();
    }

    /** The lifecycle events of a deployment, in their order. */
    public List<LifecycleEvent> lifecycle(String deploymentId) {
        return cloud.codeDeploy.batchGetDeploymentTargets(it -> it.deploymentId(deploymentId).targetIds(
                cloud.codeDeploy.listDeploymentTargets(list -> list.deploymentId(deploymentId)).targetIds()))
                .deploymentTargets().getFirst().ecsTarget().lifecycleEvents();
    }

    /** Keeps a rule of the template from doing anything. */
    public void disableRule(String logicalId) {
        cloud.events.disableRule(it -> it.name(resource(logicalId)));
    }

    /** Deploys the stack again, with new code, changed workflows and this policy, in the course of some seconds. */
    public void redeploy(String overlap) {
        new Redeployment(cloud, stack).begin(overlap);
    }

    /** Changes environment variables of a function. */
    public void reconfigure(String logicalId, Map<String, String> changes) {
        cloud.reconfigure(resource(logicalId), changes);
    }

    /** Deletes an image from the registry. */
    public void delete(String digest) {
        cloud.ecr.batchDeleteImage(it -> it.repositoryName(REPOSITORY).imageIds(
                ImageIdentifier.builder().imageDigest(digest).build()));
    }

    /** Lets time pass until no execution and no deployment is under way, and then long enough for the sweep. */
    public void settle() {
        cloud.timeline.advance(Duration.ofSeconds(30));
        cloud.timeline.runUntil(() -> executions().stream().noneMatch(it -> it.status() == ExecutionStatus.RUNNING)
                && deployments().stream().allMatch(SampleSite::isFinal), LONGEST);
        cloud.timeline.advance(AFTERWARDS);
        cloud.timeline.runUntil(() -> executions().stream().noneMatch(it -> it.status() == ExecutionStatus.RUNNING),
                LONGEST);
    }

    /** Executions of the workflow, oldest first. */
    public List<DescribeExecutionResponse> executions() {
        return executionsOf("Release");
    }

    /** Starts the workflow with any input. */
    public void start(String input) {
        cloud.stepFunctions.startExecution(it -> it.stateMachineArn(stack.output("ReleaseArn")).input(input));
    }

    /** Deployments of the sample website's application, oldest first. */
    public List<DeploymentInfo> deployments() {
        return cloud.codeDeploy.listDeployments(it -> it.applicationName(application()).deploymentGroupName(group()))
                .deployments().reversed().stream()
                .map(id -> cloud.codeDeploy.getDeployment(it -> it.deploymentId(id)).deploymentInfo()).toList();
    }

    public String application() {
        return stack.stack("Sample").output("ApplicationName");
    }

    public String group() {
        return stack.stack("Sample").output("DeploymentGroupName");
    }

    private static boolean isFinal(DeploymentInfo deployment) {
        return Set.of(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED, DeploymentStatus.STOPPED)
                .contains(deployment.status());
    }

    /** What the ledger says about endings, in no order. */
    public List<Recorded> recorded() {
        return ledger().stream().filter(item -> item.containsKey("ending")).map(item -> {
            Map<String, AttributeValue> ending = attribute(item, "ending").m();
            return new Recorded(attribute(item, "id").s(),
                    ending.containsKey("diverged") ? "DIVERGED" : attribute(ending, "outcome").s(),
                    attribute(ending, "reason").s());
        }).toList();
    }

    /** What DynamoDB says of the size of the ledger. */
    public long ledgerBytes() {
        return cloud.dynamoDb.describeTable(it -> it.tableName(resource("Releases"))).table().tableSizeBytes();
    }

    public List<Map<String, AttributeValue>> ledger() {
        return cloud.dynamoDb.scan(it -> it.tableName(resource("Releases"))).items();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).orElseThrow(() -> new AssertionError(name + " in " + item));
    }

    /** What the topic's subscribers got so far. */
    public List<JsonNode> messages() {
        while (true) {
            var batch = cloud.sqs.receiveMessage(it -> it.queueUrl(heard).maxNumberOfMessages(10)).messages();
            if (batch.isEmpty()) {
                return messages;
            }
            batch.forEach(message -> {
                messages.add(json(json(message.body()).get("Message").asText()));
                cloud.sqs.deleteMessage(it -> it.queueUrl(heard).receiptHandle(message.receiptHandle()));
            });
        }
    }

    /** Events that reached no target. */
    public int undelivered() {
        return cloud.sqs.receiveMessage(it -> it.queueUrl(resource("UndeliveredEvents")).maxNumberOfMessages(10))
                .messages().size();
    }

    /** Digests that visitors of a port meet. */
    public Set<String> servedAt(int port) {
        Set<String> digests = new TreeSet<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            digests.add(image(port).map(this::digestOf).orElse("nobody"));
        }
        return digests;
    }

    /** Digests behind the target groups that a listener gives a weight to; of task sets that are there to stay. */
    public Set<String> servable(int port) {
        Set<String> digests = new TreeSet<>();
        Map<String, Integer> weights = weights(port);
        service().taskSets().stream().filter(taskSet -> !taskSet.status().equals("DRAINING")).forEach(
                taskSet -> taskSet.loadBalancers().forEach(balancer -> {
                    if (weights.getOrDefault(balancer.targetGroupArn(), 0) > 0) {
                        digests.add(digestOf(imageOf(taskSet.taskDefinition())));
                    }
                }));
        return digests;
    }

    /** Executions of the workflow that releases, oldest first. */
    public List<String> executionArns() {
        return cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Release"))).executions().reversed()
                .stream().map(ExecutionListItem::executionArn).toList();
    }

    /** Production serves that digest alone, nothing is half done, and no visitor met anything but a good page. */
    public void assertAtRest(String digest) {
        assertThat(servedAt(PRODUCTION)).containsExactly(digest);
        assertThat(service().taskSets()).singleElement().satisfies(taskSet -> {
            assertThat(taskSet.status()).isEqualTo("PRIMARY");
            assertThat(imageOf(taskSet.taskDefinition())).satisfies(
                    image -> assertThat(digestOf(image)).isEqualTo(digest));
        });
        assertThat(service().runningCount()).isEqualTo(1);
        assertThat(weights(PRODUCTION).values().stream().filter(weight -> weight > 0)).hasSize(1);
        assertThat(deployments()).allMatch(SampleSite::isFinal);
        assertThat(executions()).extracting(DescribeExecutionResponse::status)
                .isSubsetOf(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED, ExecutionStatus.ABORTED);
        assertThat(ledger())
                .noneMatch(item -> item.containsKey("open") && attribute(item, "open").s().equals("release"))
                .filteredOn(item -> attribute(item, "id").s().startsWith("service#"))
                .noneMatch(head -> head.containsKey("running"))
                .allMatch(head -> !head.containsKey("waiting") || attribute(head, "waiting").l().isEmpty());
        assertThat(undelivered()).isZero();
        assertThat(visits).isPositive();
        assertThat(failures).isZero();
    }

    /** Visits of production so far that met anything but a good page. */
    public int failedVisits() {
        return failures;
    }

    /** The test listener stands where production does, as it should between deployments. */
    public void assertTestListenerFollows() {
        assertThat(serving(TEST)).isEqualTo(serving(PRODUCTION));
    }

    private List<String> serving(int port) {
        return weights(port).entrySet().stream().filter(weight -> weight.getValue() > 0).map(Map.Entry::getKey)
                .toList();
    }

    public Map<String, Integer> weights(int port) {
        Map<String, Integer> weights = new HashMap<>();
        listener(port).defaultActions().forEach(action -> {
            if (action.forwardConfig() == null || action.forwardConfig().targetGroups().isEmpty()) {
                weights.put(action.targetGroupArn(), 1);
            } else {
                action.forwardConfig().targetGroups().forEach(one -> weights.put(one.targetGroupArn(),
                        weight(one)));
            }
        });
        return weights;
    }

    private static int weight(TargetGroupTuple group) {
        return group.weight() == null ? 1 : group.weight();
    }

    public Service service() {
        return cloud.ecs.describeServices(it -> it.cluster(stack.stack("Sample").output("ClusterName"))
                .services("sample-website")).services().getFirst();
    }

    /** The physical id of a resource of the main stack. */
    public String resource(String logicalId) {
        return Stream.ofNullable(stack.resources().get(logicalId)).findFirst().orElseThrow(
                () -> new AssertionError("No resource " + logicalId + " in " + stack.resources().keySet()))
                .physicalId();
    }

    private String imageOf(String taskDefinition) {
        return cloud.ecs.describeTaskDefinition(it -> it.taskDefinition(taskDefinition)).taskDefinition()
                .containerDefinitions().stream().filter(it -> it.name().equals("sample-website")).findFirst()
                .orElseThrow().image();
    }

    private Behaviour task(String image) {
        if (!image.contains(REPOSITORY)) {
            return GOOD.task();
        }
        Version version = versions.get(digestOf(image));
        return version == null ? new Behaviour.Missing() : version.task();
    }

    /** The image that a deployment brings. */
    public String digestOf(DeploymentInfo deployment) {
        JsonNode appSpec = json(cloud.codeDeploy.getApplicationRevision(
                it -> it.applicationName(application()).revision(deployment.revision())).revision().appSpecContent()
                .content());
        return digestOf(imageOf(appSpec.at("/Resources/0/TargetService/Properties/TaskDefinition").asText()));
    }

    private String digestOf(String image) {
        int at = image.indexOf('@');
        String reference = at < 0 ? image.substring(image.lastIndexOf(':') + 1) : image.substring(at + 1);
        return cloud.ecr.manifest(REPOSITORY, reference).map(ImageStore.StoredManifest::digest).orElse(reference);
    }

    private Optional<String> image(int port) {
        return cloud.loadBalancing.serverOf(port, VISIT)
                .flatMap(server -> cloud.tasks.imageAt(Integer.parseInt(server.substring(server.indexOf(':') + 1))));
    }

    private Optional<Integer> page(int port) {
        return image(port).flatMap(this::versionOf).map(version -> version.page("/").status());
    }

    /** Answers as the image behind a port does, or as a load balancer without targets. */
    private Sender sender() {
        return (listener, request) -> image(listener.port())
                .flatMap(image -> versionOf(image).map(it -> it.answer(request.target(), digestOf(image))))
                .orElseGet(() -> new Answer.Response(503, Map.of(), "", false, Duration.ofMillis(1)));
    }

    private Optional<Version> versionOf(String image) {
        return Optional.ofNullable(versions.get(digestOf(image)));
    }

    private void visit() {
        visits++;
        failures += page(PRODUCTION).filter(status -> status == 200).isPresent() ? 0 : 1;
        cloud.timeline.after(Duration.ofSeconds(1), this::visit);
    }

    public static JsonNode json(@Nullable String text) {
        try {
            return ScriptedFunctions.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
