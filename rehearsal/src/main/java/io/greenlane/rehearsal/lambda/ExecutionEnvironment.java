package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function, as Lambda sees it: starting until it first asks for work, then idle or busy, then ended. All
 * state is read and written in turns.
 */
final class ExecutionEnvironment {
    private final String id;
    private final FunctionDefinition function;
    private final String logStream;
    private final Timeline timeline;
    private final Owner owner;
    private final CompletableFuture<Invocation> ended = CompletableFuture.failedFuture(
            new IOException("The environment has ended"));
    private @Nullable Process process;
    private @Nullable CompletableFuture<Invocation> asking;
    private @Nullable Invocation current;
    private @Nullable Instant startedCurrent;
    private Timeline.@Nullable Alarm limit;
    private @Nullable String initError;
    private boolean ready;
    private boolean over;

    /** Who keeps the environment: its function's pool. */
    interface Owner {
        /** The process asked for work and has none. */
        void idle(ExecutionEnvironment environment);

        /** The process is gone, or about to go; it takes no more work. */
        void ended(ExecutionEnvironment environment);

        void log(ExecutionEnvironment environment, String line);
    }

    ExecutionEnvironment(String id, FunctionDefinition function, String logStream, Timeline timeline, Owner owner) {
        this.id = id;
        this.function = function;
        this.logStream = logStream;
        this.timeline = timeline;
        this.owner = owner;
    }

    String id() {
        return id;
    }

    FunctionDefinition function() {
        return function;
    }

    String logStream() {
        return logStream;
    }

    boolean isReady() {
        return ready;
    }

    /** What the function's initialisation failed with, as it reported it. */
    @Nullable
    String initError() {
        return initError;
    }

    /** How its process is started; asked on the thread that does it, and may take its time. */
    @FunctionalInterface
    interface Start {
        ProcessBuilder command() throws InterruptedException;
    }

    /** Starts the process on a thread of its own. */
    void start(Start start) {
        Thread.ofPlatform().daemon().name("function-" + function.name()).start(() -> runProcess(start));
    }

    /** The Runtime API's {@code next}: completes when there is work. */
    CompletableFuture<Invocation> next() {
        if (over) {
            return ended;
        }
        ready = true;
        CompletableFuture<Invocation> question = new CompletableFuture<>();
        asking = question;
        owner.idle(this);
        return question;
    }

    /** Hands it work; only when idle. */
    void take(Invocation invocation) {
        CompletableFuture<Invocation> question = asking;
        if (question == null) {
            throw new IllegalStateException("The environment " + id + " of " + function.name() + " is not idle");
        }
        asking = null;
        current = invocation;
        startedCurrent = timeline.now();
        limit = timeline.atLimit(function.timeout(), this::runOutOfTime);
        owner.log(this, LogLines.start(function, timeline.now(), invocation.requestId()));
        question.complete(invocation);
    }

    /** The Runtime API's {@code response} and {@code error}; false when it is not working on that request. */
    boolean answer(String requestId, Answer answer) {
        Invocation invocation = current;
        if (invocation == null || !invocation.requestId().equals(requestId)) {
            return false;
        }
        finish(invocation, answer);
        return true;
    }

    /** The Runtime API's {@code init/error}. */
    void failInit(String payload) {
        initError = payload;
    }

    /** Ends the process; what it was working on is answered as a process that was killed. */
    void stop() {
        if (!over) {
            over = true;
            owner.ended(this);
        }
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        CompletableFuture<Invocation> question = asking;
        if (question != null) {
            asking = null;
            question.cancel(false);
        }
    }

    private void runOutOfTime() {
        Invocation invocation = current;
        if (invocation != null) {
            finish(invocation, new Answer.Failed(FunctionErrors.timedOut(invocation.requestId(), function.timeout())));
            stop();
        }
    }

    private void finish(Invocation invocation, Answer answer) {
        Timeline.Alarm pending = limit;
        if (pending != null) {
            pending.cancel();
        }
        Instant started = startedCurrent;
        current = null;
        LogLines.end(function, started == null ? timeline.now() : started, timeline.now(), invocation.requestId(),
                answer).forEach(line -> owner.log(this, line));
        invocation.done().accept(answer);
    }

    private void runProcess(Start start) {
        int status = -1;
        String why = null;
        try {
            Process started = start.command().start();
            timeline.run(() -> {
                process = started;
                if (over) {
                    started.destroyForcibly();
                }
            });
            readLines(started, line -> timeline.run(() -> owner.log(this, line)));
            status = started.waitFor();
        } catch (IOException | InterruptedException failure) {
            why = failure.toString();
        }
        int exit = status;
        String cause = why;
        timeline.run(() -> ended(exit, cause));
    }

    private static void readLines(Process process, Consumer<String> line) throws IOException {
        try (BufferedReader output = process.inputReader()) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                line.accept(text);
            }
        } catch (IOException closed) {
            // The stream of a killed process may end in an error; its exit says the rest.
            if (process.isAlive()) {
                throw closed;
            }
        }
    }

    private void ended(int status, @Nullable String why) {
        boolean stopped = over;
        over = true;
        Invocation invocation = current;
        if (invocation != null) {
            finish(invocation, new Answer.Failed(why == null
                    ? FunctionErrors.exited(invocation.requestId(), status)
                    : FunctionErrors.notStarted(invocation.requestId(), why)));
        }
        if (initError == null && !ready && !stopped) {
            initError = why == null ? FunctionErrors.exited(id, status) : FunctionErrors.notStarted(id, why);
        }
        if (!stopped) {
            owner.ended(this);
        }
    }
}
