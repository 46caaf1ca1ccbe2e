package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The execution environments of one function: reused when idle, added while all are busy up to a limit, ended after being
 * idle for a while. What finds no environment waits in line.
 */
final class FunctionPool implements ExecutionEnvironment.Owner {
    private static final Duration KEEP_IDLE = Duration.ofMinutes(5);

    private final Timeline timeline;
    private final int limit;
    private final Host host;
    private final List<ExecutionEnvironment> environments = new ArrayList<>();
    private final Deque<ExecutionEnvironment> idle = new ArrayDeque<>();
    private final Map<ExecutionEnvironment, Timeline.Alarm> idleEnds = new HashMap<>();
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> warm = new CompletableFuture<>();

    /** Runs the processes. */
    interface Host {
        /** Starts an environment that reports to the owner. */
        ExecutionEnvironment start(ExecutionEnvironment.Owner owner);

        void ended(ExecutionEnvironment environment);

        void log(ExecutionEnvironment environment, String line);
    }

    /**
     * @param limit most environments at once
     */
    FunctionPool(Timeline timeline, int limit, Host host) {
        this.timeline = timeline;
        this.limit = limit;
        this.host = host;
    }

    void submit(Invocation invocation) {
        waiting.add(invocation);
        dispatch();
    }

    /** Starts an environment, if there is none, so that the first invocation finds one; done when it is ready or has failed. */
    CompletableFuture<Void> warm() {
        if (environments.isEmpty()) {
            environments.add(host.start(this));
        }
        return warm;
    }

    /** Ends all environments and takes no more work; the invocations that were waiting. */
    List<Invocation> stop() {
        List<Invocation> left = List.copyOf(waiting);
        waiting.clear();
        List.copyOf(environments).forEach(ExecutionEnvironment::stop);
        return left;
    }

    /** Ends the environments that are at work. */
    void killBusy() {
        environments.stream().filter(environment -> environment.isReady() && !idle.contains(environment)).toList()
                .forEach(ExecutionEnvironment::stop);
    }

    @Override
    public void idle(ExecutionEnvironment environment) {
        warm.complete(null);
        idle.push(environment);
        idleEnds.put(environment, timeline.atLimit(KEEP_IDLE, environment::stop));
        dispatch();
    }

    @Override
    public void ended(ExecutionEnvironment environment) {
        warm.complete(null);
        environments.remove(environment);
        idle.remove(environment);
        forgetIdleEnd(environment);
        host.ended(environment);
        String initError = environment.initError();
        if (initError != null && !waiting.isEmpty()) {
            waiting.remove().done().accept(new Answer.Failed(initError));
        }
        dispatch();
    }

    @Override
    public void log(ExecutionEnvironment environment, String line) {
        host.log(environment, line);
    }

    private void dispatch() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            ExecutionEnvironment environment = idle.pop();
            forgetIdleEnd(environment);
            environment.take(waiting.remove());
        }
        long starting = environments.stream().filter(environment -> !environment.isReady()).count();
        for (long missing = waiting.size() - starting; missing > 0 && environments.size() < limit; missing--) {
            environments.add(host.start(this));
        }
    }

    private void forgetIdleEnd(ExecutionEnvironment environment) {
        Timeline.Alarm pending = idleEnds.remove(environment);
        if (pending != null) {
            pending.cancel();
        }
    }
}
