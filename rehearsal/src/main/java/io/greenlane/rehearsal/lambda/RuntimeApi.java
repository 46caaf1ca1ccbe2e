package io.greenlane.rehearsal.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The Lambda Runtime API, version 2018-06-01, for all functions on one local port. An environment is told apart by the path
 * in its {@code AWS_LAMBDA_RUNTIME_API}: {@code 127.0.0.1:<port>/<environment id>}.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String VERSION = "2018-06-01";

    private final Timeline timeline;
    private final HttpServer server;
    private final Map<String, ExecutionEnvironment> environments = new HashMap<>();

    RuntimeApi(Timeline timeline) {
        this.timeline = timeline;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException("No local port for the Lambda Runtime API", failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** The value of AWS_LAMBDA_RUNTIME_API for the environment. */
    String addressFor(ExecutionEnvironment environment) {
        environments.put(environment.id(), environment);
        return "127.0.0.1:" + server.getAddress().getPort() + "/" + environment.id();
    }

    /** Answers the environment no more. */
    void forget(ExecutionEnvironment environment) {
        environments.remove(environment.id());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", 4);
            ExecutionEnvironment environment = path.length == 4 && path[2].equals(VERSION)
                    ? timeline.call(() -> environments.get(path[1]))
                    : null;
            if (environment == null) {
                answer(exchange, 404, "{\"errorType\":\"NotFound\",\"errorMessage\":\"No such environment\"}");
                return;
            }
            String request = exchange.getRequestMethod() + " " + path[3];
            switch (request) {
                case "GET runtime/invocation/next" -> next(exchange, environment);
                case "GET runtime/restore/next" -> answer(exchange, 200, "");
                case "POST runtime/init/error", "POST runtime/restore/error" -> {
                    String body = body(exchange);
                    timeline.run(() -> environment.failInit(body));
                    answer(exchange, 202, "");
                }
                default -> answered(exchange, environment, request);
            }
        }
    }

    private void next(HttpExchange exchange, ExecutionEnvironment environment) throws IOException {
        CompletableFuture<Invocation> work = timeline.call(environment::next);
        try {
            Invocation invocation = work.get();
            long deadline = timeline.call(timeline::now).plus(environment.function().timeout()).toEpochMilli();
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
            exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
            exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
            exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", traceId(invocation.requestId()));
            answer(exchange, 200, invocation.payload());
        } catch (CancellationException | ExecutionException over) {
            answer(exchange, 500, "{\"errorType\":\"ContainerError\",\"errorMessage\":\"The environment has ended\"}");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void answered(HttpExchange exchange, ExecutionEnvironment environment, String request) throws IOException {
        String[] parts = request.split("/", 5);
        if (parts.length != 4 || !request.startsWith("POST runtime/invocation/")) {
            answer(exchange, 404,
                    "{\"errorType\":\"NotFound\",\"errorMessage\":\"The Runtime API has no " + VERSION + " "
                            + request.replaceAll("[^A-Za-z0-9/ -]", "") + "\"}");
            return;
        }
        String body = body(exchange);
        Answer answer = parts[3].equals("response") ? new Answer.Returned(body) : new Answer.Failed(body);
        boolean known = timeline.call(() -> environment.answer(parts[2], answer));
        answer(exchange, known ? 202 : 400, known
                ? "{\"status\":\"OK\"}"
                : "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
    }

    private static String traceId(String requestId) {
        String hex = requestId.replace("-", "");
        return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8, 32) + ";Parent=" + hex.substring(16, 32)
                + ";Sampled=0";
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
