package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.loadbalancing.HealthProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tasks without processes, for simulations in virtual time: what an image does is told, not run. */
public final class InMemoryTaskRunner implements TaskRunner {
    private static final int FIRST_PORT = 20_000;
    private static final int TERMINATED = 143;

    private final Timeline timeline;
    private final Function<String, Behaviour> behaviours;
    private final Map<Integer, ContainerLaunch> listening = new HashMap<>();
    private int nextPort = FIRST_PORT;

    /** @param behaviours what the image of a container does, by its name in the task definition */
    public InMemoryTaskRunner(Timeline timeline, Function<String, Behaviour> behaviours) {
        this.timeline = timeline;
        this.behaviours = behaviours;
    }

    /** What an image does when it is run. */
    public sealed interface Behaviour {
        /** Answers every request with the status, from {@code startsIn} after its start. */
        record Serves(Duration startsIn, int status) implements Behaviour {}

        /** Ends by itself. */
        record Crashes(Duration after, int exitCode) implements Behaviour {}

        /** Is not in the registry. */
        record Missing() implements Behaviour {}
    }

    @Override
    public Running start(Launch launch, Progress progress) {
        Simulated task = new Simulated(launch, progress);
        timeline.after(Duration.ZERO, task::begin);
        return task;
    }

    /** Answers health checks as the images do. */
    public HealthProbe healthProbe() {
        return (check, done) -> timeline.after(Duration.ZERO,
                () -> done.accept(statusAt(check.port()).<HealthProbe.Finding>map(
                        HealthProbe.Finding.Answered::new).orElseGet(HealthProbe.Finding.Unreachable::new)));
    }

    /** The image that listens on the port now. */
    public Optional<String> imageAt(int port) {
        return Optional.ofNullable(listening.get(port)).map(ContainerLaunch::image);
    }

    private Optional<Integer> statusAt(int port) {
        return imageAt(port).map(behaviours).flatMap(behaviour -> behaviour instanceof Behaviour.Serves serves
                ? Optional.of(serves.status())
                : Optional.empty());
    }

    private final class Simulated implements Running {
        private final Launch launch;
        private final Progress progress;
        private final Map<Integer, ContainerLaunch> ports = new HashMap<>();
        private boolean begun;
        private boolean ended;

        Simulated(Launch launch, Progress progress) {
            this.launch = launch;
            this.progress = progress;
        }

        @Override
        public void stop() {
            if (begun && !ended) {
                timeline.after(Duration.ZERO, () -> end(TERMINATED));
            }
            begun = true;
        }

        private void begin() {
            if (begun) {
                return;
            }
            for (ContainerLaunch container : launch.containers()) {
                if (behaviours.apply(container.image()) instanceof Behaviour.Missing) {
                    ended = true;
                    progress.failed(container.name(),
                            "CannotPullContainerError: failed to resolve ref " + container.image()
                                    + ": " + container.image() + ": not found");
                    return;
                }
            }
            begun = true;
            List<Endpoint> endpoints = new ArrayList<>();
            for (ContainerLaunch container : launch.containers()) {
                int at = container.image().indexOf('@');
                progress.pulled(container.name(), at < 0
                        ? "sha256:" + "0".repeat(64)
                        : container.image().substring(at
                                + 1));
                container.ports().forEach(port -> {
                    ports.put(nextPort, container);
                    endpoints.add(new Endpoint(container.name(), port, nextPort++));
                });
            }
            progress.started(endpoints);
            launch.containers().forEach(this::behave);
        }

        private void behave(ContainerLaunch container) {
            switch (behaviours.apply(container.image())) {
                case Behaviour.Serves serves -> timeline.after(serves.startsIn(), () -> {
                    if (!ended) {
                        listening.putAll(ports);
                    }
                });
                case Behaviour.Crashes crash -> timeline.after(crash.after(), () -> {
                    if (!ended) {
                        end(crash.exitCode());
                    }
                });
                case Behaviour.Missing missing -> throw new IllegalStateException("Started although missing: "
                        + missing);
            }
        }

        private void end(int exitCode) {
            if (!ended) {
                ended = true;
                ports.keySet().forEach(listening::remove);
                launch.containers().forEach(container -> progress.exited(container.name(), exitCode));
            }
        }
    }
}
