package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.template.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The shipped templates with the sample website in a {@link VirtualCloud}: pushes to it, and what became of them. */
public final class SampleSite implements Site {
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

    /** Which function the script {@code operate} invokes, if not Operate. */
    static final Map<String, String> FUNCTIONS = Map.of("approve", "ApproveRelease", "refuse", "ApproveRelease");

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration AFTERWARDS = Duration.ofMinutes(12);

    public final VirtualCloud cloud;
    public final Stack stack;
    public final String firstDigest;
    private final Map<String, Version> versions = new HashMap<>();
    private final Website website;
    private final Subscriber subscriber;
    private final Set<Integer> closed = new HashSet<>();
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
                "HookSubnetIds", "subnet-8c9d0e1f", "HookSecurityGroupIds", "sg-0a1b2c3d",
                "TerminationWaitMinutes", "5", "CheckReadyWithin", "PT1M"));
        all.putAll(parameters);
        AccountKey.admit(cloud, all);
        stack = cloud.stacks().deploy("greenlane", root().resolve("template.yaml"), all);
        website = new Website(cloud, stack.stack("Sample"), PRODUCTION, TEST);
        subscriber = new Subscriber(cloud, "heard", stack.output("OutcomesTopicArn"));
        cloud.timeline.runUntil(() -> service().runningCount() == 1 && page(PRODUCTION).isPresent(),
                Duration.ofMinutes(5));
        visit();
    }

    @Override
    public VirtualCloud cloud() {
        return cloud;
    }

    @Override
    public Stack stack() {
        return stack;
    }

    @Override
    public List<Website> websites() {
        return List.of(website);
    }

    @Override
    public String firstDigest() {
        return firstDigest;
    }

    @Override
    public int failedVisits() {
        return failures;
    }

    @Override
    public String push(String tag, String seed, Version version, int service) {
        return push(REPOSITORY, tag, seed, version);
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

    /** Pushes an image that is built for a processor. */
    public String pushBuiltFor(String architecture, String tag, Version version) {
        String pushed = SampleImages.pushBuiltFor(cloud, REPOSITORY, architecture, tag);
        versions.put(pushed, version);
        return pushed;
    }

    /** Pushes an index of images that are there, by the processors that they are built for. */
    public String pushIndex(String tag, Version version, Map<String, String> images) {
        String manifests = images.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(image -> ("{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":1,"
                        + "\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}").formatted(image.getValue(),
                                image.getKey()))
                .collect(Collectors.joining(","));
        String pushed = cloud.ecr.putImage(it -> it.repositoryName(REPOSITORY).imageTag(tag)
                .imageManifest(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + manifests + "]}"))
                .image().imageId().imageDigest();
        versions.put(pushed, version);
        return pushed;
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

    /** An event with which an operator's wish begins, or somebody says that it does. */
    public ObjectNode wantedEvent(String id, String digest, String tag) {
        ObjectNode event = pushEvent(id, digest, tag).put("detail-type", "Operator Wants Image")
                .put("source", "greenlane.operator");
        event.withObject("/detail").put("application", application()).put("deploymentGroup", group());
        return event;
    }

    /** Registers the running revision with other containers, as an operator does. */
    public String register(UnaryOperator<List<ContainerDefinition>> change) {
        return website.register(change);
    }

    /** A revision with the image that was there first. */
    public String registerFirst() {
        return website.register(firstDigest);
    }

    /** Deploys a revision as an operator does, without hooks. */
    public String deployByHand(String taskDefinition) {
        return website.deployByHand(taskDefinition);
    }

    /** Deployments of the service, oldest first. */
    public List<DeploymentInfo> deployments() {
        return website.deployments();
    }

    public String application() {
        return website.application();
    }

    public String group() {
        return website.group();
    }

    public Service service() {
        return website.service();
    }

    /** Digests that visitors of a port meet. */
    public Set<String> servedAt(int port) {
        return website.servedAt(port);
    }

    /** What a listener gives each target group. */
    public Map<String, Integer> weights(int port) {
        return website.weights(port);
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
        Listener listener = website.listener(port);
        cloud.loadBalancing.modifyListener(it -> it.listenerArn(listener.listenerArn()).defaultActions(
                Action.builder().type(ActionTypeEnum.FORWARD).forwardConfig(to -> to.targetGroups(weights.entrySet()
                        .stream().map(one -> TargetGroupTuple.builder().targetGroupArn(one.getKey())
                                .weight(one.getValue()).build())
                        .toList())).build()));
    }

    /** Does something by hand, as the script {@code operate} does; answers with what it was told. */
    public JsonNode operate(String operation, String... members) {
        ObjectNode request = ScriptedFunctions.JSON.createObjectNode().put("operation", operation);
        for (int i = 0; i < members.length; i += 2) {
            request.put(members[i], members[i + 1]);
        }
        return invoke(FUNCTIONS.getOrDefault(operation, "Operate"), request);
    }

    /** The messages so far by which approvals were asked for. */
    public List<JsonNode> approvalsAsked() {
        return messages().stream().filter(message -> message.has("approval")).toList();
    }

    /** Approves with the token of such a message. */
    public JsonNode approve(JsonNode message, String by) {
        return operate("approve", "release", message.path("releaseId").asText(), "token",
                message.path("token").asText(), "by", by, "reason", "Looks good.");
    }

    /** What was asked for last is approved in the ledger alone, as somebody does who can write there and has no token. */
    public void forgeApproval() {
        AttributeValue id = AttributeValue
                .fromS("approval#" + approvalsAsked().getLast().path("releaseId").asText());
        Map<String, AttributeValue> item = new HashMap<>(
                ledger().stream().filter(one -> id.equals(one.get("id"))).findFirst().orElseThrow());
        item.put("decision", AttributeValue.fromM(Map.of("approved", AttributeValue.fromBool(true), "by",
                AttributeValue.fromS("Eve"), "reason", AttributeValue.fromS("Hurry."), "at",
                AttributeValue.fromS("2026-03-04T05:07:00Z"), "code", AttributeValue.fromS("A".repeat(43)))));
        cloud.dynamoDb.putItem(put -> put.tableName(resource("Releases")).item(item));
    }

    /** Looks at the whole chain, as {@code ./operate preflight} does. */
    JsonNode preflight() {
        return invoke("Preflight", ScriptedFunctions.JSON.createObjectNode());
    }

    /** The same for one service. */
    JsonNode preflight(String service) {
        return invoke("Preflight", ScriptedFunctions.JSON.createObjectNode().put("service", service));
    }

    /** From now on nobody gets through to a port. */
    void close(int port) {
        closed.add(port);
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

    /** As a parameter keeps a text that is long, or has braces. */
    static String packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Gives the service gates, at their usual place. */
    public void gateBy(String yaml) {
        cloud.ssm.putParameter(it -> it.name("/greenlane/sample-website/gates").type(ParameterType.STRING)
                .overwrite(true).value(yaml));
    }

    /** The alarm that CodeDeploy watches for the website. */
    public void alarm(StateValue state) {
        website.alarm(state, "Errors.");
    }

    /** Keeps a text in a bucket of its own. */
    public void keepInS3(String bucket, String key, String text) {
        cloud.s3.createBucket(it -> it.bucket(bucket).createBucketConfiguration(
                place -> place.locationConstraint(VirtualCloud.ACCOUNT.region())));
        cloud.s3.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromString(text));
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

    /** Keeps a rule of the template from doing anything. */
    public void disableRule(String logicalId) {
        cloud.events.disableRule(it -> it.name(resource(logicalId)));
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
                && deployments().stream().allMatch(Website::isFinal), LONGEST);
        cloud.timeline.advance(AFTERWARDS);
        cloud.timeline.runUntil(() -> executions().stream().noneMatch(it -> it.status() == ExecutionStatus.RUNNING),
                LONGEST);
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

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).orElseThrow(() -> new AssertionError(name + " in " + item));
    }

    /** What the topic's subscribers got so far. */
    @Override
    public List<JsonNode> messages() {
        return subscriber.messages();
    }

    /** Production serves that digest alone, nothing is half done, no visitor met anything but a good page, and nobody was refused. */
    public void assertAtRest(String digest) {
        assertThat(cloud.audit.denied()).isEmpty();
        assertAtRestAfterRefusals(digest);
    }

    /** The same when somebody was refused. */
    void assertAtRestAfterRefusals(String digest) {
        assertThat(servedAt(PRODUCTION)).containsExactly(digest);
        assertThat(service().taskSets()).singleElement().satisfies(taskSet -> {
            assertThat(taskSet.status()).isEqualTo("PRIMARY");
            assertThat(website.imageOf(taskSet.taskDefinition())).satisfies(
                    image -> assertThat(Website.digestOf(cloud, image)).isEqualTo(digest));
        });
        assertThat(service().runningCount()).isEqualTo(1);
        assertThat(weights(PRODUCTION).values().stream().filter(weight -> weight > 0)).hasSize(1);
        assertThat(deployments()).allMatch(Website::isFinal);
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
        assertNoSecretIsKept();
    }

    /** The test listener stands where production does, as it should between deployments. */
    public void assertTestListenerFollows() {
        assertThat(serving(TEST)).isEqualTo(serving(PRODUCTION));
    }

    private List<String> serving(int port) {
        return weights(port).entrySet().stream().filter(weight -> weight.getValue() > 0).map(Map.Entry::getKey)
                .toList();
    }

    private Behaviour task(String image) {
        if (!image.contains(REPOSITORY)) {
            return GOOD.task();
        }
        Version version = versions.get(Website.digestOf(cloud, image));
        return version == null ? new Behaviour.Missing() : version.task();
    }

    private Optional<Integer> page(int port) {
        return website.image(port).flatMap(this::versionOf).map(version -> version.page("/").status());
    }

    /** Answers as the image behind a port does, or as a load balancer without targets. */
    private Sender sender() {
        return (listener, request) -> closed.contains(listener.port())
                ? new Answer.Nothing(Answer.Fault.NO_CONNECTION, "no connection to " + listener + " within 5 s",
                        request.timeout())
                : website.image(listener.port()).flatMap(image -> versionOf(image)
                        .map(it -> it.answer(request.target(), Website.digestOf(cloud, image))))
                        .orElseGet(() -> new Answer.Response(503, Map.of(), "", false, Duration.ofMillis(1)));
    }

    private Optional<Version> versionOf(String image) {
        return Optional.ofNullable(versions.get(Website.digestOf(cloud, image)));
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
