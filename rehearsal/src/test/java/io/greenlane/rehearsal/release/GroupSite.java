package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Several websites that one repository feeds, released as one group by the shipped template: pushes to them, and what became of them. */
final class GroupSite {
    static final String GROUP = "shop";
    private static final String REPOSITORY = SampleSite.REPOSITORY;
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration AFTERWARDS = Duration.ofMinutes(11);
    private static final RequestHead VISIT = new RequestHead("GET", "localhost", "/", "", Map.of());
    /** One answer proves green, one check passes each hook. */
    private static final String RULES = """
            version: 1
            identity: { header: x-image-digest, equals: "{{image.digest}}", in_a_row: 1 }
            hooks:
              AfterAllowTestTraffic: { checks: [first], ready_within: 1m }
              BeforeAllowTraffic: { checks: [second], ready_within: 1m }
              AfterAllowTraffic: { checks: [third], ready_within: 1m }
            checks:
              first: { request: GET /AfterAllowTestTraffic, expect: { status: 200 } }
              second: { request: GET /BeforeAllowTraffic, expect: { status: 200 } }
              third: { request: GET /AfterAllowTraffic, expect: { status: 200 } }
            """;

    final VirtualCloud cloud;
    final Stack stack;
    final List<Stack> members = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final String heard;
    private final List<JsonNode> messages = new ArrayList<>();
    private int versions;
    private int failures;
    private int visits;

    /**
     * A group and nothing else.
     *
     * @param waves of its members
     */
    GroupSite(Map<String, String> parameters, EventSwitches switches, int... waves) {
        cloud = new VirtualCloud(CodeDeployBehaviour.DEFAULT, switches, this::task, ignored -> sender());
        cloud.ecr.createRepository(create -> create.repositoryName(REPOSITORY));
        push();
        for (int i = 0; i < waves.length; i++) {
            members.add(cloud.stacks().deploy("member" + i, template(i), member(i, parameters)));
        }
        Map<String, String> all = new HashMap<>(Map.of("RepositoryName", REPOSITORY, "CodeDeployApplicationName", "*",
                "DeploymentGroupName", "*", "ValidationSource", "s3://files/validation.yaml", "Services",
                IntStream.range(0, waves.length).mapToObj(i -> ("{\"repository\":\"%s\",\"application\":\"%s\","
                        + "\"deploymentGroup\":\"%s\",\"group\":\"%s\",\"wave\":%d}").formatted(REPOSITORY,
                                application(i), group(i), GROUP, waves[i]))
                        .collect(Collectors.joining(",", "[", "]"))));
        cloud.s3.createBucket(it -> it.bucket("files").createBucketConfiguration(
                place -> place.locationConstraint(VirtualCloud.ACCOUNT.region())));
        cloud.s3.putObject(it -> it.bucket("files").key("validation.yaml"), RequestBody.fromString(RULES));
        stack = cloud.stacks().deploy("greenlane", SampleSite.root().resolve("template.yaml"), all);
        heard = cloud.sqs.createQueue(create -> create.queueName("heard")).queueUrl();
        cloud.sns.subscribe(to -> to.topicArn(stack.output("OutcomesTopicArn")).protocol("sqs")
                .endpoint(VirtualCloud.ACCOUNT.arn("sqs", "heard")));
        cloud.timeline.runUntil(() -> each().allMatch(i -> page(port(i)).isPresent()), Duration.ofMinutes(5));
        visit();
    }

    private static Map<String, String> member(int i, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of("VpcId", "vpc-0a1b2c3d", "SubnetIds",
                "subnet-0a1b2c3d,subnet-4e5f6a7b", "ProductionPort", "" + port(i), "TestPort", "" + (8080 + i),
                "TestListenerCidr", "127.0.0.1/32", "RepositoryName", REPOSITORY, "TerminationWaitMinutes", "5",
                "HookFunctionArns", List.of("TestTraffic", "Traffic", "AfterTraffic").stream()
                        .map(hook -> VirtualCloud.ACCOUNT.arn("lambda", "function:CodeDeployHook_greenlane-" + hook))
                        .collect(Collectors.joining(","))));
        parameters.forEach((name, value) -> {
            if (name.startsWith(i + ".")) {
                all.put(name.substring(2), value);
            }
        });
        return all;
    }

    /** The sample website with a second container, by whose image the members can be told from each other. */
    private static Path template(int i) {
        try {
            String text = Files.readString(SampleSite.root().resolve("infrastructure/sample-website.yaml"));
            Path file = Files.createTempFile("member", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text.replace("      ContainerDefinitions:\n",
                    "      ContainerDefinitions:\n        - {Name: mark, Image: mark-" + i + ", Essential: false}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members by their numbers, from 0. */
    IntStream each() {
        return IntStream.range(0, members.size());
    }

    private static int port(int member) {
        return 80 + member;
    }

    String application(int member) {
        return members.get(member).output("ApplicationName");
    }

    String group(int member) {
        return members.get(member).output("DeploymentGroupName");
    }

    String key(int member) {
        return application(member) + "/" + group(member);
    }

    String resource(String logicalId) {
        return Objects.requireNonNull(stack.resources().get(logicalId), logicalId).physicalId();
    }

    /** Pushes an image of its own. */
    String push() {
        versions++;
        return push("v" + versions);
    }

    /** Pushes the image of a tag under that tag. */
    String push(String tag) {
        return SampleImages.push(cloud, REPOSITORY, tag, tag);
    }

    /** Pushes an image again under another tag. */
    void retag(String digest, String tag) {
        String manifest = cloud.ecr.batchGetImage(it -> it.repositoryName(REPOSITORY).imageIds(
                ImageIdentifier.builder().imageDigest(digest).build())).images().getFirst().imageManifest();
        cloud.ecr.putImage(it -> it.repositoryName(REPOSITORY).imageTag(tag).imageManifest(manifest));
    }

    /** From now on a member fails what is called so: {@code Install}, or a hook. */
    void breaks(int member, String what) {
        broken.add(member + what);
    }

    /** From now on nothing fails. */
    void mends() {
        broken.clear();
    }

    private Behaviour task(String image) {
        return image.startsWith("mark-") && broken.contains(image.substring("mark-".length()) + "Install")
                ? new Behaviour.Missing()
                : SampleSite.GOOD.task();
    }

    private Sender sender() {
        return (listener, request) -> {
            String path = request.target().substring(1);
            int member = listener.port() >= 8080 ? listener.port() - 8080 : listener.port() - 80;
            Optional<String> image = image(listener.port());
            int status = image.isEmpty() ? 503 : broken.contains(member + path) ? 500 : 200;
            return new Answer.Response(status, Map.of("content-type", List.of("application/json"), "x-image-digest",
                    List.of(image.map(this::digestOf).orElse(""))), "{}", false, Duration.ofMillis(20));
        };
    }

    private Optional<String> image(int port) {
        return cloud.loadBalancing.serverOf(port, VISIT).flatMap(
                server -> cloud.tasks.imageAt(Integer.parseInt(server.substring(server.indexOf(':') + 1))));
    }

    private Optional<String> page(int port) {
        return image(port).map(this::digestOf);
    }

    private String digestOf(String image) {
        int at = image.indexOf('@');
        String reference = at < 0 ? image.substring(image.lastIndexOf(':') + 1) : image.substring(at + 1);
        return cloud.ecr.manifest(REPOSITORY, reference).map(one -> one.digest()).orElse(reference);
    }

    private void visit() {
        visits++;
        failures += (int) each().filter(i -> page(port(i)).isEmpty()).count();
        cloud.timeline.after(Duration.ofSeconds(1), this::visit);
    }

    /** What production of each member serves now. */
    List<String> served() {
        return each().mapToObj(i -> page(port(i)).orElse("nobody")).toList();
    }

    /** Deployments of a member, oldest first. */
    List<DeploymentInfo> deployments(int member) {
        return cloud.codeDeploy.listDeployments(it -> it.applicationName(application(member))
                .deploymentGroupName(group(member))).deployments().reversed().stream()
                .map(id -> cloud.codeDeploy.getDeployment(it -> it.deploymentId(id)).deploymentInfo()).toList();
    }

    private static boolean isFinal(DeploymentInfo deployment) {
        return Set.of(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED, DeploymentStatus.STOPPED)
                .contains(deployment.status());
    }

    /** Whether the newest deployment of a member has begun a lifecycle event; {@code kept} for the wait before blue ends. */
    boolean hasBegun(int member, String event) {
        List<DeploymentInfo> all = deployments(member);
        if (all.isEmpty() || isFinal(all.getLast()) || all.getLast().status() == DeploymentStatus.CREATED) {
            return false;
        }
        DeploymentInfo last = all.getLast();
        return event.equals("kept")
                ? Boolean.TRUE.equals(last.instanceTerminationWaitTimeStarted())
                : lifecycle(last.deploymentId()).stream().anyMatch(one -> one.lifecycleEventName().equals(event)
                        && one.status() != LifecycleEventStatus.PENDING);
    }

    List<LifecycleEvent> lifecycle(String deploymentId) {
        return cloud.codeDeploy.batchGetDeploymentTargets(it -> it.deploymentId(deploymentId).targetIds(
                cloud.codeDeploy.listDeploymentTargets(list -> list.deploymentId(deploymentId)).targetIds()))
                .deploymentTargets().getFirst().ecsTarget().lifecycleEvents();
    }

    /** An alarm of a member goes off and on again. */
    void alarm(int member) {
        String name = Objects.requireNonNull(members.get(member).resources().get("ServerErrors")).physicalId();
        cloud.cloudWatch.setAlarmState(it -> it.alarmName(name).stateValue(StateValue.ALARM).stateReason("Errors."));
        cloud.timeline.after(Duration.ofMinutes(2),
                () -> cloud.cloudWatch.setAlarmState(
                        it -> it.alarmName(name).stateValue(StateValue.OK).stateReason("Over.")));
    }

    /** Stops the validation of that name; false while there is none. */
    boolean stopValidation(String name) {
        Optional<String> arn = cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Validation"))
                .statusFilter(ExecutionStatus.RUNNING)).executions().stream().filter(it -> it.name().equals(name))
                .map(ExecutionListItem::executionArn).findFirst();
        arn.ifPresent(one -> cloud.stepFunctions.stopExecution(it -> it.executionArn(one)));
        return arn.isPresent();
    }

    boolean isQuiet() {
        return cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Release"))
                .statusFilter(ExecutionStatus.RUNNING)).executions().isEmpty()
                && each().allMatch(i -> deployments(i).stream().allMatch(GroupSite::isFinal))
                && ledger().stream().noneMatch(item -> item.containsKey("open")
                        && "release".equals(Objects.requireNonNull(item.get("open")).s()));
    }

    /** Lets time pass until nobody is at work any more, and then two runs of the sweep. */
    void settle() {
        cloud.timeline.advance(ROUND);
        rest();
        cloud.timeline.advance(AFTERWARDS);
        rest();
    }

    private void rest() {
        for (Duration passed = Duration.ZERO; !isQuiet(); passed = passed.plus(ROUND)) {
            assertThat(passed).as("time without rest").isLessThan(LONGEST);
            cloud.timeline.advance(ROUND);
        }
    }

    List<Map<String, AttributeValue>> ledger() {
        return cloud.dynamoDb.scan(it -> it.tableName(resource("Releases"))).items();
    }

    /** The outcomes that were told of the group, oldest first. */
    List<JsonNode> told() {
        return messages().stream().filter(message -> message.has("groupReleaseId")).toList();
    }

    List<JsonNode> messages() {
        while (true) {
            var batch = cloud.sqs.receiveMessage(it -> it.queueUrl(heard).maxNumberOfMessages(10)).messages();
            if (batch.isEmpty()) {
                return messages;
            }
            batch.forEach(message -> {
                messages.add(SampleSite.json(SampleSite.json(message.body()).get("Message").asText()));
                cloud.sqs.deleteMessage(it -> it.queueUrl(heard).receiptHandle(message.receiptHandle()));
            });
        }
    }

    /** Does something by hand, as the script {@code operate} does; answers with what it was told. */
    JsonNode operate(String operation, String... with) {
        var request = ScriptedFunctions.JSON.createObjectNode().put("operation", operation);
        for (int i = 0; i < with.length; i += 2) {
            request.put(with[i], with[i + 1]);
        }
        List<FunctionInvoker.Answer> answers = new ArrayList<>();
        cloud.functions.invoke(resource("Operate"), request.toString(), answers::add);
        cloud.timeline.runUntil(() -> !answers.isEmpty(), Duration.ofMinutes(1));
        return answers.getFirst() instanceof FunctionInvoker.Answer.Returned(String payload)
                ? SampleSite.json(payload)
                : ScriptedFunctions.JSON.createObjectNode().put("broke", answers.getFirst().toString());
    }

    /** All that came to rest: nothing runs, nothing waits, no visitor met anything but a page. */
    void assertAtRest() {
        assertThat(isQuiet()).isTrue();
        assertThat(ledger()).filteredOn(item -> Objects.requireNonNull(item.get("id")).s().startsWith("group#"))
                .noneMatch(head -> head.containsKey("running"));
        assertThat(visits).isPositive();
        assertThat(failures).as("failed visits").isZero();
    }

    /** Every member serves this digest, and that is what the last outcome of the group says. */
    void assertAll(String digest, String outcome) {
        assertAtRest();
        assertThat(served()).as(() -> told() + "").containsOnly(digest);
        assertThat(told()).last().satisfies(message -> assertThat(outcome(message)).as(message.toString()).isEqualTo(
                outcome));
    }

    static String outcome(JsonNode message) {
        return message.path("outcome").asText();
    }
}
