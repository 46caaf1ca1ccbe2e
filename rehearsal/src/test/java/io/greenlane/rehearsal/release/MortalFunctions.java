package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * Functions whose calls can go wrong, and whose process can die at any of its calls: nothing of the invocation goes on then, and
 * Lambda says that the runtime has ended. The next invocation has a new process.
 */
public final class MortalFunctions implements FunctionInvoker {
    private final FunctionInvoker functions;
    private final VirtualTimeline timeline;
    private final EarlierAnswers answers = new EarlierAnswers();
    private final Map<String, FunctionLife> lives = new HashMap<>();
    private final Map<String, Integer> invocations = new TreeMap<>();
    private CallFaults faults = call -> null;
    private @Nullable Exchange current;

    MortalFunctions(FunctionInvoker functions, VirtualTimeline timeline) {
        this.functions = functions;
        this.timeline = timeline;
    }

    /** From now on calls go wrong as that decides. */
    public void meet(CallFaults newFaults) {
        faults = newFaults;
    }

    /** The life of a function by its name. */
    FunctionLife of(String function) {
        return lives.computeIfAbsent(function, name -> new FunctionLife(name, this));
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        FunctionLife life = of(function.substring(function.lastIndexOf(':') + 1));
        invocations.merge(life.function(), 1, Integer::sum);
        functions.invoke(function, payload, answer -> {
            String death = life.ends();
            done.accept(death == null ? answer : new Answer.Failed(death));
        });
    }

    /** How often each function was invoked so far, by its name. */
    public Map<String, Integer> invocations() {
        return Map.copyOf(invocations);
    }

    /** A call has arrived at the cloud: nobody's, or that of the function which is talking. */
    void arrives(CallObserver.Call call) {
        Exchange talking = current;
        if (talking != null) {
            talking.arrives(call.service(), call.operation());
        }
    }

    /** Sends a request as part of an exchange; null for one that nobody waits for any more. */
    HttpExecuteResponse send(@Nullable Exchange exchange, Sending sending) throws IOException {
        Exchange outer = current;
        current = exchange;
        try {
            return sending.call();
        } finally {
            current = outer;
        }
    }

    /** The function whose request is on its way; null when none is. */
    public @Nullable String caller() {
        Exchange talking = current;
        return talking == null ? null : talking.function();
    }

    CallFaults faults() {
        return faults;
    }

    EarlierAnswers answers() {
        return answers;
    }

    void pass(Duration time) {
        timeline.advance(time);
    }

    void later(Duration delay, Runnable action) {
        timeline.after(delay, action);
    }

    /** A request on its way. */
    @FunctionalInterface
    interface Sending {
        HttpExecuteResponse call() throws IOException;
    }
}
