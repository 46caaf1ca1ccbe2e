package io.greenlane.rehearsal;

import io.greenlane.rehearsal.appconfig.SimulatedAppConfig;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfigData;
import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.ScaledTimeline;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.cloudwatch.AlarmActions;
import io.greenlane.rehearsal.cloudwatch.SimulatedCloudWatch;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.Neighbours;
import io.greenlane.rehearsal.codedeploy.SimulatedCodeDeploy;
import io.greenlane.rehearsal.container.ProcessTaskRunner;
import io.greenlane.rehearsal.dynamodb.SimulatedDynamoDb;
import io.greenlane.rehearsal.ecr.EcrBehaviour;
import io.greenlane.rehearsal.ecr.RegistryServer;
import io.greenlane.rehearsal.ecr.SimulatedEcr;
import io.greenlane.rehearsal.ecs.AuthorizedTaskRunner;
import io.greenlane.rehearsal.ecs.DescribeNoise;
import io.greenlane.rehearsal.ecs.SimulatedEcs;
import io.greenlane.rehearsal.endpoint.AwsCalls;
import io.greenlane.rehearsal.endpoint.AwsDispatcher;
import io.greenlane.rehearsal.endpoint.AwsEndpoint;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventTargets;
import io.greenlane.rehearsal.events.SimulatedEventBridge;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.Permissions;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.iam.SimulatedIam;
import io.greenlane.rehearsal.kms.SimulatedKms;
import io.greenlane.rehearsal.lambda.AuthorizedFunctions;
import io.greenlane.rehearsal.lambda.DisturbedFunctions;
import io.greenlane.rehearsal.lambda.FunctionHost;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.lambda.SimulatedLambda;
import io.greenlane.rehearsal.loadbalancing.HealthProbe;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import io.greenlane.rehearsal.logs.SimulatedLogs;
import io.greenlane.rehearsal.s3.SimulatedS3;
import io.greenlane.rehearsal.sns.SimulatedSns;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import io.greenlane.rehearsal.ssm.SimulatedSsm;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import io.greenlane.rehearsal.sts.SimulatedSts;
import io.greenlane.rehearsal.template.CloudClients;
import io.greenlane.rehearsal.template.StackDeployer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** All simulated services, wired to each other as on AWS, behind one AWS endpoint and one registry on 127.0.0.1. */
public final class LocalCloud implements AutoCloseable {
    private static final Duration EXPIRY_LAG = Duration.ofHours(1);

    private final Account account;
    private final ScaledTimeline timeline;
    private final Journal journal;
    private final Roles roles = new Roles();
    private final Audit audit = new Audit();
    private final RegistryServer registryServer;
    private final FunctionHost functions;
    private final ProcessTaskRunner tasks;
    private final SimulatedEcr ecr;
    private final SimulatedEcs ecs;
    private final SimulatedLoadBalancing loadBalancing;
    private final SimulatedCodeDeploy codeDeploy;
    private final SimulatedStepFunctions stepFunctions;
    private final SimulatedEventBridge events;
    private final SimulatedDynamoDb dynamoDb;
    private final SimulatedSns sns;
    private final SimulatedSqs sqs;
    private final SimulatedLogs logs;
    private final SimulatedCloudWatch cloudWatch;
    private final SimulatedS3 s3;
    private final SimulatedSsm ssm;
    private final SimulatedKms kms;
    private final SimulatedAppConfigData appConfigData;
    private final AwsEndpoint endpoint;
    private final Path workspace;
    private final Thread atExit = new Thread(this::end, "local-cloud-ends");
    private boolean ended;

    /**
     * How to start.
     *
     * @param port of the AWS endpoint, 0 for any free one
     * @param registryPort of the registry, 0 for any free one
     * @param timeFactor waits take one factor-th of their time
     * @param startArchives a folder that outlives the cloud, for what makes functions start faster; null for none
     * @param lambdaEndpoint where functions are invoked that are not defined here, null for nowhere
     */
    public record Settings(Account account, int port, int registryPort, int timeFactor, @Nullable URI lambdaEndpoint,
            @Nullable Path startArchives) {}

    /**
     * Starts the services; nothing is provisioned yet.
     *
     * @throws IllegalStateException naming the port when one is taken
     */
    public static LocalCloud start(Settings settings) {
        return start(settings, new Chaos(ChaosPlan.NONE));
    }

    /** As the other one, with what goes wrong from the moment on that {@link Chaos#begin} says so. */
    public static LocalCloud start(Settings settings, Chaos chaos) {
        return new LocalCloud(settings, chaos, bind(settings.registryPort()), workspace(), new SecureRandom());
    }

    private LocalCloud(Settings settings, Chaos chaos, RegistryServer registryServer, Path workspace,
            RandomGenerator random) {
        this.account = settings.account();
        this.registryServer = registryServer;
        this.workspace = workspace;
        this.timeline = new ScaledTimeline(Clock.systemUTC(), settings.timeFactor(), this::report);
        this.journal = new Journal(timeline);
        this.logs = new SimulatedLogs(account, timeline);
        this.functions = new FunctionHost(account, timeline, journal, logs, this::endpoint, settings.lambdaEndpoint(),
                settings.startArchives(), random);
        chaos.enter(new Chaos.Stage(timeline, journal, functions::kill));
        SimulatedLambda lambda = new SimulatedLambda(account, timeline, functions);
        Permissions permissions = new Permissions(account, roles, new CloudPlaces(account, this::places),
                this::session, audit, journal);
        FunctionInvoker invoker = new AuthorizedFunctions(
                new DisturbedFunctions(functions, timeline, chaos::invocation), permissions, timeline);
        this.sqs = new SimulatedSqs(account, timeline, random, this::endpoint);
        this.sns = new SimulatedSns(account, timeline, journal, random, sqs, invoker);
        this.events = new SimulatedEventBridge(account, timeline, journal, random,
                () -> new EventTargets(lambda, stepFunctions(), sqs, sns, permissions),
                new EventSwitches(chaos, EventSwitches.USUAL.executionNames()));
        this.ecr = new SimulatedEcr(account, timeline, journal, events, random, EcrBehaviour.recommended(),
                registryServer.address());
        this.loadBalancing = new SimulatedLoadBalancing(account, timeline, journal, HealthProbe.http(timeline),
                ListenerSockets.http(random, served -> {
                }), random);
        this.tasks = new ProcessTaskRunner(timeline, ecr, workspace, logs::line);
        this.ecs = new SimulatedEcs(account, timeline, journal, events, loadBalancing, loadBalancing,
                new AuthorizedTaskRunner(tasks, account, permissions, timeline),
                DescribeNoise.AS_AWS, random);
        this.cloudWatch = new SimulatedCloudWatch(account, timeline, journal,
                new AlarmActions(account, sns, permissions, journal), events);
        this.codeDeploy = new SimulatedCodeDeploy(timeline, journal, random, new Neighbours(account, ecs,
                ecs.taskSetWatch(), loadBalancing, invoker, cloudWatch, sns, events, permissions),
                CodeDeployBehaviour.DEFAULT);
        this.s3 = new SimulatedS3(account, timeline, random);
        this.ssm = new SimulatedSsm(account, timeline);
        this.kms = new SimulatedKms(account, timeline, random, roles::addResourcePolicy);
        this.dynamoDb = new SimulatedDynamoDb(account, timeline, EXPIRY_LAG);
        SimulatedAppConfig appConfig = new SimulatedAppConfig(timeline, random);
        this.appConfigData = new SimulatedAppConfigData(appConfig, random);
        Integrations integrations = new Integrations(timeline);
        this.stepFunctions = new SimulatedStepFunctions(account, timeline, random, journal, events, invoker,
                integrations, ClosedToken.TASK_TIMED_OUT);
        List<ServiceBinding> services = List.of(ServiceBinding.of(ecr), ServiceBinding.of(ecs),
                ServiceBinding.of(loadBalancing), ServiceBinding.of(codeDeploy), ServiceBinding.of(stepFunctions),
                ServiceBinding.of(events), ServiceBinding.of(dynamoDb), ServiceBinding.of(sns), ServiceBinding.of(sqs),
                ServiceBinding.of(logs), ServiceBinding.of(cloudWatch), ServiceBinding.of(lambda),
                ServiceBinding.of(s3), ServiceBinding.of(ssm), ServiceBinding.of(kms),
                ServiceBinding.of(appConfig), ServiceBinding.of(appConfigData),
                ServiceBinding.of(new SimulatedSts(account)), ServiceBinding.of(new SimulatedIam(roles)));
        CallObserver defects = new DefectWatch(this::report);
        integrations.connect(new AwsCalls(timeline, services, defects.then(permissions)));
        registryServer.serve(ecr);
        this.endpoint = AwsEndpoint.open(settings.port(), new AwsDispatcher(timeline, services,
                defects.then(permissions), new CallsOfFunctions(functions, chaos)));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The account it plays. */
    public Account account() {
        return account;
    }

    /** Time and turns. */
    public Timeline timeline() {
        return timeline;
    }

    /** What happens in it. */
    public Journal journal() {
        return journal;
    }

    /** Where AWS clients send their calls. */
    public URI endpoint() {
        return endpoint.address();
    }

    /** Host and port of the registry. */
    public String registryAddress() {
        return registryServer.address();
    }

    /** To be called inside a turn of the timeline. */
    public EcrClient ecr() {
        return ecr;
    }

    /** To be called inside a turn of the timeline. */
    public SfnClient stepFunctions() {
        return stepFunctions;
    }

    /** To be called inside a turn of the timeline. */
    public EcsClient ecs() {
        return ecs;
    }

    /** To be called inside a turn of the timeline. */
    public CodeDeployClient codeDeploy() {
        return codeDeploy;
    }

    /** To be called inside a turn of the timeline. */
    public SsmClient ssm() {
        return ssm;
    }

    /** To be called inside a turn of the timeline. */
    public S3Client s3() {
        return s3;
    }

    /** What calls were allowed and refused; to be read inside a turn of the timeline. */
    public Audit audit() {
        return audit;
    }

    /** The functions that stacks have defined. */
    public FunctionHost functions() {
        return functions;
    }

    /** Creates stacks in this cloud; to be called inside a turn of the timeline. */
    public StackDeployer stacks() {
        return new StackDeployer(account, new CloudClients(ecs, loadBalancing, codeDeploy, events, stepFunctions,
                dynamoDb, sns, sqs, logs, cloudWatch, s3, ssm, kms, functions::define, roles));
    }

    /** Ends everything: listeners, functions, tasks and their files. The exit of the JVM does it too. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            return;
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        List<Runnable> ends = List.of(endpoint::close, registryServer::close, timeline::close,
                () -> timeline.run(functions::close), tasks::close, loadBalancing::close, this::removeWorkspace);
        for (Runnable one : ends) {
            try {
                one.run();
            } catch (RuntimeException failure) {
                System.getLogger(LocalCloud.class.getName()).log(System.Logger.Level.WARNING,
                        "A part of the local cloud did not end well: " + failure);
            }
        }
    }

    /** A function by its key, a workflow by the ARN of its role. */
    private Optional<Principal.Session> session(String caller) {
        return caller.startsWith("arn:")
                ? Optional.of(new Principal.Session(caller, "states", null))
                : functions.signingWith(caller)
                        .map(function -> function.session(account));
    }

    private CloudPlaces.Services places() {
        return new CloudPlaces.Services(codeDeploy, ecs, s3, dynamoDb, sns, sqs, appConfigData);
    }

    private void removeWorkspace() {
        try (Stream<Path> left = Files.walk(workspace)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stillInUse) {
            throw new UncheckedIOException("Cannot remove " + workspace, stillInUse);
        }
    }

    private void report(Throwable defect) {
        journal.write("rehearsal", "Defect", defect.getClass().getSimpleName(), Map.of(),
                "The local cloud has a defect: " + defect);
        System.getLogger(LocalCloud.class.getName()).log(System.Logger.Level.ERROR, "The local cloud has a defect",
                defect);
    }

    private static Path workspace() {
        try {
            return Files.createTempDirectory("greenlane-tasks");
        } catch (IOException failure) {
            throw new UncheckedIOException("No temporary directory for the tasks", failure);
        }
    }

    private static RegistryServer bind(int port) {
        try {
            return RegistryServer.bind(port);
        } catch (IOException taken) {
            throw new IllegalStateException("The registry cannot open port " + port
                    + " of 127.0.0.1: it is taken. Stop what uses it or choose another port.", taken);
        }
    }
}
