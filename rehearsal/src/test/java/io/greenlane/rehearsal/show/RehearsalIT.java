package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.LocalCloud;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.container.FreePort;
import io.greenlane.rehearsal.iam.Audit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job from end to end: shipped templates, real pushes, real processes, real requests; only waits are shorter, and of the
 * pushes of {@code ./rehearse} those are left out whose kind of end another one has.
 */
class RehearsalIT {
    private static final int TIME_FACTOR = 600;
    private static final List<Act> ACTS = Act.SCENARIO.stream()
            .filter(act -> Set.of("v2", "v3", "v5").contains(act.tag())).toList();
    @TempDir
    private Path layers;
    @TempDir
    private Path reports;

    @Test
    void every_push_ends_as_it_should_and_production_never_notices() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Screen screen = new PlainScreen(Terminal.of(new PrintStream(log, true, UTF_8), null, Map.of()),
                Clock.systemUTC());
        LocalCloud.Settings settings = new LocalCloud.Settings(new Account("111122223333", "eu-west-1"), 0, 0,
                TIME_FACTOR, null, Path.of("target/function-archives"));

        Rehearsal.Result result;
        Audit audit;
        Path callsMade = reports.resolve("calls.jsonl");
        try (CallFile calls = CallFile.open(callsMade);
                Cloud cloud = LocalStage.start(settings, Path.of(".."), Map.of("TerminationWaitMinutes", "5"),
                        ChaosPlan.NONE)) {
            calls.follow(cloud);
            result = new Rehearsal(cloud, screen, Clock.systemUTC(), layers, new SavedReports(reports), TIME_FACTOR)
                    .play(ACTS, FreePort.find(), FreePort.find());
            audit = cloud.audit();
        }

        assertThat(result.releases()).as(log.toString(UTF_8))
                .extracting(release -> release.tag() + " " + release.outcome())
                .containsExactlyInAnyOrder("v2 DEPLOYED", "v3 ROLLED_BACK", "v5 ROLLED_BACK");
        assertThat(reason(result, "v3")).startsWith("AfterAllowTestTraffic: GET / answered 500, expected 200");
        assertThat(reason(result, "v5")).startsWith("BeforeAllowTraffic: ")
                .contains("green leaves out $.products[*].price", "blue against blue never did");
        assertThat(result.releases()).filteredOn(release -> release.tag().equals("v5")).singleElement()
                .satisfies(release -> assertThat(release.report()).content(UTF_8)
                        .contains("failed validation", "$.products[*].price", "<svg"));
        assertThat(result.production().failed()).as(result.production().toString()).isZero();
        assertThat(result.production().byVersion()).containsOnlyKeys("v1", "v2");
        assertThat(result.asExpected()).isTrue();
        assertThat(audit.denied()).isEmpty();
        assertThat(PermissionTable.rows(audit)).extracting(PermissionTable.Row::role, PermissionTable.Row::action,
                PermissionTable.Row::allowed).contains(
                        tuple("greenlane-StartDeploymentRole",
                                "codedeploy:CreateDeployment", true),
                        tuple("events.amazonaws.com", "lambda:InvokeFunction", true));
        assertThat(Files.readString(callsMade).lines().map(RehearsalIT::json))
                .allSatisfy(call -> assertThat(call.path("allowed").booleanValue()).as(call.toString()).isTrue())
                .extracting(call -> call.path("caller").asText(), call -> call.path("role").asText(),
                        call -> call.path("operation").asText())
                .contains(tuple("greenlane-StartDeployment", "greenlane-StartDeploymentRole", "CreateDeployment"),
                        tuple("events.amazonaws.com", "null", "Invoke"));
    }

    private static JsonNode json(String line) {
        try {
            return JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(line, notJson);
        }
    }

    private static String reason(Rehearsal.Result result, String tag) {
        return result.releases().stream().filter(release -> release.tag().equals(tag)).map(ReleaseResult::reason)
                .findFirst().orElseThrow();
    }
}
