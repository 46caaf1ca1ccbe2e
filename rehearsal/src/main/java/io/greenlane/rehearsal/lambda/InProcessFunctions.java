package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Functions as objects in this JVM, for simulations in virtual time: the same handlers and the same marshalling as in a
 * process, each invocation one action of the timeline, the same every time.
 */
public final class InProcessFunctions implements FunctionInvoker {
    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Consumer<String> log;
    private final Map<String, Registered> functions = new HashMap<>();

    /** Functions of that account; the log takes what handlers write to their context's logger. */
    public InProcessFunctions(Account account, Timeline timeline, RandomGenerator random, Consumer<String> log) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
        this.log = log;
    }

    /**
     * Adds or replaces a function.
     *
     * @param handler makes a RequestHandler or RequestStreamHandler: asked at the first invocation, as a cold start is, and
     *     again while that fails
     * @param timeout what the handler is told it has left
     * @param duration time that passes between invocation and effect
     */
    public void define(String name, Supplier<?> handler, Duration timeout, Duration duration) {
        functions.put(name, new Registered(handler, timeout, duration));
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        String name = FunctionName.parse(function).map(FunctionName::name).orElse(function);
        Registered registered = functions.get(name);
        Duration wait = registered == null ? Duration.ZERO : registered.duration;
        timeline.after(wait, () -> done.accept(answer(name, registered, payload)));
    }

    private Answer answer(String name, @Nullable Registered registered, String payload) {
        String arn = account.arn("lambda", "function:" + name);
        if (registered == null) {
            return new Answer.Refused("ResourceNotFoundException", "Function not found: " + arn);
        }
        InvocationContext context = new InvocationContext(
                RandomIds.uuid(random), name, arn,
                timeline.now().plus(registered.timeout), timeline::now, log);
        try {
            return new Answer.Returned(registered.call().call(payload, context));
        } catch (RuntimeException | Error failure) {
            return new Answer.Failed(HandlerCall.errorOf(failure));
        }
    }

    private static final class Registered {
        private final Supplier<?> handler;
        private final Duration timeout;
        private final Duration duration;
        private @Nullable HandlerCall warm;

        Registered(Supplier<?> handler, Duration timeout, Duration duration) {
            this.handler = handler;
            this.timeout = timeout;
            this.duration = duration;
        }

        HandlerCall call() {
            HandlerCall ready = warm;
            if (ready == null) {
                ready = HandlerCall.of(handler.get());
                warm = ready;
            }
            return ready;
        }
    }
}
