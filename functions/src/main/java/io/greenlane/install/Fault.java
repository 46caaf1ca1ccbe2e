package io.greenlane.install;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stopped task says against the revision that it ran.
 *
 * @param sentence without a full stop
 */
record Fault(Kind kind, String sentence) {
    /** Of a longer reason the middle is left out: it begins with the kind of error and ends with what was wrong. */
    private static final int BEGINNING = 200;
    private static final int END = 100;
    /** Errors of a registry or of the way to it that may be gone when ECS tries the next time. */
    private static final Pattern PASSING = Pattern
            .compile("(?i)time(d )?-?out|deadline exceeded|too ?many ?requests|\\b429\\b"
                    + "|connection re(set|fused)|\\b50[0234]\\b|no such host|temporar");
    /** Why a task can fail to start for want of something that is AWS's to give; ECS tries again. */
    private static final Pattern OF_PLATFORM = Pattern.compile(
            "(?i)capacity is unavailable|timeout waiting for .* provisioning|unexpected ec2 error|network interface");
    /** A target group is known by its name; the rest of its ARN only fills the line. */
    private static final Pattern TARGET_GROUP = Pattern.compile("arn:[^\\s)]*:targetgroup/([^/\\s)]+)/[0-9a-f]+");
    private static final Pattern HEALTH_CHECK = Pattern.compile("(?i)failed .*health checks?\\b.*");

    /** Kinds of faults, with how many tasks must show one before a further one is not worth waiting for. */
    enum Kind {
        /** The image cannot be pulled, and nothing about that passes by itself. Two: the retry found the same registry. */
        IMAGE(2),
        /** Something else that the task needs at its start: secrets, roles, volumes, its command. */
        START(3),
        /** A container that must not end has ended. */
        CRASH(3),
        /** It ran, but its load balancer or its container's own check found it unhealthy. Two: each had the whole grace period. */
        HEALTH(2);

        /** Three where nothing else is said, as for ECS's own circuit breaker, which services under CodeDeploy cannot have. */
        private final int tasks;

        Kind(int tasks) {
            this.tasks = tasks;
        }

        int tasks() {
            return tasks;
        }
    }

    /**
     * The fault that a task shows; null when its end says nothing about the revision: scaling, a person, interrupted or maintained
     * hosts, missing capacity, and stop codes that this version does not know.
     */
    static @Nullable Fault of(StoppedTask task) {
        return switch (task.stopCode()) {
            case "TaskFailedToStart" -> failedToStart(told(task));
            case "EssentialContainerExited" -> new Fault(Kind.CRASH, exits(task));
            case "ServiceSchedulerInitiated" -> HEALTH_CHECK.matcher(task.stoppedReason()).find()
                    ? new Fault(Kind.HEALTH, shown(task.stoppedReason()))
                    : null;
            default -> null;
        };
    }

    private static @Nullable Fault failedToStart(String told) {
        if (told.contains("CannotPull")) {
            return new Fault(PASSING.matcher(told).find() ? Kind.START : Kind.IMAGE, shown(told));
        }
        return OF_PLATFORM.matcher(told).find() ? null : new Fault(Kind.START, shown(told));
    }

    /** On EC2 the task only says that it failed to start, and its container says why; on Fargate the task says all. */
    private static String told(StoppedTask task) {
        List<String> all = Stream.concat(Stream.of(task.stoppedReason()),
                task.containers().stream().map(StoppedTask.Container::reason)).filter(Objects::nonNull)
                .filter(reason -> !reason.isBlank()).toList();
        return all.stream().filter(reason -> reason.contains("Error")).findFirst()
                .orElse(all.isEmpty() ? "Task failed to start" : all.get(0));
    }

    private static String exits(StoppedTask task) {
        String exits = task.containers().stream().filter(it -> it.exitCode() != null || it.reason() != null)
                .map(Fault::exit).collect(Collectors.joining(", "));
        return exits.isEmpty() ? shown(task.stoppedReason()) : exits;
    }

    private static String exit(StoppedTask.Container container) {
        String reason = container.reason() == null ? "" : " (" + shown(container.reason()) + ")";
        return "container " + container.name()
                + (container.exitCode() == null ? " ended" : " exited with code " + container.exitCode()) + reason;
    }

    private static String shown(String reason) {
        String line = TARGET_GROUP.matcher(reason.strip().replaceAll("[\\p{Cntrl}\\s]+", " ")).replaceAll("$1");
        return line.length() <= BEGINNING + END
                ? line
                : line.substring(0, BEGINNING) + " ... " + line.substring(line.length() - END);
    }
}
