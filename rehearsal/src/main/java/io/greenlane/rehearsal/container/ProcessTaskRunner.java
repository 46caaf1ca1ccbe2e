package io.greenlane.rehearsal.container;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecr.ImageStore;
import io.greenlane.rehearsal.ecs.TaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs containers as processes of this machine. A container listens on 127.0.0.1 at the port in its variable {@code PORT},
 * which stands for its first container port; further ports are in {@code PORT_<container port>}.
 */
public final class ProcessTaskRunner implements TaskRunner, AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Timeline timeline;
    private final ImagePull images;
    private final Path workspace;
    private final ContainerOutput output;
    private final Isolation isolation = Isolation.ofThisMachine();
    private final Set<RunningTask> tasks = ConcurrentHashMap.newKeySet();
    private final Set<Integer> portsInUse = ConcurrentHashMap.newKeySet();
    /** Starts all processes: a process that must die with its parent dies with the thread that started it. */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(
            "process-starter").factory());
    private volatile boolean closed;
    private final Thread atExit = new Thread(this::killAll, "containers-end");

    /**
     * @param workspace directory for the file systems of the tasks; each task removes its own when it ends
     */
    public ProcessTaskRunner(Timeline timeline, ImageStore store, Path workspace, ContainerOutput output) {
        this.timeline = timeline;
        this.images = new ImagePull(timeline, store);
        this.workspace = workspace;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public Running start(Launch launch, Progress progress) {
        String id = launch.taskArn().substring(launch.taskArn().lastIndexOf('/') + 1);
        RunningTask task = new RunningTask(this, launch, progress, workspace.resolve(id), id);
        if (closed) {
            return task;
        }
        tasks.add(task);
        Thread.ofVirtual().name("task-" + id).start(task::run);
        return task;
    }

    /** Ends all processes at once, and waits until they and their files are gone; starts none from now on. */
    @Override
    public void close() {
        closed = true;
        killAll();
        CompletableFuture.allOf(tasks.stream().map(RunningTask::done).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LONGEST_END.toSeconds(), TimeUnit.SECONDS).join();
        starter.shutdown();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            return;
        }
    }

    Timeline timeline() {
        return timeline;
    }

    ContainerOutput output() {
        return output;
    }

    Isolation isolation() {
        return isolation;
    }

    PulledImage pull(String image) throws ContainerFault {
        return images.pull(image);
    }

    Process start(ProcessBuilder builder) throws IOException {
        try {
            return starter.submit(builder::start).get();
        } catch (RejectedExecutionException ending) {
            throw new IOException("the rehearsal is ending", ending);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new IOException(cause == null ? "no cause given" : cause.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** A port that is free now and that no other task has been given. */
    int takePort() throws IOException {
        while (true) {
            int port = FreePort.find();
            if (portsInUse.add(port)) {
                return port;
            }
        }
    }

    void ended(RunningTask task, Iterable<Integer> ports) {
        tasks.remove(task);
        ports.forEach(portsInUse::remove);
    }

    private void killAll() {
        tasks.forEach(RunningTask::kill);
    }
}
