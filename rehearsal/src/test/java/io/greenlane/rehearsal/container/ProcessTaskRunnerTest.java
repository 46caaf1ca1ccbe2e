package io.greenlane.rehearsal.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.ScaledTimeline;
import io.greenlane.rehearsal.ecs.DescribeNoise;
import io.greenlane.rehearsal.ecs.SimulatedEcs;
import io.greenlane.rehearsal.loadbalancing.HealthProbe;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Real processes behind a real load balancer, with waits shortened a hundredfold. */
@SuppressWarnings("unchecked") // the SDK's varargs of consumers
class ProcessTaskRunnerTest {
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final CompletableFuture<String> running = new CompletableFuture<>();
    private final CompletableFuture<Boolean> healthy = new CompletableFuture<>();
    private final CompletableFuture<Map<String, Object>> stopped = new CompletableFuture<>();
    private final ScaledTimeline timeline = new ScaledTimeline(Clock.systemUTC(), 100, faults::add);
    private final Images images = new Images();
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    private final Journal journal = new Journal(timeline);
    private final Account account = new Account("123456789012", "us-east-1");
    private final SimulatedLoadBalancing balancing = new SimulatedLoadBalancing(account, timeline, journal, HealthProbe
            .http(timeline), ListenerSockets.http(random, served -> {
            }), random);
    private final Path workspace;
    private final ProcessTaskRunner runner;
    private final SimulatedEcs ecs;

    ProcessTaskRunnerTest(@TempDir Path workspace) {
        this.workspace = workspace;
        this.runner = new ProcessTaskRunner(timeline, images, workspace,
                (group, stream, time, text) -> log(group + " " + stream + " " + text));
        this.ecs = new SimulatedEcs(account, timeline, journal, (source, type, resources, detail) -> hear(detail),
                balancing, balancing, runner, DescribeNoise.AS_AWS, random);
        ecs.createCluster(b -> b.clusterName("web"));
    }

    @AfterEach
    void close() {
        runner.close();
        balancing.close();
        timeline.close();
        assertThat(faults).isEmpty();
    }

    @Test
    void a_service_serves_its_image_through_the_load_balancer() throws Exception {
        String digest = images.index("site", "v1", Map.of("unknown/unknown", "sha256:none", "linux/amd64", images
                .tinyWebsite("site", "amd64"), "linux/arm64", images.tinyWebsite("site", "arm64")));
        int port = FreePort.find();
        String group = timeline.call(() -> listen(port));
        String definition = register("registry.example/site@" + digest, List.of());
        CompletableFuture<Boolean> steady = new CompletableFuture<>();
        timeline.run(() -> {
            String taskSet = ecs.createService(b -> b.cluster("web").serviceName("site").taskDefinition(definition)
                    .desiredCount(1).deploymentController(c -> c.type(DeploymentControllerType.CODE_DEPLOY))
                    .networkConfiguration(n -> n.awsvpcConfiguration(a -> a.subnets("subnet-1"))).loadBalancers(
                            l -> l.targetGroupArn(group).containerName("site").containerPort(80)))
                    .service().taskSets().getFirst().taskSetArn();
            ecs.taskSetWatch().whenSteady(taskSet, () -> steady.complete(true));
        });
        assertThat(steady.get(30, TimeUnit.SECONDS)).isTrue();

        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
                    HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("from the definition");
        }
        Task task = onlyTask();
        assertThat(task.containers().getFirst().imageDigest()).isEqualTo(digest);
        assertThat(logged).anyMatch(line -> line.startsWith("/site site/site/") && line.contains("starting in")
                && line.endsWith("/work"));

        timeline.run(() -> ecs.stopTask(b -> b.cluster("web").task(task.taskArn())));
        assertThat(stopped.get(30, TimeUnit.SECONDS)).containsEntry("stopCode", "UserInitiated");
    }

    @Test
    void a_crash_is_told_with_its_exit_code() throws Exception {
        images.tinyWebsite("site", "v1");
        run(register("site:v1", List.of("crash")));

        Map<String, Object> detail = stopped.get(30, TimeUnit.SECONDS);
        assertThat(detail).containsEntry("stopCode", "EssentialContainerExited");
        assertThat(detail.get("containers")).asString().contains("exitCode=3");
    }

    @Test
    void a_missing_image_cannot_be_pulled() throws Exception {
        run(register("site:none", List.of()));

        assertThat(stopped.get(30, TimeUnit.SECONDS)).containsEntry("stopCode", "TaskFailedToStart").extractingByKey(
                "stoppedReason").asString().isEqualTo("CannotPullContainerError: failed to resolve ref site:none: "
                        + "site:none: not found");
    }

    @Test
    void a_blob_that_is_not_what_its_digest_says_is_not_run() throws Exception {
        images.tinyWebsite("site", "v1");
        images.blobs.replaceAll((digest, bytes) -> new byte[]{1});
        run(register("site:v1", List.of()));

        assertThat(stopped.get(30, TimeUnit.SECONDS).get("stoppedReason")).asString().contains("unexpected digest");
    }

    @Test
    void a_stopped_task_ends_by_sigterm_and_leaves_no_files() throws Exception {
        images.tinyWebsite("site", "v1");
        run(register("site:v1", List.of()));
        String arn = running.get(30, TimeUnit.SECONDS);
        timeline.run(() -> ecs.stopTask(b -> b.cluster("web").task(arn)));

        assertThat(stopped.get(30, TimeUnit.SECONDS).get("containers")).asString().contains("exitCode=143");
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void an_image_with_its_own_programs_gets_its_own_root_where_bwrap_works() throws Exception {
        Path busybox = Path.of("/bin/busybox");
        assumeTrue(Isolation.ofThisMachine().ownRoot() && Files.isExecutable(busybox), "needs bwrap and busybox");
        images.image("site", "v1", List.of(new Images.Layer().file("bin/busybox", Files.readAllBytes(busybox), 0755)
                .file("marker", "x").gzip()), List.of("/bin/busybox", "sh", "-c",
                        "trap 'exit 7' TERM; echo root: $(/bin/busybox ls /); while true; do /bin/busybox sleep 0.1; done"));
        run(register("site:v1", List.of()));
        String arn = running.get(30, TimeUnit.SECONDS);
        firstLine.get(30, TimeUnit.SECONDS);
        timeline.run(() -> ecs.stopTask(b -> b.cluster("web").task(arn)));

        assertThat(stopped.get(30, TimeUnit.SECONDS).get("containers")).asString().contains("exitCode=7");
        assertThat(logged).anyMatch(line -> line.endsWith("root: bin dev marker proc work"));
    }

    @Test
    void the_container_health_check_runs_in_the_container() throws Exception {
        images.tinyWebsite("site", "v1");
        String definition = timeline.call(() -> ecs.registerTaskDefinition(b -> b.family("site").memory("512")
                .containerDefinitions(c -> c.name("site").image("site:v1").portMappings(p -> p.containerPort(80))
                        .healthCheck(h -> h.command("CMD-SHELL", "test -n \"$PORT\"").interval(10)))))
                .taskDefinition().taskDefinitionArn();
        run(definition);

        assertThat(healthy.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(onlyTask().healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    }

    private void log(String line) {
        logged.add(line);
        firstLine.complete(line);
    }

    private void hear(Map<String, Object> task) {
        if ("RUNNING".equals(task.get("lastStatus"))) {
            running.complete((String) task.get("taskArn"));
        }
        if ("HEALTHY".equals(task.get("healthStatus"))) {
            healthy.complete(true);
        }
        if ("STOPPED".equals(task.get("lastStatus"))) {
            stopped.complete(task);
        }
    }

    private String register(String image, List<String> command) {
        return timeline.call(() -> ecs.registerTaskDefinition(b -> b.family("site").networkMode(NetworkMode.AWSVPC)
                .memory("512").containerDefinitions(c -> c.name("site").image(image).command(command).portMappings(
                        p -> p.containerPort(80)).environment(e -> e.name("GREETING").value("from the definition"))
                        .logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS).options(Map.of("awslogs-group", "/site",
                                "awslogs-stream-prefix", "site"))))))
                .taskDefinition().taskDefinitionArn();
    }

    private void run(String definition) {
        timeline.run(() -> ecs.runTask(b -> b.cluster("web").taskDefinition(definition)));
    }

    private String listen(int port) {
        String group = balancing.createTargetGroup(b -> b.name("site").protocol(ProtocolEnum.HTTP).port(80).targetType(
                TargetTypeEnum.IP).healthCheckIntervalSeconds(10)).targetGroups().getFirst().targetGroupArn();
        balancing.modifyTargetGroupAttributes(b -> b.targetGroupArn(group).attributes(a -> a.key(
                "deregistration_delay.timeout_seconds").value("5")));
        String balancer = balancing.createLoadBalancer(b -> b.name("site").subnets("subnet-1")).loadBalancers()
                .getFirst().loadBalancerArn();
        balancing.createListener(b -> b.loadBalancerArn(balancer).port(port).protocol(ProtocolEnum.HTTP).defaultActions(
                a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
        return group;
    }

    private Task onlyTask() {
        return timeline.call(() -> ecs.describeTasks(b -> b.cluster("web").tasks(ecs.listTasks(l -> l.cluster("web"))
                .taskArns()))).tasks().getFirst();
    }
}
