package io.greenlane.rehearsal.release;

import io.greenlane.probe.Sender;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Functions whose process can die at any of its calls, to AWS or to green, once: nothing of the invocation goes on, and Lambda says
 * that the runtime has ended. The next invocation has a new process.
 */
final class MortalFunctions implements FunctionInvoker {
    private static final String EXITED = "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
            + "\"RequestId: 0 Error: Runtime exited with error: signal: killed\"}";

    private final FunctionInvoker functions;
    private final Map<String, Life> lives = new HashMap<>();

    MortalFunctions(FunctionInvoker functions) {
        this.functions = functions;
    }

    /** The life of a function by its name. */
    Life of(String function) {
        return lives.computeIfAbsent(function, name -> new Life());
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        Life life = of(function.substring(function.lastIndexOf(':') + 1));
        functions.invoke(function, payload, answer -> {
            boolean died = life.dead;
            life.dead = false;
            life.lastCalls.add(life.calls);
            done.accept(died ? new Answer.Failed(EXITED) : answer);
        });
    }

    /** Calls of a function, and where its process dies. */
    static final class Life {
        private final Set<Integer> lastCalls = new TreeSet<>();
        private int calls;
        private int fatal;
        private boolean afterwards;
        private boolean dead;

        /** It dies at its n-th call from now on, before the call arrives or after its answer was sent. */
        void diesAt(int call, boolean afterTheEffect) {
            calls = 0;
            lastCalls.clear();
            fatal = call;
            afterwards = afterTheEffect;
        }

        /** Calls since then, or since the begin. */
        int calls() {
            return calls;
        }

        /** Those of the calls since then that an invocation ended after. */
        Set<Integer> lastCalls() {
            return Set.copyOf(lastCalls);
        }

        /** Ends what a dead process does. */
        void goOn() {
            if (dead) {
                throw new Killed();
            }
        }

        private void before() {
            goOn();
            calls++;
            die(!afterwards);
        }

        private void die(boolean now) {
            if (now && calls == fatal) {
                fatal = 0;
                dead = true;
                throw new Killed();
            }
        }

        SdkHttpClient watch(SdkHttpClient http) {
            return new SdkHttpClient() {
                @Override
                public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                    ExecutableHttpRequest prepared = http.prepareRequest(request);
                    return new ExecutableHttpRequest() {
                        @Override
                        public HttpExecuteResponse call() throws IOException {
                            before();
                            HttpExecuteResponse response = prepared.call();
                            die(afterwards);
                            return response;
                        }

                        @Override
                        public void abort() {
                            prepared.abort();
                        }
                    };
                }

                @Override
                public void close() {
                    http.close();
                }
            };
        }

        Sender watch(Sender sender) {
            return (listener, request) -> {
                before();
                var answer = sender.send(listener, request);
                die(afterwards);
                return answer;
            };
        }
    }

    /** Not to be caught by what is dead. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
