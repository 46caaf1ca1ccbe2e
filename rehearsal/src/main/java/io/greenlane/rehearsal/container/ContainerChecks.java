package io.greenlane.rehearsal.container;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecs.TaskRunner.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.HealthCheck;

/** The container health check: a command run again and again inside the container (API reference, HealthCheck). */
final class ContainerChecks {
    /** Real time a process may take to start before failed checks count, because intervals are shortened and it is not. */
    private static final Duration START_ALLOWANCE = Duration.ofSeconds(8);

    private final Timeline timeline;
    private final PreparedContainer container;
    private final HealthCheck check;
    private final Progress progress;
    private @Nullable Boolean healthy;
    private int failures;
    private boolean started;
    private boolean allowanceOver;
    private boolean ended;

    private ContainerChecks(Timeline timeline, PreparedContainer container, HealthCheck check, Progress progress) {
        this.timeline = timeline;
        this.container = container;
        this.check = check;
        this.progress = progress;
    }

    /** Begins to check, if the container has a check; run the result when the container has ended. */
    static Runnable begin(Timeline timeline, PreparedContainer container, Progress progress) {
        Optional<HealthCheck> check = container.launch().healthCheck().filter(asked -> asked.command().size() > 1);
        if (check.isEmpty()) {
            return () -> {
            };
        }
        ContainerChecks checks = new ContainerChecks(timeline, container, check.get(), progress);
        Duration interval = checks.seconds(check.get().interval(), 30);
        timeline.after(checks.seconds(check.get().startPeriod(), 0), () -> checks.started = true);
        Duration untilUnhealthy = interval.multipliedBy(Objects.requireNonNullElse(check.get().retries(), 3));
        timeline.atLimit(untilUnhealthy.compareTo(START_ALLOWANCE) < 0 ? untilUnhealthy : START_ALLOWANCE,
                () -> checks.allowanceOver = true);
        timeline.after(interval, checks::ask);
        return () -> checks.ended = true;
    }

    private Duration seconds(@Nullable Integer asked, int otherwise) {
        return Duration.ofSeconds(Objects.requireNonNullElse(asked, otherwise));
    }

    private void ask() {
        if (!ended) {
            Thread.ofVirtual().name("container-check").start(() -> {
                boolean passed = passes();
                timeline.run(() -> judge(passed));
            });
        }
    }

    private boolean passes() {
        try {
            Process process = container.check(check.command()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (process.waitFor(seconds(check.timeout(), 5).toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException | ContainerFault cannotRun) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void judge(boolean passed) {
        if (ended) {
            return;
        }
        failures = passed ? 0 : failures + 1;
        boolean counts = (started && allowanceOver) || healthy != null;
        if (passed || (counts && failures >= Objects.requireNonNullElse(check.retries(), 3))) {
            if (!Objects.equals(healthy, passed)) {
                healthy = passed;
                progress.health(container.launch().name(), passed);
            }
        }
        timeline.after(seconds(check.interval(), 30), this::ask);
    }
}
