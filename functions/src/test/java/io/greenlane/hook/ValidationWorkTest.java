package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.json.JsonObject;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.release.World;
import io.greenlane.report.ReportFiles;
import io.greenlane.report.Subject;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.reading.BuiltInDefault;
import io.greenlane.validation.run.Stage;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.LogFiles.Opening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidationWorkTest {
    private static final CodeDeployHook HOOK = new CodeDeployHook(HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
            new HookCall("d-1", "execution"));
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final String RULES = """
            version: 1
            hooks:
              AfterAllowTestTraffic: { checks: [page], within: 20m }
            checks:
              page:
                request: "GET /{{service.name}}/{{deployment.id}}/{{image.tag}}/{{image.digest}}"
                retry: { attempts: 9, every: 10s, in_a_row: 3 }
            """;

    private final World world = new World();
    private final Map<String, String> files = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private Lookup file = found(RULES);
    private @Nullable String tag = "v1";
    private @Nullable String digest = World.digest('a').text();
    private int status = 200;
    private int open;

    private static Lookup found(String text) {
        return new Lookup.Found(new Document("ssm:/greenlane/api/validation", "3", text));
    }

    private @Nullable Validated go(Duration budget) {
        Stage pace = new Stage();
        Listener green = new Listener(false, "green.example.test", 8080);
        ValidationTarget target = new ValidationTarget(
                new Subject("d-1", null, "shop/api", "shop/api", tag, digest, null), "api", green, null, () -> null);
        ReportFiles kept = new ReportFiles() {
            @Override
            public void write(String name, String contentType, String text) {
                files.put(name, text);
            }

            @Override
            public @Nullable String read(String name) {
                return files.get(name);
            }
        };
        ValidationWork.Rules rules = new ValidationWork.Rules(new DocumentSearch(uri -> file), "", name -> "secret",
                uri -> new Opening.Unavailable("There is none"),
                new BuiltInDefault("", "/health", new ExpectedStatus(List.of(new ExpectedStatus.Range(200, 299))),
                        Duration.ofMinutes(1)));
        return new ValidationWork(hook -> target, rules, new ValidationWork.Tools(occasion -> {
            open++;
            return new Sender() {
                @Override
                public Answer send(Listener listener, Request request) {
                    asked.add(request.target());
                    return Stage.answer(status, "{}", 20);
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }, names -> List.of(), pace, new Random(7)), kept, world.clock).go(HOOK, budget);
    }

    @Test
    void a_green_that_is_well_is_told_with_its_image_and_a_report() {
        Validated validated = Objects.requireNonNull(go(LONG));

        assertThat(validated.result()).isEqualTo(Result.PASS);
        assertThat(validated.digest()).isEqualTo(World.digest('a'));
        assertThat(files.get(String.valueOf(validated.report()))).contains("shop/api:v1");
        assertThat(asked).contains("/api/d-1/v1/" + World.digest('a'));
        assertThat(open).isZero();
    }

    @Test
    void a_green_that_is_not_fails() {
        status = 500;

        assertThat(Objects.requireNonNull(go(LONG))).satisfies(validated -> {
            assertThat(validated.result()).isEqualTo(Result.FAIL);
            assertThat(validated.sentence()).contains("answered 500, expected 200-399");
        });
    }

    @Test
    void slice_after_slice_goes_by_the_rules_of_the_first_whatever_becomes_of_the_file() {
        assertThat(go(SHORT)).isNull();
        file = found("no rules at all");
        world.pass(Duration.ofMinutes(1));

        assertThat(Objects.requireNonNull(go(LONG)).result()).isEqualTo(Result.PASS);
        assertThat(files.get("d-1/AfterAllowTestTraffic.json")).contains(World.START.toString(),
                World.START.plusSeconds(60).toString());
        assertThat(open).isZero();
    }

    @Test
    void what_is_done_is_answered_again_without_another_look_at_green() {
        Validated first = go(LONG);
        int requests = asked.size();
        status = 500;

        assertThat(go(LONG)).isEqualTo(first);
        assertThat(asked).hasSize(requests);
    }

    @Test
    void a_file_that_cannot_be_used_says_nothing_about_green_and_is_shown() {
        file = found(RULES.replace("checks: [page]", "checks: [side]").replace("every: 10s", "every: never"));

        Validated validated = Objects.requireNonNull(go(LONG));
        assertThat(validated.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(files.get("d-1/AfterAllowTestTraffic.json")).contains("2 problems", "every: never");
        assertThat(asked).isEmpty();
        file = found(RULES);
        assertThat(go(LONG)).isEqualTo(validated);
    }

    @Test
    void a_file_that_cannot_be_read_says_nothing_about_green_either() {
        file = new Lookup.Unreadable("No permission");

        Validated validated = Objects.requireNonNull(go(LONG));
        assertThat(validated.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(validated.sentence()).contains("No permission");
    }

    @Test
    void without_a_file_the_built_in_default_applies_to_all_slices() {
        file = new Lookup.NotThere("There is no parameter");
        tag = null;
        digest = null;
        assertThat(go(SHORT)).isNull();
        file = found(RULES);

        assertThat(Objects.requireNonNull(go(LONG))).satisfies(it -> {
            assertThat(it.result()).isEqualTo(Result.PASS);
            assertThat(it.digest()).isNull();
        });
        assertThat(asked).contains("/health").doesNotContain("/api/d-1/v1/" + World.digest('a'));
    }

    @Test
    void a_worksheet_reads_as_it_was_written() {
        go(SHORT);
        assertThat(files).containsKey("d-1/AfterAllowTestTraffic.progress.json");
        Worksheet refused = new Worksheet(world.now, new DocumentSearch.Sought.Refused("No permission"),
                io.greenlane.validation.run.Progress.NONE);
        assertThat(Worksheet.from(new JsonObject("worksheet", refused.members()))).isEqualTo(refused);
    }

    @Test
    void what_is_not_known_is_left_out() {
        Validated bare = new Validated(Result.WARN, "Slow.", null, null);
        assertThat(Validated.from(new JsonObject("validated", bare.members()))).isEqualTo(bare);
        assertThat(bare.members()).containsOnlyKeys("result", "sentence");
    }
}
