package io.greenlane.rehearsal.release;

import io.greenlane.aws.Clients;
import io.greenlane.lambda.Surroundings;
import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.CloudPlaces;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfig;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfigData;
import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.cloudwatch.AlarmActions;
import io.greenlane.rehearsal.cloudwatch.SimulatedCloudWatch;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.Neighbours;
import io.greenlane.rehearsal.codedeploy.SimulatedCodeDeploy;
import io.greenlane.rehearsal.dynamodb.SimulatedDynamoDb;
import io.greenlane.rehearsal.ecr.EcrBehaviour;
import io.greenlane.rehearsal.ecr.SimulatedEcr;
import io.greenlane.rehearsal.ecs.AuthorizedTaskRunner;
import io.greenlane.rehearsal.ecs.DescribeNoise;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner;
import io.greenlane.rehearsal.ecs.SimulatedEcs;
import io.greenlane.rehearsal.endpoint.AwsDispatcher;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.InMemoryHttpClient;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import io.greenlane.rehearsal.events.EventBus;
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
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.lambda.InProcessFunctions;
import io.greenlane.rehearsal.lambda.InProcessLambda;
import io.greenlane.rehearsal.loadbalancing.ListenerChanges;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import io.greenlane.rehearsal.logs.SimulatedLogs;
import io.greenlane.rehearsal.s3.SimulatedS3;
import io.greenlane.rehearsal.sns.SimulatedSns;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import io.greenlane.rehearsal.ssm.SimulatedSsm;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import io.greenlane.rehearsal.template.CloudClients;
import io.greenlane.rehearsal.template.StackDeployer;
import io.greenlane.validation.Pace;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * The simulated services as {@link io.greenlane.rehearsal.LocalCloud} wires them, but in one thread and in virtual time: tasks
 * are told what they do, and functions are objects that are set up with the environment of the template.
 */
public final class VirtualCloud {
    public static final Account ACCOUNT = new Account("111122223333", "eu-west-1");
    static final long USUAL_SEED = 7;
    private static final URI ADDRESS = URI.create("http://127.0.0.1:1");
    private static final Duration INVOCATION = Duration.ofMillis(200);
    /** As a function's clients repeat calls, without the pauses. */
    private static final RetryStrategy RETRIES = AwsRetryStrategy.legacyRetryStrategy().toBuilder()
            .backoffStrategy(BackoffStrategy.retryImmediately())
            .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()).circuitBreakerEnabled(false).build();

    public final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
    public final Journal journal = new Journal(timeline);
    public final InMemoryTaskRunner tasks;
    public final SimulatedEcr ecr;
    public final SimulatedEcs ecs;
    public final SimulatedLoadBalancing loadBalancing;
    public final SimulatedCodeDeploy codeDeploy;
    public final SimulatedStepFunctions stepFunctions;
    public final SimulatedEventBridge events;
    public final SimulatedDynamoDb dynamoDb;
    public final SimulatedSns sns;
    public final SimulatedSqs sqs;
    public final SimulatedCloudWatch cloudWatch;
    public final SimulatedLogs logs;
    public final SimulatedS3 s3;
    public final SimulatedSsm ssm;
    public final SimulatedKms kms;
    public final SimulatedAppConfig appConfig;
    private final SimulatedAppConfigData appConfigData;
    public final MortalFunctions functions;
    /** What happens before the next call of an operation, such as {@code RegisterTaskDefinition}, is served. */
    final Map<String, Runnable> beforeNext = new HashMap<>();

    /** Told about calls that arrive, and how they end. */
    public final List<CallObserver> observers = new ArrayList<>();

    /** Who may do what. */
    public final Roles roles = new Roles();
    /** What the functions did with their permissions. */
    public final Audit audit = new Audit();

    private final Map<String, FunctionDefinition> defined = new HashMap<>();
    private final Map<String, Integer> revisions = new HashMap<>();
    private final Map<String, Principal.Session> sessions = new HashMap<>();
    private final Permissions permissions;
    private final SdkHttpClient http;
    private final InProcessFunctions processes;
    private final Sender sender;
    /** What Lambda wrote around the calls of functions. */
    final List<String> log = new ArrayList<>();
    private final RandomGenerator random;
    private @Nullable WarmFunctions warm;
    private final Map<String, Surroundings> places = new HashMap<>();
    private WireFaults limits = WireFaults.NONE;
    private Chaos chaos = new Chaos(ChaosPlan.NONE);

    /**
     * Services without anything in them.
     *
     * @param tasks what the image of a container does, by its name in the task definition
     * @param sender of validations, by the cloud that they run in
     */
    VirtualCloud(CodeDeployBehaviour behaviour, EventSwitches switches,
            Function<String, InMemoryTaskRunner.Behaviour> tasks, Function<VirtualCloud, Sender> sender) {
        this(behaviour, switches, ListenerChanges.AT_ONCE, tasks, sender, USUAL_SEED);
    }

    /** As the first constructor, with chance of its own. */
    VirtualCloud(CodeDeployBehaviour behaviour, EventSwitches switches,
            Function<String, InMemoryTaskRunner.Behaviour> tasks, Function<VirtualCloud, Sender> sender, long seed) {
        this(behaviour, switches, ListenerChanges.AT_ONCE, tasks, sender, seed);
    }

    /** As the first constructor, with listeners that may change late. */
    VirtualCloud(CodeDeployBehaviour behaviour, EventSwitches switches, ListenerChanges changes,
            Function<String, InMemoryTaskRunner.Behaviour> tasks, Function<VirtualCloud, Sender> sender) {
        this(behaviour, switches, changes, tasks, sender, USUAL_SEED);
    }

    private VirtualCloud(CodeDeployBehaviour behaviour, EventSwitches switches, ListenerChanges changes,
            Function<String, InMemoryTaskRunner.Behaviour> tasks, Function<VirtualCloud, Sender> sender, long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.sender = sender.apply(this);
        this.processes = new InProcessFunctions(ACCOUNT, timeline, random, log::add);
        this.functions = new MortalFunctions(processes, timeline);
        this.permissions = new Permissions(ACCOUNT, roles, new CloudPlaces(ACCOUNT, this::places), this::session,
                audit, journal);
        FunctionInvoker invoker = new AuthorizedFunctions(
                new DisturbedFunctions(functions, timeline, name -> chaos.invocation(name)), permissions, timeline);
        this.logs = new SimulatedLogs(ACCOUNT, timeline);
        this.sqs = new SimulatedSqs(ACCOUNT, timeline, random, () -> ADDRESS);
        this.sns = new SimulatedSns(ACCOUNT, timeline, journal, random, sqs, invoker);
        this.events = new SimulatedEventBridge(ACCOUNT, timeline, journal, random, this::targets, switches);
        EventBus told = Canary.in(events);
        this.ecr = new SimulatedEcr(ACCOUNT, timeline, journal, told, random, EcrBehaviour.recommended(),
                "127.0.0.1:2");
        this.tasks = new InMemoryTaskRunner(timeline, tasks);
        this.loadBalancing = new SimulatedLoadBalancing(ACCOUNT, timeline, journal, this.tasks.healthProbe(),
                ListenerSockets.NONE, changes, random);
        this.ecs = new SimulatedEcs(ACCOUNT, timeline, journal, told, loadBalancing, loadBalancing,
                new AuthorizedTaskRunner(this.tasks, ACCOUNT, permissions, timeline),
                DescribeNoise.AS_AWS, random);
        this.cloudWatch = new SimulatedCloudWatch(ACCOUNT, timeline, journal,
                new AlarmActions(ACCOUNT, sns, permissions, journal), told);
        this.codeDeploy = new SimulatedCodeDeploy(timeline, journal, random, new Neighbours(ACCOUNT, ecs,
                ecs.taskSetWatch(), loadBalancing, invoker, cloudWatch, sns, told, permissions), behaviour);
        this.s3 = new SimulatedS3(ACCOUNT, timeline, random);
        this.ssm = new SimulatedSsm(ACCOUNT, timeline);
        this.kms = new SimulatedKms(ACCOUNT, timeline, random, roles::addResourcePolicy);
        this.dynamoDb = new SimulatedDynamoDb(ACCOUNT, timeline, SimulatedDynamoDb.USUAL_EXPIRY_LAG);
        this.appConfig = new SimulatedAppConfig(timeline, random);
        this.stepFunctions = new SimulatedStepFunctions(ACCOUNT, timeline, random, journal, events, invoker,
                (call, done) -> {
                    throw new AssertionError("The workflow calls services by its functions only, but called " + call);
                }, ClosedToken.TASK_TIMED_OUT);
        this.appConfigData = new SimulatedAppConfigData(appConfig, random);
        this.http = new BlobDownloads(ecr,
                new InMemoryHttpClient(new AwsDispatcher(timeline, List.of(ServiceBinding.of(ecr),
                        ServiceBinding.of(ecs), ServiceBinding.of(loadBalancing), ServiceBinding.of(codeDeploy),
                        ServiceBinding.of(stepFunctions), ServiceBinding.of(dynamoDb), ServiceBinding.of(sns),
                        ServiceBinding.of(cloudWatch), ServiceBinding.of(s3), ServiceBinding.of(ssm),
                        ServiceBinding.of(kms), ServiceBinding.of(events), ServiceBinding.of(appConfigData),
                        ServiceBinding.of(new SimulatedIam(roles))),
                        new Interruptions(), new CallsOfFunctions())));
    }

    /** From now on things go wrong as planned there; what it says of events counts only if the cloud was made with it. */
    public void disturb(Chaos with) {
        chaos = with;
        chaos.enter(new Chaos.Stage(timeline, journal, name -> functions.of(name).die()));
        chaos.begin();
    }

    /** From now on no function can make calls of that operation. */
    void refuse(String operation) {
        beforeNext.put(operation, () -> {
            refuse(operation);
            throw new IllegalStateException(operation + " is refused");
        });
    }

    /** Creates stacks in this cloud. */
    StackDeployer stacks() {
        return new StackDeployer(ACCOUNT,
                new CloudClients(Canary.in(ecs), loadBalancing, codeDeploy, events, stepFunctions,
                        dynamoDb, sns, sqs, logs, cloudWatch, s3, ssm, kms, this::define, roles));
    }

    /** Changes environment variables of a function, as an operator does in the console; an empty value is not set. */
    void reconfigure(String function, Map<String, String> changes) {
        FunctionDefinition before = definition(function);
        Map<String, String> environment = new HashMap<>(before.environment());
        environment.putAll(changes);
        define(before.withEnvironment(environment));
    }

    /** Brings new code for a function: its next invocation begins with a cold start. */
    void bringCode(String function) {
        define(definition(function));
    }

    /** The environment variables of a function. */
    Map<String, String> environment(String function) {
        return definition(function).environment();
    }

    /** A function as its template has it, or as it was changed since. */
    FunctionDefinition definition(String function) {
        return Objects.requireNonNull(defined.get(function), function);
    }

    private void define(FunctionDefinition function) {
        defined.put(function.name(), function);
        sessions.put(function.accessKeyId(), function.session(ACCOUNT));
        functions.of(function.name()).endsAfter(function.timeout());
        int revision = revisions.merge(function.name(), 1, Integer::sum);
        processes.define(function.name(), () -> handler(function, revision), function.timeout(), INVOCATION);
    }

    private CloudPlaces.Services places() {
        return new CloudPlaces.Services(codeDeploy, ecs, s3, dynamoDb, sns, sqs, appConfigData);
    }

    private Optional<Principal.Session> session(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    private EventTargets targets() {
        return new EventTargets(new InProcessLambda(timeline, functions), stepFunctions, sqs, sns, permissions);
    }

    /** From now on functions are objects that were set up for a cloud before this one, where there are such. */
    void use(WarmFunctions functionsBefore) {
        functionsBefore.serve(this);
        warm = functionsBefore;
    }

    /** The functions that it shares with other clouds serve it again, until another one resumes. */
    public void resume() {
        use(Objects.requireNonNull(warm, "it shares no functions"));
    }

    /**
     * Forgets what nobody asks for after so long: closed executions, reports, and what functions wrote to the log.
     *
     * @param reports bucket of the reports
     */
    public void forget(Instant before, String reports) {
        stepFunctions.forgetClosed(before);
        s3.listObjectVersionsPaginator(it -> it.bucket(reports)).versions().stream()
                .filter(version -> version.lastModified().isBefore(before)).toList().forEach(version -> s3.deleteObject(
                        it -> it.bucket(reports).key(version.key()).versionId(version.versionId())));
        log.clear();
    }

    /** From now on calls of functions meet these limits. */
    public void limit(WireFaults to) {
        limits = to;
    }

    /** What surrounds a function that has served other clouds before. */
    Surroundings place(FunctionDefinition function) {
        return places.computeIfAbsent(function.name(), added -> surroundings(function));
    }

    private Object handler(FunctionDefinition function, int revision) {
        WarmFunctions kept = warm;
        return kept == null
                ? handler(function, surroundings(function))
                : kept.of(function, revision);
    }

    static Object handler(FunctionDefinition function, Surroundings surroundings) {
        try {
            return Class.forName(function.handler().split("::", 2)[0]).getConstructor(Surroundings.class)
                    .newInstance(surroundings);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Surroundings surroundings(FunctionDefinition function) {
        InstantSource now = timeline::now;
        FunctionLife life = functions.of(function.name());
        return new Surroundings(function.environment(),
                new Clients(life.watch(http), builder -> prepare(builder, function), () -> RandomIds.uuid(random)),
                now.withZone(ZoneOffset.UTC), new VirtualPace(life), occasion -> life.watch(sender), random);
    }

    SdkHttpClient http(String function) {
        return functions.of(function).watch(http);
    }

    /** The clients of a function sign with the key of its role's credentials. */
    static void prepare(AwsClientBuilder<?, ?> builder, FunctionDefinition function) {
        builder.region(Region.of(ACCOUNT.region())).endpointOverride(ADDRESS)
                .credentialsProvider(StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(function.accessKeyId(), "secret")))
                .overrideConfiguration(it -> it.retryStrategy(RETRIES));
    }

    /** A function that pauses lets the time pass for all. */
    private final class VirtualPace implements Pace {
        private final FunctionLife life;

        VirtualPace(FunctionLife life) {
            this.life = life;
        }

        @Override
        public Duration now() {
            return Duration.between(Instant.EPOCH, timeline.now());
        }

        @Override
        public void pause(Duration duration) {
            life.goOn();
            timeline.advance(duration);
        }

        @Override
        public void begin(Runnable work) {
            work.run();
        }
    }

    /** What goes wrong on the wire. */
    private final class CallsOfFunctions implements WireFaults {
        @Override
        public @Nullable WireFault meeting(Sent sent) {
            String caller = functions.caller();
            WireFault limited = limits.meeting(sent);
            return caller == null || limited != null
                    ? limited
                    : chaos.attempt(caller, sent.service() + " " + sent.operation(), sent.invocationId());
        }

        @Override
        public void answerIsLost(Sent sent) {
            chaos.answerIsLost(sent.invocationId());
        }
    }

    /** Something that happens just before a call. */
    private final class Interruptions implements CallObserver {
        @Override
        public void arrives(Call call) {
            @Nullable
            Runnable interruption = beforeNext.remove(call.operation());
            if (interruption != null) {
                interruption.run();
            }
            observers.forEach(observer -> observer.arrives(call));
            functions.arrives(call);
            permissions.arrives(call);
        }

        @Override
        public void ends(Call call, Ending ending) {
            observers.forEach(observer -> observer.ends(call, ending));
        }
    }
}
