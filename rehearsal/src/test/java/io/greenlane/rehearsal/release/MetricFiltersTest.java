package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/** The metric filters of the template count the lines that functions write, and no others. No other test prints at that time. */
@Isolated
class MetricFiltersTest {
    /** The one form in use: a member of the line, which is a JSON object, is that text. */
    private static final Pattern FORM = Pattern.compile("\\{ \\$\\.(\\w+) = \"(\\w+)\" }");
    private static final String VULNERABLE = "{ version: 1, platform: false, scan: {} }";

    private final SampleSite site = new SampleSite(Map.of("TerminationWaitMinutes", "0"), new WarmFunctions());

    /** The lines of all functions while something happens. */
    private static List<JsonNode> lines(Runnable happening) {
        return Printed.during(happening).lines().filter(line -> line.startsWith("{")).map(SampleSite::json).toList();
    }

    private List<JsonNode> counted(String metric, List<JsonNode> lines) {
        List<MetricFilter> filters = site.cloud.logs.describeMetricFilters(it -> it
                .logGroupName("/greenlane/greenlane/functions")).metricFilters().stream()
                .filter(each -> each.metricTransformations().getFirst().metricName().equals(metric)).toList();
        assertThat(filters).hasSize(1);
        Matcher form = FORM.matcher(filters.getFirst().filterPattern());
        assertThat(form.matches()).as(filters.getFirst().filterPattern()).isTrue();
        return lines.stream().filter(line -> line.path(form.group(1)).asText().equals(form.group(2))).toList();
    }

    private static List<String> functions(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("function").asText()).toList();
    }

    @Test
    void drift_is_counted_at_every_sweep_as_long_as_it_lasts() {
        site.push("v2", GOOD);
        List<JsonNode> quiet = lines(() -> {
            site.settle();
            site.cloud.timeline.advance(Duration.ofMinutes(11));
        });
        site.deployByHand(site.registerFirst());
        List<JsonNode> drifting = lines(() -> {
            site.settle();
            site.cloud.timeline.advance(Duration.ofMinutes(11));
        });

        assertThat(quiet).isNotEmpty();
        assertThat(counted("Drift", quiet)).isEmpty();
        assertThat(functions(counted("Drift", drifting))).hasSizeGreaterThan(1).containsOnly("Sweep");
        assertThat(counted("BreakGlass", drifting)).isEmpty();
    }

    @Test
    void gates_that_are_overridden_are_counted_when_somebody_says_so_and_when_a_release_passes() {
        site.gateBy(VULNERABLE);
        String digest = site.push("v2", GOOD);
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder()
                .findings(ImageScanFinding.builder().name("CVE-2026-1").severity("CRITICAL").build()).build());
        List<JsonNode> held = lines(() -> {
            site.settle();
            breakGlass("sha256:" + "a".repeat(64), "no such gate");
            site.operate("hold", "by", "Ada", "reason", "Held by hand.");
            site.operate("unhold", "by", "Ada", "reason", "No longer held.");
        });
        List<JsonNode> said = lines(() -> breakGlass(digest, "scan"));
        List<JsonNode> passed = lines(site::settle);

        assertThat(functions(held)).contains("Operate", "CheckGates");
        assertThat(counted("BreakGlass", held)).isEmpty();
        assertThat(functions(counted("BreakGlass", said))).containsExactly("Operate");
        assertThat(functions(counted("BreakGlass", passed))).containsExactly("CheckGates");
        assertThat(counted("Drift", passed)).isEmpty();
    }

    private void breakGlass(String digest, String gates) {
        site.operate("break-glass", "digest", digest, "gates", gates, "by", "Ada", "reason",
                "The parser is never reached.");
    }
}
