package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.probe.Listener;
import io.greenlane.rehearsal.container.FreePort;
import io.greenlane.sample.Behaviour;
import io.greenlane.sample.SampleWebsite;
import io.greenlane.sample.Settings;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ValidateTest {
    /** Latency is left alone: how long an answer takes here is up to the machine. */
    private static final String RULES = """
            version: 1
            identity: { header: X-Version, equals: "{{image.tag}}", in_a_row: 1 }
            hooks:
              AfterAllowTestTraffic: { checks: [ready, trial], ready_within: 1s }
              BeforeAllowTraffic: { analyses: [beside], ready_within: 1s }
              AfterAllowTraffic: { checks: [ready], alarms: { names: [ shop-5xx ] }, ready_within: 1s, within: 10m }
            checks:
              ready: { request: GET /health, headers: { x-key: "{{secret:/shop/key}}" } }
              trial: { request: GET /nothing, enforce: false }
            analyses:
              beside:
                traffic: { requests: [ GET /api/products/A-1 ], rate: 100/s, duration: 1s, warm_up: 0s }
                min_samples: 50
                baseline: { confidence: 99.99%, learn: 30, compare: { latency: false, error_rate: false } }
            """;

    @TempDir
    private Path folder = Path.of("");
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void a_version_like_the_one_before_passes_at_every_hook() throws IOException {
        assertThat(validated(Behaviour.GOOD)).isEqualTo(Result.PASS);
        assertThat(shown.toString(UTF_8))
                .contains("only GET / proves that what answers is green", "AfterAllowTestTraffic",
                        "✔ green  The answer to GET / says it is green's", "✔ checks.ready", "✖ checks.trial",
                        "a trial rule, which stops nothing", "BeforeAllowTraffic",
                        "◌ alarms  Alarms are not asked for here: shop-5xx.",
                        "✔ PASS")
                .doesNotContain("4711").doesNotContain("\u001b");
        assertThat(shown.toString(UTF_8).strip().lines().toList().getLast()).isEqualTo(
                "    Report: " + folder.resolve("local/report.html"));
        assertThat(folder.resolve("local")).isDirectoryContaining("glob:**/report.md")
                .isDirectoryContaining("glob:**/report.json").isDirectoryContaining("glob:**/junit.xml");
    }

    @Test
    void a_version_without_a_field_fails_beside_the_one_before_and_ends_there() throws IOException {
        assertThat(validated(Behaviour.MISSING_FIELD)).isEqualTo(Result.FAIL);
        assertThat(shown.toString(UTF_8)).contains("✔ checks.ready", "✖ FAIL", "price")
                .doesNotContain("AfterAllowTraffic\n");
    }

    @Test
    void where_nothing_answers_nothing_can_be_said() throws IOException {
        Listener nobody = new Listener(false, "127.0.0.1", FreePort.find());

        assertThat(validation(nobody, null).run(rules(), List.of(HookEvent.AFTER_ALLOW_TEST_TRAFFIC)))
                .isEqualTo(Result.INCONCLUSIVE);
        assertThat(shown.toString(UTF_8)).contains("? INCONCLUSIVE", "refused");
    }

    @Test
    void an_exit_code_tells_each_result() {
        assertThat(List.of(Result.PASS, Result.WARN, Result.FAIL, Result.INCONCLUSIVE)).map(Validate::code)
                .containsExactly(0, 0, 1, 3);
    }

    @Test
    void a_file_alone_is_read_and_told() throws IOException {
        assertThat(execute("validate", file(RULES).toString())).isZero();
        assertThat(new ValidationPlan(terminal()).of(rules(), List.of(HookEvent.BEFORE_ALLOW_TRAFFIC))).isEqualTo("""

                  ✔ validation.yaml can be used. It would do this:

                  BeforeAllowTraffic, within 30 min
                    proof     green          the load balancer and GET / say so, within 1.0 s
                    analysis  beside         GET /api/products/A-1 at 100/s for 1.0 s, beside blue, 99.99 % sure
                """);
    }

    @Test
    void the_problems_of_a_file_are_told_by_their_place() throws IOException {
        Path file = file(RULES.replace("hooks:", "hoks:").replace("GET /health", "GET health"));

        assertThat(execute("validate", file.toString())).isEqualTo(2);
        assertThat(said.toString(UTF_8).lines()).containsExactly(
                file + ":3:1: There is no 'hoks' in a validation file. Did you mean 'hooks'?",
                file + ":8:21: 'request' must be a method and a path that begins with a slash, such as GET /health, got"
                        + " 'GET health'.");
    }

    @Test
    void what_has_no_value_is_told_with_the_option_that_gives_it() throws IOException {
        Path file = file(RULES);

        assertThat(execute("validate", file.toString(), "--green", "http://localhost:1")).isEqualTo(2);
        assertThat(said.toString(UTF_8)).contains(file + ":2:40: The variable {{image.tag}} has no value in this run.",
                "The secret /shop/key has no value here: give it with --secret /shop/key=ENV.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--blue http://localhost:1|Nothing is validated without --green",
            "--green localhost:8081|--green must be a URL such as http://localhost:8081, got 'localhost:8081'",
            "--green ftp://localhost|--green must be a URL such as http://localhost:8081, got 'ftp://localhost'",
            "--green http://localhost/shop|--green must be scheme, host and port alone",
            "--green http://me:pw@localhost|--green must be scheme, host and port alone",
            "--green http://localhost:99999|--green must have a port from 1 to 65535",
            "--hook AfterInstall|There is no hook 'AfterInstall' for --hook; it may be AfterAllowTestTraffic,",
            "--var image.name=a|There is no variable 'image.name' for --var; it may be image.tag,"})
    void wrong_options_are_refused_by_their_value(String options, String sentence) throws IOException {
        String[] arguments = ("validate " + file(RULES) + " " + options).split(" ");

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(said.toString(UTF_8)).contains(sentence);
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        assertThat(execute("validate", "nowhere.yaml")).isEqualTo(2);
        assertThat(said.toString(UTF_8)).contains("nowhere.yaml:1:1: There is no file 'nowhere.yaml'.");
    }

    private Result validated(Behaviour behaviour) throws IOException {
        try (SampleWebsite blue = SampleWebsite.start(new Settings(0, "v1", Behaviour.GOOD));
                SampleWebsite green = SampleWebsite.start(new Settings(0, "v2", behaviour))) {
            return validation(listener(green), listener(blue)).run(rules(), List.of(HookEvent.values()));
        }
    }

    private LocalValidation validation(Listener green, @Nullable Listener blue) {
        return new LocalValidation(terminal(), Clock.systemUTC(), green, blue, Map.of("image.tag", "v2"), folder);
    }

    private static Listener listener(SampleWebsite website) {
        return new Listener(false, "127.0.0.1", website.port());
    }

    private Terminal terminal() {
        return Terminal.of(new PrintStream(shown, true, UTF_8), null, Map.of());
    }

    private ValidationRules rules() throws IOException {
        Path file = file(RULES);
        Reading reading = new RulesOnDisk(Map.of("image.tag", "v2"), Map.of("/shop/key", "KEY"),
                Map.of("KEY", "key-4711"),
                false).read(file);
        if (reading instanceof Reading.Usable(ValidationRules rules)) {
            return new ValidationRules("validation.yaml", null, rules.sha256(), rules.lines(), rules.identity(),
                    rules.hooks(), rules.secrets());
        }
        throw new AssertionError(reading);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("validation.yaml"), text);
    }

    private int execute(String... arguments) {
        return Rehearse.commandLine(CommandLine.Help.Ansi.OFF).setErr(new PrintWriter(said, true, UTF_8))
                .execute(arguments);
    }
}
