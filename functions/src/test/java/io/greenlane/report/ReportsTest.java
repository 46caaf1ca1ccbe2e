package io.greenlane.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.report.Samples.MemoryFiles;
import io.greenlane.validation.Result;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Records in, four forms out. */
class ReportsTest {
    private static final ValidationRecord GOOD = Samples.good();
    private static final ValidationRecord SLOW = Samples.slow();

    private final MemoryFiles files = new MemoryFiles();
    private final Reports reports = new Reports(files);

    @Test
    void a_hook_is_kept_by_its_name_and_all_hooks_make_one_report() {
        assertThat(reports.add(GOOD)).isEqualTo("d-AB12CD34E/report.html");
        reports.add(SLOW);

        assertThat(files.types).containsExactlyInAnyOrderEntriesOf(Map.of(
                "d-AB12CD34E/AfterAllowTestTraffic.json", "application/json",
                "d-AB12CD34E/BeforeAllowTraffic.json", "application/json",
                "d-AB12CD34E/report.json", "application/json",
                "d-AB12CD34E/report.md", "text/markdown; charset=utf-8",
                "d-AB12CD34E/junit.xml", "application/xml",
                "d-AB12CD34E/report.html", "text/html; charset=utf-8"));
        JsonObject report = new JsonObject("report", Json.object(files.text("d-AB12CD34E/report.json")));
        assertThat(report.text("result")).isEqualTo("FAIL");
        assertThat(report.text("sentence")).isEqualTo(SLOW.conclusion().sentence());
        assertThat(report.objects("hooks")).extracting(hook -> hook.text("result")).containsExactly("PASS", "FAIL");
    }

    @Test
    void gates_that_were_overridden_stand_in_every_form() {
        Subject of = Samples.SUBJECT;
        String overridden = "Gate scan was overridden by Ada (The shop is down.): 1 critical vulnerability.";
        Subject subject = new Subject(of.deploymentId(), of.releaseId(), of.service(), of.repository(), of.tag(),
                of.digest(), of.taskDefinition(), overridden);
        reports.add(new ValidationRecord(subject, GOOD.hook(), GOOD.begun(), GOOD.ended(), GOOD.rules(),
                GOOD.findings(), GOOD.traffic()));

        assertThat(files.texts).hasSize(5).allSatisfy((name, text) -> assertThat(text).as(name).contains("scan was"
                + " overridden by Ada", "The shop is down"));
        assertThat(ValidationRecord.from(new JsonObject("record",
                Json.object(files.text("d-AB12CD34E/AfterAllowTestTraffic.json")))).subject()).isEqualTo(subject);
    }

    @Test
    void writing_twice_changes_nothing_and_a_record_read_back_makes_the_same_bytes() {
        reports.add(GOOD);
        reports.add(SLOW);
        Map<String, String> once = Map.copyOf(files.texts);

        reports.add(ValidationRecord.from(new JsonObject("record",
                Json.object(files.text("d-AB12CD34E/BeforeAllowTraffic.json")))));
        reports.add(Samples.good());

        assertThat(files.texts).isEqualTo(once);
    }

    @Test
    void a_record_keeps_what_the_plots_need() {
        Traffic traffic = SLOW.traffic().get(0);
        Seen blue = Objects.requireNonNull(traffic.blue());

        assertThat(SLOW.conclusion().result()).isEqualTo(Result.FAIL);
        assertThat(traffic.green().millis(0.5)).isGreaterThan(blue.millis(0.5));
        assertThat(traffic.green().errorsByKind()).containsKey("answered 503");
        assertThat(traffic.green().warmUp()).isGreaterThanOrEqualTo(200);
        assertThat(blue.course()).hasSizeBetween(40, 120);
        assertThat(traffic.limits()).extracting(Limit::label).contains("latency_p95 at most 120 ms",
                "latency_p95 warns above 90 ms", "latency at most blue's + 10 %");
    }
}
