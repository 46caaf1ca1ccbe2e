package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Request;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch.Sought;
import io.greenlane.validation.source.LogFiles;
import io.greenlane.validation.source.LogFiles.Opening;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From what the search found to rules. */
class ServiceRulesTest {
    private static final LogFiles LOG = uri -> new Opening.Opened(new ByteArrayInputStream(
            IntStream.range(0, 50)
                    .mapToObj(i -> "http 2026-11-01T10:00:00.000000Z app/shop/1 192.0.2.1:1 10.0.0.1:80 0 0 0 "
                            + "200 200 1 1 \"GET http://shop.test:80/p/" + i + " HTTP/1.1\" \"-\" - -")
                    .collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8)));
    private static final String TEXT = """
            version: 1
            hooks: { AfterAllowTestTraffic: { analyses: [load] } }
            analyses:
              load:
                traffic: { access_log: "s3://logs/shop.log", sample: 5 }
                thresholds: { error_rate: { max: 1% } }
            """;

    private static ServiceRules of(String deployment) {
        return new ServiceRules(new Variables(Map.of(Variables.DEPLOYMENT_ID, deployment), name -> name), LOG,
                new BuiltInDefault("", "/", ExpectedStatus.parse("200"), Duration.ofMinutes(5)));
    }

    private static ValidationRules usable(Reading reading) {
        return switch (reading) {
            case Reading.Usable(ValidationRules rules) -> rules;
            case Reading.Refused refused -> throw new AssertionError(refused.sentence());
        };
    }

    private static List<String> drawn(String deployment) {
        return Files.hook(usable(of(deployment).read(new Sought.File(new Document("ssm:/shop", "4", TEXT)))),
                HookEvent.AFTER_ALLOW_TEST_TRAFFIC).analyses().get(0).traffic().requests().stream().map(Request::line)
                .toList();
    }

    @Test
    void one_deployment_draws_the_same_requests_each_time_and_another_draws_others() {
        assertThat(drawn("d-AAAAAAAA1")).hasSize(5).isEqualTo(drawn("d-AAAAAAAA1")).isNotEqualTo(drawn("d-AAAAAAAA2"));
    }

    @Test
    void without_a_file_the_built_in_default_applies() {
        ValidationRules rules = usable(of("d-1").read(new Sought.Default("There is no parameter")));

        assertThat(rules.source()).isEqualTo(BuiltInDefault.SOURCE);
        assertThat(rules.hooks()).hasSize(3);
    }

    @Test
    void what_the_search_refuses_is_refused_in_its_words() {
        assertThat(of("d-1").read(new Sought.Refused("The validation file ssm:/shop is named but not there")))
                .isInstanceOfSatisfying(Reading.Refused.class, refused -> assertThat(refused.sentence())
                        .isEqualTo("settings: The validation file ssm:/shop is named but not there"));
    }
}
