package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Several websites that one repository feeds, released as one group by the shipped template: pushes to them, and what became of them. */
public final class GroupSite implements Site {
    static final String GROUP = "shop";
    static final String STACK = "greenlane.";
    private static final String REPOSITORY = SampleSite.REPOSITORY;
    /** Ports of the first member; those of the others follow. */
    private static final int PRODUCTION = SampleSite.PRODUCTION;
    private static final int TEST = SampleSite.TEST;
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration AFTERWARDS = Duration.ofMinutes(11);
    /** Of members by their numbers; a template that has not changed is read once for all clouds. */
    private static final Map<Integer, Path> TEMPLATES = new ConcurrentHashMap<>();
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

    /** Passes until production has moved to it; visitors meet good pages all the same. */
    public static final SampleSite.Version BAD_AFTERWARDS = SampleSite.GOOD.with("/AfterAllowTraffic",
            new SampleSite.Page(500, "{}", Duration.ofMillis(20)));

    final VirtualCloud cloud;
    final Stack stack;
    private final List<Website> members = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Pushed> pushed = new HashMap<>();
    private final String firstDigest;
    private final Subscriber subscriber;
    private int versions;
    private int failures;
    private int visits;

    /** An image, and the member at which it is what it is. */
    private record Pushed(SampleSite.Version version, int member) {}

    /**
     * A group and nothing else.
     *
     * @param waves of its members
     */
    GroupSite(Map<String, String> parameters, EventSwitches switches, int... waves) {
        this(CodeDeployBehaviour.DEFAULT, switches, parameters, VirtualCloud.USUAL_SEED, null, waves);
    }

    /**
     * The same with chance of its own.
     *
     * @param parameters of the members; a name with a number and a dot before it is of that member alone, and one with
     *     {@value #STACK} before it is of Greenlane's own stack
     * @param functions that served sites before it, which are not used any more; null for new ones
     */
    public GroupSite(CodeDeployBehaviour behaviour, EventSwitches switches, Map<String, String> parameters, long seed,
            @Nullable WarmFunctions functions, int... waves) {
        cloud = new VirtualCloud(behaviour, switches, this::task, ignored -> sender(), seed);
        if (functions != null) {
            cloud.use(functions);
        }
        cloud.ecr.createRepository(create -> create.repositoryName(REPOSITORY));
        firstDigest = push();
        for (int i = 0; i < waves.length; i++) {
            members.add(new Website(cloud, cloud.stacks().deploy("member" + i, template(i),
                    member(i, firstDigest, parameters)),
                    PRODUCTION + i, TEST + i));
        }
        Map<String, String> all = new HashMap<>(Map.of("RepositoryName", REPOSITORY, "CodeDeployApplicationName", "*",
                "DeploymentGroupName", "*", "ValidationSource", "s3://files/validation.yaml", "Services",
                each().mapToObj(i -> ("{\"repository\":\"%s\",\"application\":\"%s\",\"deploymentGroup\":\"%s\","
                        + "\"group\":\"%s\",\"wave\":%d,\"overlap\":\"newest-wins\"}").formatted(REPOSITORY,
                                application(i), group(i), GROUP, waves[i]))
                        .collect(Collectors.joining(",", "[", "]"))));
        parameters.forEach((name, value) -> {
            if (name.startsWith(STACK)) {
                all.put(name.substring(STACK.length()), value);
            }
        });
        cloud.s3.createBucket(it -> it.bucket("files").createBucketConfiguration(
                place -> place.locationConstraint(VirtualCloud.ACCOUNT.region())));
        cloud.s3.putObject(it -> it.bucket("files").key("validation.yaml"), RequestBody.fromString(RULES));
        AccountKey.admit(cloud, all);
        stack = cloud.stacks().deploy("greenlane", SampleSite.root().resolve("template.yaml"), all);
        subscriber = new Subscriber(cloud, "heard", stack.output("OutcomesTopicArn"));
        cloud.timeline.runUntil(() -> each().allMatch(i -> page(PRODUCTION + i).isPresent()), Duration.ofMinutes(5));
        visit();
    }

    private static Map<String, String> member(int i, String digest, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of("VpcId", "vpc-0a1b2c3d", "SubnetIds",
                "subnet-0a1b2c3d,subnet-4e5f6a7b", "ProductionPort", "" + (PRODUCTION + i), "TestPort",
                "" + (TEST + i), "TestListenerCidr", "127.0.0.1/32", "RepositoryName", REPOSITORY,
                "InitialImageTag", digest.substring("sha256:".length()), "TerminationWaitMinutes", "5",
                "HookFunctionArns",
                List.of("TestTraffic", "Traffic", "AfterTraffic").stream()
                        .map(hook -> VirtualCloud.ACCOUNT.arn("lambda", "function:CodeDeployHook_greenlane-" + hook))
                        .collect(Collectors.joining(","))));
        parameters.forEach((name, value) -> {
            if (name.startsWith(i + ".")) {
                all.put(name.substring(2), value);
            } else if (name.indexOf('.') < 0) {
                all.put(name, value);
            }
        });
        return all;
    }

    /**
     * The sample website with a second container, by whose image the members can be told from each other. It begins with an image
     * by its digest, as after a release: what ran by a tag is not known, and nobody can go back to it.
     */
    private static Path template(int i) {
        return TEMPLATES.computeIfAbsent(i, number -> {
            try {
                String text = Files.readString(SampleSite.root().resolve("infrastructure/sample-website.yaml"));
                Path file = Files.createTempFile("member", ".yaml");
                file.toFile().deleteOnExit();
                return Files.writeString(file, text.replace("      ContainerDefinitions:\n",
                        "      ContainerDefinitions:\n        - {Name: mark, Image: mark-" + number
                                + ", Essential: false}\n")
                        .replace(":${InitialImageTag}", "@sha256:${InitialImageTag}"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
        return members;
    }

    @Override
    public String firstDigest() {
        return firstDigest;
    }

    @Override
    public int failedVisits() {
        return failures;
    }

    /** Members by their numbers, from 0. */
    IntStream each() {
        return IntStream.range(0, members.size());
    }

    String application(int member) {
        return members.get(member).application();
    }

    String group(int member) {
        return members.get(member).group();
    }

    String key(int member) {
        return members.get(member).key();
    }

    List<DeploymentInfo> deployments(int member) {
        return members.get(member).deployments();
    }

    /** Pushes an image of its own. */
    String push() {
        versions++;
        return push("v" + versions);
    }

    /** Pushes the image of a tag under that tag. */
    String push(String tag) {
        return push(tag, tag, SampleSite.GOOD, 0);
    }

    @Override
    public String push(String tag, String seed, SampleSite.Version version, int service) {
        String digest = SampleImages.push(cloud, REPOSITORY, tag, seed);
        pushed.put(digest, new Pushed(version, service));
        return digest;
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
        if (image.startsWith("mark-")) {
            return broken.contains(image.substring("mark-".length()) + "Install")
                    ? new Behaviour.Missing()
                    : SampleSite.GOOD.task();
        }
        Pushed version = pushed.get(Website.digestOf(cloud, image));
        return version == null ? SampleSite.GOOD.task() : version.version().task();
    }

    private Sender sender() {
        return (listener, request) -> {
            int member = listener.port() >= TEST ? listener.port() - TEST : listener.port() - PRODUCTION;
            Optional<String> digest = page(listener.port());
            boolean breaks = broken.contains(member + request.target().substring(1));
            return new Answer.Response(
                    breaks ? 500 : digest.map(one -> status(member, one, request.target())).orElse(503),
                    Map.of("content-type", List.of("application/json"), "x-image-digest", List.of(digest.orElse(""))),
                    "{}", false, Duration.ofMillis(20));
        };
    }

    private int status(int member, String digest, String path) {
        Pushed version = pushed.get(digest);
        return version == null || version.member() != member ? 200 : version.version().page(path).status();
    }

    /** The image behind a port of one of the members. */
    private Optional<String> page(int port) {
        return members.getFirst().image(port).map(image -> Website.digestOf(cloud, image));
    }

    private void visit() {
        visits++;
        failures += (int) each().filter(
                i -> page(PRODUCTION + i).filter(digest -> status(i, digest, "/") == 200).isEmpty()).count();
        cloud.timeline.after(Duration.ofSeconds(1), this::visit);
    }

    /** What production of each member serves now. */
    List<String> served() {
        return each().mapToObj(i -> page(PRODUCTION + i).orElse("nobody")).toList();
    }

    /** Whether the newest deployment of a member has begun a lifecycle event; {@code kept} for the wait before blue ends. */
    boolean hasBegun(int member, String event) {
        List<DeploymentInfo> all = deployments(member);
        if (all.isEmpty() || Website.isFinal(all.getLast()) || all.getLast().status() == DeploymentStatus.CREATED) {
            return false;
        }
        DeploymentInfo last = all.getLast();
        return event.equals("kept")
                ? Boolean.TRUE.equals(last.instanceTerminationWaitTimeStarted())
                : lifecycle(last.deploymentId()).stream().anyMatch(one -> one.lifecycleEventName().equals(event)
                        && one.status() != LifecycleEventStatus.PENDING);
    }

    /** An alarm of a member goes off and on again. */
    void alarm(int member) {
        members.get(member).alarm(StateValue.ALARM, "Errors.");
        cloud.timeline.after(Duration.ofMinutes(2), () -> members.get(member).alarm(StateValue.OK, "Over."));
    }

    /** Stops the validation of that name; false while there is none. */
    boolean stopValidation(String name) {
        Optional<String> arn = cloud.stepFunctions.listExecutions(it -> it.stateMachineArn(resource("Validation"))
                .statusFilter(ExecutionStatus.RUNNING)).executions().stream().filter(it -> it.name().equals(name))
                .map(ExecutionListItem::executionArn).findFirst();
        arn.ifPresent(one -> cloud.stepFunctions.stopExecution(it -> it.executionArn(one)));
        return arn.isPresent();
    }

    @Override
    public boolean isQuiet() {
        return Site.super.isQuiet() && ledger().stream().noneMatch(item -> item.containsKey("open")
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

    /** The outcomes that were told of the group, oldest first. */
    List<JsonNode> told() {
        return messages().stream().filter(message -> message.has("groupReleaseId")).toList();
    }

    @Override
    public List<JsonNode> messages() {
        return subscriber.messages();
    }

    /** Does something by hand, as the script {@code operate} does; answers with what it was told. */
    JsonNode operate(String operation, String... with) {
        var request = ScriptedFunctions.JSON.createObjectNode().put("operation", operation);
        for (int i = 0; i < with.length; i += 2) {
            request.put(with[i], with[i + 1]);
        }
        return invoke(SampleSite.FUNCTIONS.getOrDefault(operation, "Operate"), request.toString());
    }

    /** Looks at the whole chain of every service, as {@code ./operate preflight} does. */
    JsonNode preflight() {
        return invoke("Preflight", "{}");
    }

    private JsonNode invoke(String function, String request) {
        List<FunctionInvoker.Answer> answers = new ArrayList<>();
        cloud.functions.invoke(resource(function), request, answers::add);
        cloud.timeline.runUntil(() -> !answers.isEmpty(), Duration.ofMinutes(1));
        return answers.getFirst() instanceof FunctionInvoker.Answer.Returned(String payload)
                ? SampleSite.json(payload)
                : ScriptedFunctions.JSON.createObjectNode().put("broke", answers.getFirst().toString());
    }

    /** Gives the services gates; all of them are called alike, and stand in clusters of their own. */
    void gateBy(String yaml) {
        cloud.ssm.putParameter(it -> it.name("/greenlane/sample-website/gates").type(ParameterType.STRING)
                .overwrite(true).value(yaml));
    }

    /** All that came to rest: nothing runs, nothing waits, no visitor met anything but a page. */
    void assertAtRest() {
        assertThat(isQuiet()).isTrue();
        assertThat(ledger()).filteredOn(item -> Objects.requireNonNull(item.get("id")).s().startsWith("group#"))
                .noneMatch(head -> head.containsKey("running"));
        assertThat(visits).isPositive();
        assertThat(failures).as("failed visits").isZero();
        assertThat(cloud.audit.denied()).isEmpty();
        assertNoSecretIsKept();
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
