package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the local cloud, each run as on Lambda: a process of its own under the official runtime client, started at
 * its first invocation, reused, added to while busy, ended with the local cloud.
 *
 * <p>The AWS API in front of it is {@link SimulatedLambda}.
 */
public final class FunctionHost implements FunctionInvoker, AutoCloseable {
    private static final int MOST_ENVIRONMENTS = 4;
    private static final String NOBODY = "127.0.0.1:1";
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    private final Account account;
    private final Timeline timeline;
    private final Journal journal;
    private final FunctionLog log;
    private final Supplier<URI> endpoint;
    private final @Nullable RemoteFunctions elsewhere;
    private final RandomGenerator random;
    private final RuntimeApi runtimeApi;
    private final Path directory;
    private final RuntimeClient client;
    private final StartArchive archive;
    private final Map<String, Deployed> functions = new TreeMap<>();

    /**
     * @param log takes every line that a function or Lambda writes
     * @param endpoint the local AWS endpoint, asked for when a process starts
     * @param elsewhere a Lambda Invoke API for functions that are not defined here, or null
     * @param archives a folder that outlives this host, for class data that makes processes start faster; null for none
     */
    public FunctionHost(Account account, Timeline timeline, Journal journal, FunctionLog log, Supplier<URI> endpoint,
            @Nullable URI elsewhere, @Nullable Path archives, RandomGenerator random) {
        this.account = account;
        this.timeline = timeline;
        this.journal = journal;
        this.log = log;
        this.endpoint = endpoint;
        this.elsewhere = elsewhere == null ? null : new RemoteFunctions(timeline, elsewhere);
        this.random = random;
        this.archive = new StartArchive(archives);
        try {
            this.directory = Files.createTempDirectory("greenlane-lambda");
        } catch (IOException failure) {
            throw new UncheckedIOException("No temporary directory for the functions", failure);
        }
        this.client = RuntimeClient.forThisMachine(directory);
        this.runtimeApi = new RuntimeApi(timeline);
    }

    /** Adds a function, or gives it new code and configuration; running environments of the old one end. */
    public void define(FunctionDefinition function) {
        Deployed before = functions.get(function.name());
        FunctionPool pool = new FunctionPool(timeline, MOST_ENVIRONMENTS, new Environments(function));
        functions.put(function.name(),
                new Deployed(function, function.accessKeyId(), pool,
                        before == null ? new HashMap<>() : before.aliases()));
        if (before != null) {
            before.pool().stop().forEach(pool::submit);
        }
    }

    /** Makes {@code name:alias} name the function. */
    public void defineAlias(String name, String alias, String version) {
        deployed(name).aliases().put(alias, version);
    }

    /** Removes the function and ends its environments. */
    public void delete(String name) {
        List<Invocation> left = deployed(name).pool().stop();
        functions.remove(name);
        left.forEach(invocation -> invocation.done().accept(notFound(name)));
    }

    /** Starts an environment of the function now, so that its first invocation is a warm one; done when it is ready. */
    public CompletableFuture<Void> warm(String name) {
        return deployed(name).pool().warm();
    }

    /** Kills the processes of the function that are at work, as if they had crashed. */
    public void kill(String name) {
        deployed(name).pool().killBusy();
    }

    /** The names of the functions that are defined. */
    public List<String> names() {
        return List.copyOf(functions.keySet());
    }

    /** The function whose process signs with that access key id. */
    public Optional<FunctionDefinition> signingWith(String accessKeyId) {
        return functions.values().stream().filter(deployed -> deployed.accessKeyId().equals(accessKeyId)).findFirst()
                .map(Deployed::definition);
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        invoke(RandomIds.uuid(random), function, payload, done);
    }

    /**
     * Invokes asynchronously, as an invocation of type Event: a failed one is tried again after one and two minutes, as the
     * function's EventInvokeConfig says, with the same request id (Lambda guide, asynchronous invocation).
     */
    public void enqueue(String function, String payload) {
        attempt(RandomIds.uuid(random), function, payload, 0);
    }

    /** Ends all processes. */
    @Override
    public void close() {
        functions.values().forEach(deployed -> deployed.pool().stop());
        runtimeApi.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException stillInUse) {
            throw new UncheckedIOException("Cannot remove " + directory, stillInUse);
        }
    }

    Optional<Deployed> find(String function) {
        return FunctionName.parse(function).flatMap(parsed -> Optional.ofNullable(functions.get(parsed.name()))
                .filter(deployed -> parsed.qualifier().map(deployed::knows).orElse(true)));
    }

    Map<String, Deployed> functions() {
        return functions;
    }

    boolean servesElsewhere() {
        return elsewhere != null;
    }

    String arn(String function) {
        return function.startsWith("arn:") ? function : account.arn("lambda", "function:" + function);
    }

    private void attempt(String requestId, String function, String payload, int retriesSoFar) {
        invoke(requestId, function, payload, answer -> {
            int most = find(function).map(found -> found.definition().retries().maximumRetryAttempts()).orElse(0);
            if (answer instanceof Answer.Failed && retriesSoFar < most) {
                timeline.after(FIRST_RETRY.multipliedBy(retriesSoFar + 1L),
                        () -> attempt(requestId, function, payload, retriesSoFar + 1));
            }
        });
    }

    private void invoke(String requestId, String function, String payload, Consumer<Answer> done) {
        Optional<Deployed> found = find(function);
        if (found.isPresent()) {
            found.get().pool().submit(new Invocation(requestId, arn(function), payload, answer -> {
                if (answer instanceof Answer.Failed failed) {
                    journal.write("lambda", "InvocationFailed", found.get().definition().name(),
                            Map.of("requestId", requestId, "error", failed.payload()),
                            "Function " + found.get().definition().name() + " failed: " + failed.payload());
                }
                done.accept(answer);
            }));
        } else if (elsewhere != null) {
            elsewhere.invoke(function, payload, done);
        } else {
            timeline.after(Duration.ZERO, () -> done.accept(notFound(function)));
        }
    }

    private Answer notFound(String function) {
        return new Answer.Refused("ResourceNotFoundException", "Function not found: " + arn(function));
    }

    private Deployed deployed(String name) {
        Deployed found = functions.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "No function '" + name + "' is defined; there are " + functions.keySet());
        }
        return found;
    }

    /** A function with its environments and its names. */
    record Deployed(FunctionDefinition definition, String accessKeyId, FunctionPool pool,
            Map<String, String> aliases) {
        boolean knows(String qualifier) {
            return qualifier.equals("$LATEST") || aliases.containsKey(qualifier) || aliases.containsValue(qualifier);
        }
    }

    /** Starts and ends the environments of one function. */
    private final class Environments implements FunctionPool.Host {
        private final FunctionDefinition function;

        Environments(FunctionDefinition function) {
            this.function = function;
        }

        @Override
        public ExecutionEnvironment start(ExecutionEnvironment.Owner owner) {
            String id = RandomIds.uuid(random);
            String logStream = timeline.now().toString().substring(0, 10).replace('-', '/') + "/[$LATEST]"
                    + id.replace("-", "");
            ExecutionEnvironment environment = new ExecutionEnvironment(id, function, logStream, timeline, owner);
            String api = runtimeApi.addressFor(environment);
            environment.start(() -> command(launch(), api, logStream));
            return environment;
        }

        /** A start under an address at which nobody answers ends as soon as the function is initialised. */
        private StartArchive.Launch launch() throws InterruptedException {
            return archive.launch(FunctionProcess.classPath(function, client),
                    launch -> command(launch, NOBODY, "start-archive"));
        }

        private ProcessBuilder command(StartArchive.Launch launch, String api, String logStream) {
            return FunctionProcess.command(account, function, client, launch, api, logStream, endpoint.get());
        }

        @Override
        public void ended(ExecutionEnvironment environment) {
            runtimeApi.forget(environment);
        }

        @Override
        public void log(ExecutionEnvironment environment, String line) {
            log.line(function.logGroup(), environment.logStream(), timeline.now(), line);
        }
    }
}
