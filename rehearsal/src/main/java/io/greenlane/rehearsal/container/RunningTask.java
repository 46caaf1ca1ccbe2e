package io.greenlane.rehearsal.container;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecs.TaskRunner.ContainerLaunch;
import io.greenlane.rehearsal.ecs.TaskRunner.Endpoint;
import io.greenlane.rehearsal.ecs.TaskRunner.Launch;
import io.greenlane.rehearsal.ecs.TaskRunner.Progress;
import io.greenlane.rehearsal.ecs.TaskRunner.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One task: its containers' file systems and processes. */
final class RunningTask implements Running {
    private final ProcessTaskRunner runner;
    private final Launch launch;
    private final Progress progress;
    private final Path directory;
    private final String id;
    private final List<Started> processes = new CopyOnWriteArrayList<>();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile boolean stopping;

    RunningTask(ProcessTaskRunner runner, Launch launch, Progress progress, Path directory, String id) {
        this.runner = runner;
        this.launch = launch;
        this.progress = progress;
        this.directory = directory;
        this.id = id;
    }

    private record Started(ContainerLaunch container, Process process) {}

    /** Pulls, unpacks and starts everything; on a thread of its own. */
    void run() {
        List<PreparedContainer> prepared = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        for (ContainerLaunch container : launch.containers()) {
            if (stopping) {
                cleanUp();
                return;
            }
            try {
                prepared.add(prepare(container, endpoints));
            } catch (ContainerFault | IOException failure) {
                fail(container, failure);
                return;
            }
        }
        for (PreparedContainer container : prepared) {
            if (stopping) {
                break;
            }
            try {
                processes.add(new Started(container.launch(), runner.start(container.main())));
            } catch (ContainerFault | IOException failure) {
                fail(container.launch(), failure);
                return;
            }
        }
        timeline().run(() -> progress.started(endpoints));
        prepared.forEach(this::accompany);
        if (stopping) {
            timeline().run(this::stop);
        }
        if (processes.isEmpty()) {
            cleanUp();
        }
    }

    @Override
    public void stop() {
        stopping = true;
        for (Started started : processes) {
            Isolation.commandOf(started.process()).forEach(ProcessHandle::destroy);
            Duration patience = started.container().stopTimeout();
            timeline().atLimit(patience, () -> kill(started.process()));
        }
    }

    /** Ends all processes at once. */
    void kill() {
        stopping = true;
        processes.forEach(started -> kill(started.process()));
    }

    /** Completed when no process is left and the files are gone. */
    CompletableFuture<Boolean> done() {
        return done;
    }

    private Timeline timeline() {
        return runner.timeline();
    }

    private PreparedContainer prepare(ContainerLaunch container, List<Endpoint> endpoints) throws ContainerFault,
            IOException {
        PulledImage image = runner.pull(container.image());
        timeline().run(() -> progress.pulled(container.name(), image.digest()));
        Map<Integer, Integer> hostPorts = new HashMap<>();
        for (int port : container.ports()) {
            int hostPort = runner.takePort();
            ports.add(hostPort);
            hostPorts.put(port, hostPort);
            endpoints.add(new Endpoint(container.name(), port, hostPort));
        }
        return new PreparedContainer(container, image, directory.resolve(container.name()), runner.isolation(),
                hostPorts);
    }

    private void fail(ContainerLaunch container, Exception failure) {
        kill();
        String reason = failure instanceof ContainerFault
                ? String.valueOf(failure.getMessage())
                : "CannotStartContainerError: " + failure.getMessage();
        timeline().run(() -> progress.failed(container.name(), reason));
        cleanUp();
    }

    /** Passes on what the process writes, checks its health and reports its end. */
    private void accompany(PreparedContainer container) {
        processes.stream().filter(started -> started.container().equals(container.launch())).forEach(started -> {
            Runnable endChecks = timeline().call(() -> ContainerChecks.begin(timeline(), container, progress));
            // Not a virtual thread: reading from a process would hold on to one of the few carriers of those.
            Thread.ofPlatform().daemon().name("output-" + id).start(() -> {
                passOn(started);
                int exitCode = started.process().onExit().join().exitValue();
                processes.remove(started);
                if (processes.isEmpty()) {
                    cleanUp();
                }
                timeline().run(() -> {
                    endChecks.run();
                    progress.exited(started.container().name(), exitCode);
                });
            });
        });
    }

    private void passOn(Started started) {
        Map<String, String> options = started.container().logOptions();
        String group = options.getOrDefault("awslogs-group", "");
        String prefix = options.getOrDefault("awslogs-stream-prefix", "");
        String stream = (prefix.isEmpty() ? "" : prefix + "/" + started.container().name() + "/") + id;
        try (BufferedReader reader = started.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line;
                if (!group.isEmpty()) {
                    timeline().run(() -> runner.output().line(group, stream, timeline().now(), text));
                }
            }
        } catch (IOException ended) {
            // A killed process closes its output in the middle of a line; its end is reported all the same.
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void cleanUp() {
        runner.ended(this, ports);
        try {
            RootFileSystem.delete(directory);
        } catch (IOException busy) {
            // A process that is still ending holds a file; the workspace as a whole is temporary.
        } finally {
            done.complete(true);
        }
    }
}
