package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScreensTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(12), ZoneOffset.UTC);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void a_log_gets_one_line_for_each_event_and_no_cursor_movement() {
        play(new PlainScreen(terminal(null, Map.of()), CLOCK));

        assertThat(text()).isEqualTo("""
                05:06:19.000         ✔ The local cloud is up
                05:06:19.000  v2     • v2, a good version
                05:06:19.000  v2     ✔ Pushed v2: sha256:aaaaaaaaaaaa
                05:06:19.000  v2     ◷ StartDeployment
                05:06:19.000  v2     ◷   AllowTraffic
                05:06:19.000  v2     ✔   Production traffic: ██████████ 100 % green, 0 % blue
                05:06:19.000  v2     ◷   Blue is kept: 1 h on AWS
                05:06:19.000  v2     ✔ StartDeployment
                05:06:19.000  v2     ✔ DEPLOYED: live
                """);
    }

    @Test
    void a_terminal_gets_a_tree_with_progress_and_production_below() {
        LiveScreen screen = new LiveScreen(terminal("76x24", Map.of("NO_COLOR", "1")), CLOCK);
        screen.open("v2", "v2, a good version");
        screen.step("v2", step("push", 0, "Pushed v2", Mark.DONE, "sha256:aaaaaaaaaaaa", null));
        screen.step("v2", step("StartDeployment", 0, "StartDeployment", Mark.RUNNING, "", null));
        written.reset();
        screen.step("v2", step("wait", 1, "BlueTermination", Mark.RUNNING, "", START.plusSeconds(48)));
        screen.tick(new Visitors.Tally(1234, 0, Map.of("v2", 1234), "v2", null));

        assertThat(text()).endsWith("""

                  v2, a good version
                  ├ ✔ Pushed v2                   sha256:aaaaaaaaaaaa
                  └ ◷ StartDeployment                                                   12 s
                    └ ◷ BlueTermination           █████░░░░░░░░░░░░░░░ 36 s left        12 s

                  production  1,234 requests  0 failed  ● v2 serves
                """);
        assertThat(text().lines()).allSatisfy(line -> assertThat(line.replaceAll("\u001b\\[[0-9]*[AJ]|\r", ""))
                .hasSizeLessThanOrEqualTo(76));
    }

    @Test
    void colours_are_for_terminals_and_for_those_who_insist() {
        assertThat(terminal("80x24", Map.of()).colours()).isTrue();
        assertThat(terminal("80x24", Map.of("NO_COLOR", "1")).colours()).isFalse();
        assertThat(terminal(null, Map.of()).colours()).isFalse();
        assertThat(terminal(null, Map.of("CLICOLOR_FORCE", "1")).colours()).isTrue();
        assertThat(terminal("nonsense", Map.of()).live()).isFalse();
    }

    @Test
    void the_table_shows_every_push_and_what_production_saw() {
        List<ReleaseResult> releases = List.of(
                new ReleaseResult("v2", "sha256:a", "web", "DEPLOYED", "Live on the service.", 34.21, 3634.21, null,
                        true),
                new ReleaseResult("v3", "sha256:b", "web", "DEPLOYED",
                        "It should have been rolled back, but the broken page "
                                + "went live and nobody noticed in time.",
                        8.04, 8.04, Path.of("reports/d-1/report.html"), false));

        String table = new ResultTable(terminal("80x24", Map.of("NO_COLOR", "1"))).of(releases,
                new Visitors.Tally(2000, 1, Map.of("v1", 1999), "v1", "status 502"));

        assertThat(table).isEqualTo("""

                    Push  Outcome   Took   In full  Why
                  ──────────────────────────────────────────────────────────────────────────────
                  ✔ v2    DEPLOYED  34 s   1 h      Live on the service.
                  ✖ v3    DEPLOYED  8.0 s  8.0 s    It should have been rolled back, but the
                                                    broken page went live and nobody noticed in
                                                    time.
                                                    Report: reports/d-1/report.html

                  ✖ 2,000 production requests, 1 failed; the first: status 502. Served by v1 1,999.
                    v1 serves production now.
                    In full: with the deployment's waits as long as on AWS.
                """);
    }

    @Test
    void the_file_names_releases_and_production() {
        List<ReleaseResult> releases = List
                .of(new ReleaseResult("v2", "sha256:a", "web", "DEPLOYED", "Live.", 34.2, 3634.2,
                        Path.of("reports/d-1/report.html"), true));

        assertThat(ResultJson.of(releases, new Visitors.Tally(2000, 0, Map.of("v2", 2000), "v2", null)).toString())
                .isEqualTo("{\"releases\":[{\"tag\":\"v2\",\"digest\":\"sha256:a\",\"service\":\"web\","
                        + "\"outcome\":\"DEPLOYED\",\"reason\":\"Live.\",\"seconds\":34.2,\"secondsInFull\":3634.2,"
                        + "\"report\":\"reports/d-1/report.html\"}],"
                        + "\"production\":{\"requests\":2000,\"failed\":0,\"servedBy\":\"v2\",\"byVersion\":{\"v2\":2000}}}");
    }

    private static void play(Screen screen) {
        screen.say(Mark.DONE, "The local cloud is up");
        screen.open("v2", "v2, a good version");
        StepReader reader = new StepReader("v2", 60, screen::open, screen::step);
        reader.read(entry("ecr", "ImagePushed", "web", Map.of("tag", "v2", "digest", "sha256:" + "a".repeat(64))));
        reader.read(entry("states", "StateEntered", "run", Map.of("state", "DecideByPlan")));
        reader.read(entry("states", "StateEntered", "run", Map.of("state", "StartDeployment")));
        reader.read(entry("codedeploy", "LifecycleEventStarted", "d-1",
                Map.of("lifecycleEvent", "AllowTraffic")));
        reader.read(entry("codedeploy", "TrafficShifted", "d-1", Map.of("route", "production", "greenPercent", "100")));
        reader.read(entry("codedeploy", "WaitStarted", "d-1", Map.of("wait", "TERMINATION_WAIT", "duration", "PT1H")));
        reader.read(entry("states", "StateExited", "run", Map.of("state", "StartDeployment")));
        screen.close("v2", Mark.DONE, "DEPLOYED: live");
    }

    private static Journal.Entry entry(String service, String kind, String subject, Map<String, String> facts) {
        return new Journal.Entry(START, service, kind, subject, facts, "");
    }

    private static Step step(String id, int depth, String title, Mark mark, String detail, @Nullable Instant due) {
        return new Step(id, depth, title, mark, detail, START, mark == Mark.RUNNING ? null : START, due);
    }

    private Terminal terminal(@Nullable String size, Map<String, String> environment) {
        return Terminal.of(new PrintStream(written, true, UTF_8), size, environment);
    }

    private String text() {
        return written.toString(UTF_8);
    }
}
