package io.greenlane.rehearsal.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The activities of the account and the tasks that wait for a worker, first come, first served. */
public final class Activities {
    private final Map<String, Deque<Task>> queues = new LinkedHashMap<>();

    /**
     * A task that waits for a worker.
     *
     * @param input JSON text
     * @param started told the worker's name, null when it gave none
     */
    public record Task(String token, String input, Consumer<@Nullable String> started) {}

    public void create(String arn) {
        queues.putIfAbsent(arn, new ArrayDeque<>());
    }

    /** Forgets the activity; tasks that wait for a worker run into their timeouts. */
    public void delete(String arn) {
        queues.remove(arn);
    }

    public boolean exists(String arn) {
        return queues.containsKey(arn);
    }

    /** Hands the longest waiting task to a worker; empty when none waits. */
    public Optional<Task> take(String arn) {
        return Optional.ofNullable(queues.getOrDefault(arn, new ArrayDeque<>()).poll());
    }

    void offer(String arn, Task task) {
        queues.getOrDefault(arn, new ArrayDeque<>()).add(task);
    }

    void withdraw(String token) {
        queues.values().forEach(queue -> queue.removeIf(task -> task.token().equals(token)));
    }
}
