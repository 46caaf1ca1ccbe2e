package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Page;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    void a_secret_that_green_shows_in_its_answers_appears_nowhere() {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
                Map.of("SecretPath", "/shop/secrets/"));
        secret(site, "plain", "plain-0815");
        secret(site, "token", CANARY);
        site.validateBy(SampleSite.packed(RULES));
        Page echo = new Page(200, "{\"you\":\"plain-0815 canary-\\\"4711\\\"/äß\"}", Duration.ofMillis(20));
        try (Leavings leavings = new Leavings(site)) {
            site.push("v2", GOOD.with("/account", echo));
            site.settle();

            assertThat(site.recorded()).singleElement().satisfies(recorded -> {
                assertThat(recorded.outcome()).isEqualTo("ROLLED_BACK");
                assertThat(recorded.reason()).contains("GET /missing/***");
            });
            assertThat(leavings.reports()).anySatisfy(report -> assertThat(report).contains("***"));
            assertThat(leavings.all()).hasSizeGreaterThan(100)
                    .allSatisfy(text -> assertThat(text).doesNotContain("plain-0815", "4711",
                            Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8))));
        }
    }

    private static void secret(SampleSite site, String name, String value) {
        site.cloud.ssm.putParameter(
                it -> it.name("/shop/secrets/" + name).type(ParameterType.SECURE_STRING).value(value));
    }
}
