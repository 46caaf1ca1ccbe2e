package io.greenlane.rehearsal.release;

import io.greenlane.probe.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The calls of a function, and where its process dies. */
final class FunctionLife {
    private static final String EXITED = "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
            + "\"RequestId: 0 Error: Runtime exited with error: signal: killed\"}";
    private static final String TIMED_OUT = "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":"
            + "\"RequestId: 0 Error: Task timed out\"}";

    private final String function;
    private final MortalFunctions world;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, Exchange> repeated = new HashMap<>();
    private final Set<Integer> lastCalls = new TreeSet<>();
    private Duration timeout = Duration.ofMinutes(15);
    private int calls;
    private int fatal;
    private boolean afterwards;
    private @Nullable String death;

    FunctionLife(String function, MortalFunctions world) {
        this.function = function;
        this.world = world;
    }

    String function() {
        return function;
    }

    /** The process dies, and finds out when it next does something. */
    void die() {
        death = EXITED;
    }

    /** When Lambda ends an invocation. */
    void endsAfter(Duration time) {
        timeout = time;
    }

    /** It dies at its n-th call from now on, to AWS or to green, before the call arrives or after its answer was sent. */
    void diesAt(int call, boolean afterTheEffect) {
        calls = 0;
        lastCalls.clear();
        fatal = call;
        afterwards = afterTheEffect;
    }

    /** Calls since then, or since the begin; what the SDK repeats is one call. */
    int calls() {
        return calls;
    }

    /** Those of the calls since then that an invocation ended after. */
    Set<Integer> lastCalls() {
        return Set.copyOf(lastCalls);
    }

    /** Ends what a dead process does. */
    void goOn() {
        if (death != null) {
            throw new Killed();
        }
    }

    /** An invocation is over: what Lambda says if it died; null when it did not. */
    @Nullable
    String ends() {
        String said = death;
        death = null;
        lastCalls.add(calls);
        return said;
    }

    /** The process dies now. */
    Killed killed() {
        die();
        return new Killed();
    }

    /** The process is ended by Lambda when its time is over. */
    Killed ended() {
        world.pass(timeout);
        death = TIMED_OUT;
        return new Killed();
    }

    FunctionCall next(String service, String operation) {
        return new FunctionCall(function.substring(function.lastIndexOf('-') + 1), service, operation,
                ordinals.merge(service + ":" + operation, 1, Integer::sum));
    }

    private void before() {
        goOn();
        calls++;
        dieIf(!afterwards);
    }

    private void dieIf(boolean now) {
        if (now && calls == fatal) {
            fatal = 0;
            throw killed();
        }
    }

    Sender watch(Sender sender) {
        return (listener, request) -> {
            before();
            var answer = sender.send(listener, request);
            dieIf(afterwards);
            return answer;
        };
    }

    SdkHttpClient watch(SdkHttpClient http) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return new ExecutableHttpRequest() {
                    @Override
                    public HttpExecuteResponse call() throws IOException {
                        return send(http, request);
                    }

                    @Override
                    public void abort() {
                        // The call is over before anyone can abort it.
                    }
                };
            }

            @Override
            public void close() {
                http.close();
            }
        };
    }

    private HttpExecuteResponse send(SdkHttpClient http, HttpExecuteRequest request) throws IOException {
        goOn();
        String invocation = request.httpRequest().firstMatchingHeader("amz-sdk-invocation-id").orElse("");
        Exchange repetition = repeated.remove(invocation);
        if (repetition == null) {
            before();
        }
        Exchange exchange = repetition == null ? new Exchange(this, world, http, request) : repetition;
        try {
            HttpExecuteResponse response = exchange.attempt();
            dieIf(repetition == null && afterwards);
            return response;
        } finally {
            if (exchange.isHarmed()) {
                repeated.put(invocation, exchange);
            }
        }
    }

    /** Not to be caught by what is dead. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
