package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.LocalCloud;
import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.DecidedCall;
import io.greenlane.rehearsal.template.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The local cloud with the shipped templates at hand. */
final class LocalStage implements Cloud {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The listeners here are never late, and half of this is waited for them. */
    private static final String READY_WITHIN = "PT20S";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int STARTS_AT_ONCE = 2;
    private static final String STACK = "greenlane";
    private static final String SERVICE = "sample-website";

    private final LocalCloud cloud;
    private final Chaos chaos;
    private final Path home;
    private final Map<String, String> parameters;

    private LocalStage(LocalCloud cloud, Chaos chaos, Path home, Map<String, String> parameters) {
        this.chaos = chaos;
        this.parameters = Map.copyOf(parameters);
        this.cloud = cloud;
        this.home = home;
    }

    /** @param home the top of the source tree, where the templates are */
    static Cloud start(LocalCloud.Settings settings, Path home) {
        return start(settings, home, Map.of(), ChaosPlan.NONE);
    }

    /**
     * @param parameters of the template, besides those that the rehearsal needs to give
     * @param plan what goes wrong, from {@link Chaos#begin} on
     */
    static Cloud start(LocalCloud.Settings settings, Path home, Map<String, String> parameters, ChaosPlan plan) {
        Chaos chaos = new Chaos(plan);
        return new LocalStage(LocalCloud.start(settings, chaos), chaos, home, parameters);
    }

    @Override
    public Account account() {
        return cloud.account();
    }

    @Override
    public Timeline timeline() {
        return cloud.timeline();
    }

    @Override
    public Journal journal() {
        return cloud.journal();
    }

    @Override
    public URI endpoint() {
        return cloud.endpoint();
    }

    @Override
    public String registryAddress() {
        return cloud.registryAddress();
    }

    @Override
    public EcrClient ecr() {
        return cloud.ecr();
    }

    @Override
    public SfnClient states() {
        return cloud.stepFunctions();
    }

    @Override
    public EcsClient ecs() {
        return cloud.ecs();
    }

    @Override
    public CodeDeployClient codeDeploy() {
        return cloud.codeDeploy();
    }

    @Override
    public Chaos chaos() {
        return chaos;
    }

    @Override
    public Audit audit() {
        return cloud.timeline().call(() -> cloud.audit().copy());
    }

    @Override
    public void followCalls(Consumer<DecidedCall> reader) {
        cloud.audit().follow(reader);
    }

    @Override
    public Site deploy(String tag, int productionPort, int testPort) throws InterruptedException {
        Map<String, String> given = new HashMap<>(parameters);
        given.put("Approvals", "true");
        given.putIfAbsent("CheckReadyWithin", READY_WITHIN);
        given.putAll(Map.of("RepositoryName", REPOSITORY, "InitialImageTag", tag, "VpcId",
                "vpc-0a1b2c3d", "SubnetIds", "subnet-0a1b2c3d,subnet-4e5f6a7b", "TestListenerCidr", "127.0.0.1/32",
                "HookSubnetIds", "subnet-8c9d0e1f", "HookSecurityGroupIds", "sg-0a1b2c3d",
                "ProductionPort", Integer.toString(productionPort), "TestPort", Integer.toString(testPort)));
        Stack stack = cloud.timeline().call(() -> cloud.stacks().deploy(STACK, home.resolve("template.yaml"), given));
        cloud.timeline().run(() -> ValidationFile.publish(cloud.ssm(), home, SERVICE));
        Site site = new Site(SERVICE, URI.create(stack.output("ProductionUrl")), URI.create(stack.output("TestUrl")),
                stack.output("ReleaseArn"), stack.output("OperateFunctionName"),
                stack.output("PreflightFunctionName"), stack.output("ApproveFunctionName"));
        warm();
        awaitAnswer(site.production());
        return site;
    }

    /** Starts each function once, two at a time, so that no release waits for a start and none slows another down. */
    private void warm() throws InterruptedException {
        Semaphore places = new Semaphore(STARTS_AT_ONCE);
        for (String function : cloud.timeline().call(() -> cloud.functions().names())) {
            take(places, 1);
            var unused = cloud.timeline().call(() -> cloud.functions().warm(function)).thenRun(places::release);
        }
        take(places, STARTS_AT_ONCE);
    }

    private static void take(Semaphore places, int count) throws InterruptedException {
        if (!places.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The functions did not start within " + Durations.of(PATIENCE));
        }
    }

    @Override
    public void close() {
        cloud.close();
    }

    private static void awaitAnswer(URI production) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(production).timeout(PATIENCE).build();
            while (!answers(http, request)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "The sample website did not answer at " + production + " within " + Durations.of(PATIENCE));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
