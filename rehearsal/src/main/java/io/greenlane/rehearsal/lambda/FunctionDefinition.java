package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java function as a template defines it.
 *
 * @param name without account or qualifier
 * @param handler {@code package.Class::method}
 * @param classPath directories and jars with the code and its libraries, in order
 * @param environment the function's own variables; what Lambda sets itself is added
 * @param timeout 1 s to 15 min, of real work: never shortened
 * @param memoryMegabytes 128 to 10,240; bounds the heap
 * @param role ARN of the execution role
 * @param logGroup where its output goes
 * @param logFormat shape of the lines that Lambda writes itself, and of the context's logger
 * @param retries what happens to a failed asynchronous invocation
 */
public record FunctionDefinition(
        String name, String handler, List<Path> classPath, Map<String, String> environment, Duration timeout,
        int memoryMegabytes, String role, String logGroup, LogFormat logFormat, EventInvokeConfig retries) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

    public FunctionDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A function name has 1 to 64 letters, digits, hyphens and underscores, got '" + name + "'");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(900)) > 0) {
            throw new IllegalArgumentException("The timeout of " + name + " must be 1 to 900 s, got " + timeout);
        }
        if (memoryMegabytes < 128 || memoryMegabytes > 10_240) {
            throw new IllegalArgumentException(
                    "The memory of " + name + " must be 128 to 10240 MB, got " + memoryMegabytes);
        }
        classPath = List.copyOf(classPath);
        environment = Map.copyOf(environment);
    }

    /** A function with Lambda's defaults: 3 s, 128 MB, two retries, text logs. */
    public static FunctionDefinition of(String name, String handler, List<Path> classPath) {
        return new FunctionDefinition(name, handler, classPath, Map.of(), Duration.ofSeconds(3), 128,
                "arn:aws:iam::000000000000:role/" + name, "/aws/lambda/" + name, LogFormat.TEXT,
                EventInvokeConfig.DEFAULT);
    }

    /** The class path of a built module: {@code target/classes} and the jars of {@code target/lib}. */
    public static List<Path> classPathOf(Path target) {
        List<Path> entries = new ArrayList<>(List.of(target.resolve("classes")));
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(entries::add);
        } catch (IOException missing) {
            throw new UncheckedIOException("No libraries in " + target.resolve("lib") + ": build the module first",
                    missing);
        }
        return List.copyOf(entries);
    }

    /** The access key id that its calls are signed with. */
    public String accessKeyId() {
        return "ASIA" + FunctionProcess.fingerprint("key " + name).substring(0, 16);
    }

    /** Who its calls come from: its role, named after it. */
    public Principal.Session session(Account account) {
        return new Principal.Session(role, name,
                new Principal.Assumption("lambda.amazonaws.com", account.arn("lambda", "function:" + name)));
    }

    public FunctionDefinition withEnvironment(Map<String, String> variables) {
        return new FunctionDefinition(name, handler, classPath, variables, timeout, memoryMegabytes, role, logGroup,
                logFormat, retries);
    }

    public FunctionDefinition withTimeout(Duration limit) {
        return new FunctionDefinition(name, handler, classPath, environment, limit, memoryMegabytes, role, logGroup,
                logFormat, retries);
    }

    /** As in LoggingConfig. */
    public enum LogFormat {
        TEXT("Text"), JSON("JSON");

        private final String wire;

        LogFormat(String wire) {
            this.wire = wire;
        }

        /** Lambda's own spelling. */
        public String wire() {
            return wire;
        }
    }

    /**
     * Retries of asynchronous invocations.
     *
     * @param maximumRetryAttempts 0 to 2
     * @param maximumEventAge 60 s to 6 h
     */
    public record EventInvokeConfig(int maximumRetryAttempts, Duration maximumEventAge) {
        /** What Lambda does without a configuration: two retries within six hours. */
        public static final EventInvokeConfig DEFAULT = new EventInvokeConfig(2, Duration.ofHours(6));

        public EventInvokeConfig {
            if (maximumRetryAttempts < 0 || maximumRetryAttempts > 2) {
                throw new IllegalArgumentException(
                        "MaximumRetryAttempts must be 0, 1 or 2, got " + maximumRetryAttempts);
            }
        }
    }
}
