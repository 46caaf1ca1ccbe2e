package io.greenlane.install;

import io.greenlane.install.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks whose end speaks against the revision that they ran, in the order in which they ended. */
final class FailedTasks {
    private final List<Failed> failed;

    private record Failed(StoppedTask task, Fault fault) {}

    private FailedTasks(List<Failed> failed) {
        this.failed = List.copyOf(failed);
    }

    /** Those that show a fault. */
    static FailedTasks among(Collection<StoppedTask> tasks) {
        List<Failed> failed = new ArrayList<>();
        for (StoppedTask task : tasks) {
            Fault fault = Fault.of(task);
            if (fault != null) {
                failed.add(new Failed(task, fault));
            }
        }
        failed.sort(Comparator.comparing(one -> Objects.requireNonNullElse(one.task.stoppingAt(), Instant.MAX)));
        return new FailedTasks(failed);
    }

    /** Those that show a fault of this kind. */
    FailedTasks of(Kind kind) {
        return new FailedTasks(failed.stream().filter(one -> one.fault.kind() == kind).toList());
    }

    /** Whether one of them ran before it failed. */
    boolean ran() {
        return failed.stream().anyMatch(one -> one.fault.kind() == Kind.CRASH || one.fault.kind() == Kind.HEALTH);
    }

    int count() {
        return failed.size();
    }

    /** How many there must be, by the most patient of their kinds; zero when there are none. */
    int asked() {
        return failed.stream().mapToInt(one -> one.fault.kind().tasks()).max().orElse(0);
    }

    /** Whether one of them was created after another had failed. */
    boolean showRetry() {
        List<Instant> starts = times(StoppedTask::createdAt);
        List<Instant> ends = times(StoppedTask::stoppingAt);
        return !ends.isEmpty() && starts.stream().anyMatch(start -> !start.isBefore(ends.get(0)));
    }

    /** What they show, the newest kind of fault first. There must be one. */
    String sentence() {
        Map<Kind, String> newestLast = new LinkedHashMap<>();
        for (Failed one : failed) {
            newestLast.remove(one.fault.kind());
            newestLast.put(one.fault.kind(), one.fault.sentence());
        }
        List<String> causes = List.copyOf(newestLast.values()).reversed();
        return count() + (count() == 1 ? " task" : " tasks") + " of green failed" + within() + ": "
                + String.join("; before: ", causes) + ".";
    }

    private String within() {
        List<Instant> starts = times(StoppedTask::createdAt);
        List<Instant> ends = times(StoppedTask::stoppingAt);
        if (starts.isEmpty() || ends.isEmpty() || ends.get(ends.size() - 1).isBefore(starts.get(0))) {
            return "";
        }
        long seconds = Math.max(1,
                Duration.between(starts.get(0), ends.get(ends.size() - 1)).plusMillis(999).toSeconds());
        return seconds < 90 ? " within " + seconds + " s" : " within " + (seconds + 59) / 60 + " min";
    }

    private List<Instant> times(Function<StoppedTask, @Nullable Instant> time) {
        List<Instant> times = new ArrayList<>();
        for (Failed one : failed) {
            Instant known = time.apply(one.task);
            if (known != null) {
                times.add(known);
            }
        }
        times.sort(Comparator.naturalOrder());
        return times;
    }
}
