package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Account;
import java.io.File;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a function's process is started: the JVM's options and the environment variables that Lambda sets. */
final class FunctionProcess {
    private static final int JVM_OVERHEAD_MEGABYTES = 64;

    private FunctionProcess() {}

    /**
     * The command, ready to start.
     *
     * @param launch of the function's class path with that of the client
     * @param runtimeApi value of AWS_LAMBDA_RUNTIME_API
     * @param endpoint the local cloud, which the function takes for AWS
     */
    static ProcessBuilder command(Account account, FunctionDefinition function, RuntimeClient client,
            StartArchive.Launch launch, String runtimeApi, String logStream, URI endpoint) {
        String classPath = launch.classPath().stream().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + Math.max(64, function.memoryMegabytes() - JVM_OVERHEAD_MEGABYTES) + "m",
                        "-Xms16m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(launch.options());
        command.addAll(client.options());
        command.addAll(List.of("-cp", classPath, client.mainClass(), function.handler()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // Nothing of the caller's environment may reach a function: it could be a real credential.
        environment.clear();
        environment.putAll(function.environment());
        environment.putAll(reserved(account, function, runtimeApi, logStream));
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        return builder;
    }

    /** The class path of a function's process. */
    static List<Path> classPath(FunctionDefinition function, RuntimeClient client) {
        return Stream.concat(function.classPath().stream(), client.classPath().stream()).toList();
    }

    private static Map<String, String> reserved(Account account, FunctionDefinition function, String runtimeApi,
            String logStream) {
        return Map.ofEntries(Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes())),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup()),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", logStream),
                Map.entry("AWS_LAMBDA_LOG_FORMAT", function.logFormat().wire()),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"), Map.entry("AWS_REGION", account.region()),
                Map.entry("AWS_DEFAULT_REGION", account.region()),
                Map.entry("AWS_ACCESS_KEY_ID", function.accessKeyId()),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local-" + fingerprint("secret " + function.name())),
                Map.entry("AWS_SESSION_TOKEN", "local"), Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("AWS_CONFIG_FILE", "/dev/null"), Map.entry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
                Map.entry("_HANDLER", function.handler()), Map.entry("LAMBDA_TASK_ROOT", "/var/task"),
                Map.entry("LAMBDA_RUNTIME_DIR", "/var/runtime"), Map.entry("TZ", ":UTC"),
                Map.entry("LANG", "en_US.UTF-8"), Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    /** Letters and digits that the text is told by. */
    static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).toString(32).toUpperCase(Locale.ROOT).replace('0', 'X')
                    .replace('1', 'Y');
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
