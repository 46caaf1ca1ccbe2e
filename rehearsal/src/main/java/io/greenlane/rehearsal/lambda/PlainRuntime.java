package io.greenlane.rehearsal.lambda;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;

/**
 * The loop of a function's process on machines for which Lambda's runtime client has no native library: asks the Runtime API
 * for work, calls the handler, reports. Ends when the Runtime API is gone.
 */
final class PlainRuntime {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String functionName;

    private PlainRuntime(String api, String functionName) {
        this.base = "http://" + api + "/2018-06-01/runtime/";
        this.functionName = functionName;
    }

    /**
     * Runs until the process is ended.
     *
     * @param arguments the handler
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PlainRuntime runtime = new PlainRuntime(System.getenv("AWS_LAMBDA_RUNTIME_API"),
                System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
        HandlerCall handler;
        try {
            handler = HandlerCall.load(arguments[0]);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
            runtime.post("init/error", HandlerCall.errorOf(failure));
            throw new IllegalStateException("The function " + runtime.functionName + " cannot start", failure);
        }
        while (true) {
            runtime.serveOne(handler);
        }
    }

    private void serveOne(HandlerCall handler) throws IOException, InterruptedException {
        HttpResponse<String> work = http.send(HttpRequest.newBuilder(URI.create(base + "invocation/next")).build(),
                BodyHandlers.ofString());
        if (work.statusCode() != 200) {
            throw new IOException("The Runtime API answered " + work.statusCode() + ": " + work.body());
        }
        String requestId = header(work, "Lambda-Runtime-Aws-Request-Id");
        InvocationContext context = new InvocationContext(requestId, functionName,
                header(work, "Lambda-Runtime-Invoked-Function-Arn"),
                Instant.ofEpochMilli(Long.parseLong(header(work, "Lambda-Runtime-Deadline-Ms"))),
                Clock.systemUTC()::instant, System.out::println);
        String result;
        String outcome = "/response";
        try {
            result = handler.call(work.body(), context);
        } catch (RuntimeException | Error failure) {
            result = HandlerCall.errorOf(failure);
            outcome = "/error";
        }
        post("invocation/" + requestId + outcome, result);
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.discarding());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
