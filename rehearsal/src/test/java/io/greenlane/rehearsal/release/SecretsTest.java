package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A secret that a validation file refers to, looked for in everything that a release leaves behind. */
class SecretsTest {
    private static final String CANARY = "canary-\"4711\"/äß";
    private static final String RULES = """
            version: 1
            hooks:
              AfterAllowTestTraffic: { checks: [account], scenarios: [again] }
            checks:
              account:
                request: POST /account
                headers: { x-key: "{{secret:/shop/secrets/plain}}" }
                body: { token: "{{secret:/shop/secrets/token}}" }
                enforce: false
                expect: { status: 200, body: [ { equals: fine } ], json: [ { path: $.you, equals: nobody } ] }
            scenarios:
              again:
                steps:
                  - request: POST /account
                    headers: { x-key: "{{secret:/shop/secrets/plain}}" }
                    body: { token: "{{secret:/shop/secrets/token}}" }
                    save: { you: $.you }
                  - { request: "GET /missing/{{you}}", expect: { status: 404 } }
            """;

    @Test
    void a_secret_that_green_shows_in_its_answers_appears_nowhere() throws IOException {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
                Map.of("SecretPath", "/shop/secrets/"));
        List<String> told = new ArrayList<>();
        site.cloud.journal.follow(entry -> told.add(entry.toString()));
        secret(site, "plain", "plain-0815");
        secret(site, "token", CANARY);
        site.validateBy(packed(RULES));
        Page echo = new Page(200, "{\"you\":\"plain-0815 canary-\\\"4711\\\"/äß\"}", Duration.ofMillis(20));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            site.push("v2", GOOD.with("/account", echo));
            site.settle();
        } finally {
            System.setOut(out);
        }

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(recorded.reason()).contains("GET /missing/***");
        });
        told.add(printed.toString(UTF_8));
        told.addAll(site.cloud.log);
        site.ledger().forEach(item -> told.add(item.toString()));
        site.messages().forEach(message -> told.add(message.toString()));
        Stream.of("Release", "Validation", "Deadline").flatMap(workflow -> site.executionsOf(workflow).stream())
                .forEach(execution -> told.addAll(history(site, execution.executionArn())));
        int before = told.size();
        site.cloud.s3.listObjectsV2(it -> it.bucket(site.resource("Reports"))).contents().stream().map(S3Object::key)
                .forEach(key -> told.add(site.cloud.s3
                        .getObjectAsBytes(it -> it.bucket(site.resource("Reports")).key(key)).asUtf8String()));
        assertThat(told.subList(before, told.size())).anySatisfy(report -> assertThat(report).contains("***"));
        assertThat(told).hasSizeGreaterThan(100)
                .allSatisfy(text -> assertThat(text).doesNotContain("plain-0815", "4711",
                        Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8))));
    }

    private static void secret(SampleSite site, String name, String value) {
        site.cloud.ssm.putParameter(
                it -> it.name("/shop/secrets/" + name).type(ParameterType.SECURE_STRING).value(value));
    }

    private static List<String> history(SampleSite site, String execution) {
        return site.cloud.stepFunctions.getExecutionHistoryPaginator(
                it -> it.executionArn(execution).includeExecutionData(true)).events().stream()
                .map(HistoryEvent::toString).toList();
    }

    private static String packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
