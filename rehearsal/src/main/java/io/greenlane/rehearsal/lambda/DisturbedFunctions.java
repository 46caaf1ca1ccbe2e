package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Functions whose invocations do not all arrive as they were sent. */
public final class DisturbedFunctions implements FunctionInvoker {
    private static final String EXITED = "{\"errorType\":\"Runtime.ExitError\","
            + "\"errorMessage\":\"Error: Runtime exited with error: signal: killed\"}";

    private final FunctionInvoker functions;
    private final Timeline timeline;
    private final Faults faults;

    /** Decides what goes wrong with invocations; asked in turns of the timeline. */
    @FunctionalInterface
    public interface Faults {
        /**
         * Asked once about each invocation; null when nothing goes wrong with it.
         *
         * @param function its name
         */
        @Nullable
        InvocationFault meeting(String function);
    }

    /** Invokes those functions. */
    public DisturbedFunctions(FunctionInvoker functions, Timeline timeline, Faults faults) {
        this.functions = functions;
        this.timeline = timeline;
        this.faults = faults;
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        switch (faults.meeting(FunctionName.parse(function).map(FunctionName::name).orElse(function))) {
            case null -> functions.invoke(function, payload, done);
            case THROTTLED -> later(done, new Answer.Refused("TooManyRequestsException", "Rate Exceeded."));
            case FAILED -> later(done, new Answer.Failed(EXITED));
            case TWICE -> {
                functions.invoke(function, payload, done);
                functions.invoke(function, payload, answer -> {
                });
            }
        }
    }

    private void later(Consumer<Answer> done, Answer answer) {
        timeline.after(Duration.ZERO, () -> done.accept(answer));
    }
}
