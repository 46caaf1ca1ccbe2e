package io.greenlane.rehearsal.ecs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.HealthCheck;

/** Runs the containers of tasks. */
public interface TaskRunner {
    /**
     * Starts a task and returns at once.
     *
     * @param progress told in turns of the timeline, after this method has returned
     */
    Running start(Launch launch, Progress progress);

    /** A task that was started. */
    @FunctionalInterface
    interface Running {
        /**
         * Asks every container to end (SIGTERM) and ends it after its stop timeout (SIGKILL); {@link Progress#exited} follows
         * for each container that had been started. May be called more than once.
         */
        void stop();
    }

    /** Hears what becomes of a task. */
    interface Progress {
        /** The image of a container is there, and this is its digest. */
        void pulled(String container, String imageDigest);

        /** All containers have been started. */
        void started(List<Endpoint> endpoints);

        /**
         * A container could not be started; the others are ended.
         *
         * @param reason as ECS words it, for example {@code CannotPullContainerError: ...}
         */
        void failed(String container, String reason);

        /**
         * The process of a container has ended.
         *
         * @param exitCode 128 + signal when a signal ended it
         */
        void exited(String container, int exitCode);

        /** The container health check has come to this view, or to another one than before. */
        void health(String container, boolean healthy);
    }

    /** Where a port of a container can be reached: 127.0.0.1 and this port. */
    record Endpoint(String container, int containerPort, int hostPort) {}

    /**
     * What to run.
     *
     * @param executionRole ARN of the role that images are pulled and logs are written under; null for none
     */
    record Launch(String taskArn, String family, @Nullable String executionRole, List<ContainerLaunch> containers) {}

    /**
     * A container to run.
     *
     * @param image as in the task definition
     * @param entryPoint replaces the image's; empty leaves it
     * @param command replaces the image's; empty leaves it
     * @param environment added to the image's
     * @param workingDirectory replaces the image's
     * @param ports container ports
     * @param stopTimeout real time between SIGTERM and SIGKILL
     * @param logOptions options of the awslogs driver, empty for any other driver
     */
    record ContainerLaunch(String name, String image, List<String> entryPoint, List<String> command,
            Map<String, String> environment, Optional<String> workingDirectory, List<Integer> ports,
            Duration stopTimeout, Optional<HealthCheck> healthCheck, Map<String, String> logOptions) {}
}
