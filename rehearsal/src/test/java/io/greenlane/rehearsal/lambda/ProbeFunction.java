package io.greenlane.rehearsal.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A function for tests: does what its event asks for. */
public final class ProbeFunction implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static int calls;

    public ProbeFunction() {
        if ("yes".equals(System.getenv("BREAK_INIT"))) {
            throw new IllegalStateException("No settings");
        }
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        calls++;
        System.out.println("doing " + event.get("do"));
        return switch (String.valueOf(event.get("do"))) {
            case "fail" -> throw new IllegalArgumentException("You asked for it");
            case "exit" -> {
                Runtime.getRuntime().halt(3);
                yield Map.of();
            }
            case "hang" -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                yield Map.of();
            }
            case "environment" -> new TreeMap<>(System.getenv());
            default -> Map.of("calls", calls, "pid", ProcessHandle.current().pid(), "echo", event, "arn",
                    context.getInvokedFunctionArn(), "remaining", context.getRemainingTimeInMillis());
        };
    }
}
