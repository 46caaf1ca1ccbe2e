package io.greenlane.rehearsal.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.ScaledTimeline;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Functions in real processes. */
class FunctionHostTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final ScaledTimeline timeline = new ScaledTimeline(Clock.systemUTC(), 1000, faults::add);
    private final FunctionHost host = new FunctionHost(ACCOUNT, timeline, new Journal(timeline),
            (group, stream, time, text) -> log.add(group + " " + text), () -> URI.create("http://127.0.0.1:1"), null,
            null,
            new Random(1));
    private final SimulatedLambda lambda = new SimulatedLambda(ACCOUNT, timeline, host);

    @AfterEach
    void close() {
        timeline.run(host::close);
        timeline.close();
        assertThat(faults).isEmpty();
    }

    @Test
    void a_function_runs_in_one_process_that_is_used_again() throws Exception {
        define("probe", Map.of());

        JsonNode first = JSON.readTree(invoke("probe", "{\"do\":\"echo\",\"ü\":[1,null]}").payload().asUtf8String());
        JsonNode second = JSON.readTree(invoke("probe", "{}").payload().asUtf8String());

        assertThat(first.at("/echo/ü/0").asInt()).isEqualTo(1);
        assertThat(first.at("/calls").asInt()).isEqualTo(1);
        assertThat(second.at("/calls").asInt()).isEqualTo(2);
        assertThat(second.at("/pid")).isEqualTo(first.at("/pid")).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(first.at("/arn").asText()).isEqualTo("arn:aws:lambda:eu-west-1:111122223333:function:probe");
        assertThat(first.at("/remaining").asInt()).isBetween(1, 60_000);
        assertThat(log).anySatisfy(line -> assertThat(line).isEqualTo("/aws/lambda/probe doing echo"))
                .anySatisfy(line -> assertThat(line).contains("REPORT RequestId"));
    }

    @Test
    void an_exception_is_a_function_error_with_its_type_and_stack() throws Exception {
        define("probe", Map.of());

        InvokeResponse response = invoke("probe", "{\"do\":\"fail\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        JsonNode error = JSON.readTree(response.payload().asUtf8String());
        assertThat(error.at("/errorMessage").asText()).isEqualTo("You asked for it");
        assertThat(error.at("/errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(error.at("/stackTrace")).isNotEmpty();
    }

    @Test
    void a_process_that_exits_fails_its_invocation_and_the_next_one_gets_a_new_process() throws Exception {
        define("probe", Map.of());

        JsonNode error = JSON.readTree(invoke("probe", "{\"do\":\"exit\"}").payload().asUtf8String());
        JsonNode next = JSON.readTree(invoke("probe", "{}").payload().asUtf8String());

        assertThat(error.at("/errorType").asText()).isEqualTo("Runtime.ExitError");
        assertThat(error.at("/errorMessage").asText()).endsWith("exit status 3");
        assertThat(next.at("/calls").asInt()).isEqualTo(1);
    }

    @Test
    void a_function_over_its_timeout_is_killed() throws Exception {
        timeline.run(() -> host.define(probe("probe", Map.of()).withTimeout(Duration.ofSeconds(1))));

        JsonNode error = JSON.readTree(invoke("probe", "{\"do\":\"hang\"}").payload().asUtf8String());
        JsonNode next = JSON.readTree(invoke("probe", "{}").payload().asUtf8String());

        assertThat(error.at("/errorType").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(error.at("/errorMessage").asText()).endsWith("Task timed out after 1.00 seconds");
        assertThat(next.at("/calls").asInt()).isEqualTo(1);
    }

    @Test
    void a_constructor_that_throws_fails_the_invocation_with_its_reason() throws Exception {
        define("probe", Map.of("BREAK_INIT", "yes"));

        InvokeResponse response = invoke("probe", "{}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String()).contains("No settings");
    }

    @Test
    void a_function_sees_lambdas_environment_and_nothing_of_ours() throws Exception {
        define("probe", Map.of("GREETING", "hello"));

        JsonNode seen = JSON.readTree(invoke("probe", "{\"do\":\"environment\"}").payload().asUtf8String());

        assertThat(seen.fieldNames()).toIterable().contains("GREETING", "AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME")
                .doesNotContain("HOME", "USER", "JAVA_HOME", "AWS_PROFILE");
        assertThat(seen.at("/AWS_ENDPOINT_URL").asText()).isEqualTo("http://127.0.0.1:1");
        String accessKeyId = seen.at("/AWS_ACCESS_KEY_ID").asText();
        assertThat(accessKeyId).matches("ASIA[A-Z2-9]{16}");
        assertThat(host.signingWith(accessKeyId)).map(FunctionDefinition::name).contains("probe");
    }

    @Test
    void a_failed_event_is_tried_twice_more_with_the_same_request_id() throws Exception {
        define("probe", Map.of());

        InvokeResponse response = lambda.invoke(request -> request.functionName("probe")
                .invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String("{\"do\":\"fail\"}")));

        assertThat(response.statusCode()).isEqualTo(202);
        List<String> starts = List.of(nextStart(), nextStart(), nextStart());
        assertThat(starts.stream().distinct()).hasSize(1);
    }

    @Test
    void invocations_at_the_same_time_get_processes_of_their_own() throws Exception {
        define("probe", Map.of());
        CompletableFuture<FunctionInvoker.Answer> hanging = new CompletableFuture<>();
        timeline.run(() -> host.invoke("probe", "{\"do\":\"hang\"}", hanging::complete));

        InvokeResponse response = invoke("probe", "{}");

        assertThat(response.functionError()).isNull();
        assertThat(hanging).isNotDone();
    }

    @Test
    void an_alias_names_the_function_and_an_unknown_one_does_not() throws Exception {
        define("probe", Map.of());
        timeline.run(() -> host.defineAlias("probe", "live", "1"));

        assertThat(invoke("arn:aws:lambda:eu-west-1:111122223333:function:probe:live", "{}").payload().asUtf8String())
                .contains("function:probe:live");
        assertThatThrownBy(() -> invoke("probe:other", "{}")).isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("function:probe:other");
    }

    @Test
    void an_unknown_function_can_be_served_by_another_lambda_endpoint() throws Exception {
        try (FunctionServer other = new FunctionServer()) {
            FunctionHost forwarding = new FunctionHost(ACCOUNT, timeline, new Journal(timeline),
                    (group, stream, time, text) -> {
                    }, () -> URI.create("http://127.0.0.1:1"), other.address(), null, new Random(1));
            try {
                SimulatedLambda api = new SimulatedLambda(ACCOUNT, timeline, forwarding);
                assertThat(
                        api.invoke(request -> request.functionName("arn:aws:lambda:eu-west-1:111122223333:function:f")
                                .payload(SdkBytes.fromUtf8String("{\"a\":1}"))).payload().asUtf8String())
                        .isEqualTo(
                                "{\"called\":\"arn:aws:lambda:eu-west-1:111122223333:function:f\",\"with\":{\"a\":1}}");
                assertThatThrownBy(() -> api.invoke(request -> request.functionName("missing")))
                        .isInstanceOf(LambdaException.class)
                        .hasMessageContaining("not there");
            } finally {
                timeline.run(forwarding::close);
            }
        }
    }

    @Test
    void the_plain_runtime_answers_like_the_official_one() throws Exception {
        RuntimeApi api = new RuntimeApi(timeline);
        CompletableFuture<FunctionInvoker.Answer> good = new CompletableFuture<>();
        CompletableFuture<FunctionInvoker.Answer> bad = new CompletableFuture<>();
        FunctionDefinition function = probe("probe", Map.of());
        FunctionPool pool = new FunctionPool(timeline, 1, new FunctionPool.Host() {
            @Override
            public ExecutionEnvironment start(ExecutionEnvironment.Owner owner) {
                ExecutionEnvironment environment = new ExecutionEnvironment("e1", function, "stream", timeline, owner);
                String address = api.addressFor(environment);
                environment.start(() -> FunctionProcess.command(ACCOUNT, function, RuntimeClient.plain(),
                        new StartArchive.Launch(List.of(), FunctionProcess.classPath(function, RuntimeClient.plain())),
                        address, "stream", URI.create("http://127.0.0.1:1")));
                return environment;
            }

            @Override
            public void ended(ExecutionEnvironment environment) {
                api.forget(environment);
            }

            @Override
            public void log(ExecutionEnvironment environment, String line) {
                log.add(line);
            }
        });
        timeline.run(() -> {
            pool.submit(new Invocation("11111111-2222-3333-4444-555555555555", "arn:f", "{}", good::complete));
            pool.submit(new Invocation("11111111-2222-3333-4444-555555555556", "arn:f", "{\"do\":\"fail\"}",
                    bad::complete));
        });

        assertThat(good.get(60, TimeUnit.SECONDS)).isInstanceOf(FunctionInvoker.Answer.Returned.class);
        assertThat(bad.get(60, TimeUnit.SECONDS)).isInstanceOfSatisfying(FunctionInvoker.Answer.Failed.class,
                failed -> assertThat(failed.payload()).contains("You asked for it"));
        timeline.run(pool::stop);
        api.close();
    }

    @Test
    void functions_end_when_the_local_cloud_is_killed(@TempDir Path leftBehind) throws Exception {
        Process cloud = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + leftBehind, "-cp",
                System.getProperty("java.class.path"), KilledHost.class.getName(), classes().toString())
                .redirectErrorStream(true).start();
        String answer = cloud.inputReader().readLine();
        ProcessHandle function = ProcessHandle.of(JSON.readTree(answer).at("/pid").asLong()).orElseThrow();

        cloud.destroyForcibly();

        assertThat(function.onExit().get(30, TimeUnit.SECONDS)).isNotNull();
    }

    private String nextStart() throws InterruptedException {
        while (true) {
            String line = log.poll(60, TimeUnit.SECONDS);
            assertThat(line).isNotNull();
            if (line.contains(" START ")) {
                return line;
            }
        }
    }

    private void define(String name, Map<String, String> environment) {
        timeline.run(() -> host.define(probe(name, environment)));
    }

    private InvokeResponse invoke(String function, String payload) {
        return lambda.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(payload)));
    }

    private static FunctionDefinition probe(String name, Map<String, String> environment) {
        return FunctionDefinition.of(name, ProbeFunction.class.getName() + "::handleRequest", List.of(classes()))
                .withEnvironment(environment).withTimeout(Duration.ofSeconds(60));
    }

    private static Path classes() {
        try {
            return Path.of(ProbeFunction.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
