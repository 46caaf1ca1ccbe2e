package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.PRODUCTION;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/** A person lets one image pass gates that hold it, and everybody hears of it. */
class BreakGlassTest {
    private static final String SCANNED = "{ version: 1, platform: false, scan: {} }";
    private static final String FROZEN = "{ version: 1, platform: false, scan: {}, freeze: { dates: [ { from:"
            + " '2026-01-01T00:00', to: '2026-12-31T00:00', zone: UTC, reason: all year } ] } }";
    private static final String WHY = "The parser is never reached.";

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = site();

    private SampleSite site() {
        return new SampleSite(Map.of("TerminationWaitMinutes", "0"), functions);
    }

    private static List<String> outcomes(SampleSite site) {
        return site.recorded().stream().map(Recorded::outcome).sorted().toList();
    }

    private Recorded last(String outcome) {
        assertThat(outcomes(site)).contains(outcome);
        return site.recorded().stream().filter(it -> it.outcome().equals(outcome)).findFirst().orElseThrow();
    }

    private JsonNode breakGlass(String digest, String gates, String... more) {
        List<String> members = new ArrayList<>(List.of("digest", digest, "gates", gates, "by", "Ada", "reason", WHY));
        members.addAll(List.of(more));
        return site.operate("break-glass", members.toArray(String[]::new));
    }

    private String lines(JsonNode reply) {
        return reply.path("lines").toString();
    }

    private void scanned(String digest, String... severities) {
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder()
                .findings(List.of(severities).stream().map(
                        severity -> ImageScanFinding.builder().name("CVE-2026-1").severity(severity).build()).toList())
                .build());
    }

    /** An image with a scan that its gate does not let pass. */
    private String pushVulnerable(String tag) {
        String digest = site.push(tag, GOOD);
        scanned(digest, "CRITICAL");
        site.settle();
        return digest;
    }

    private List<JsonNode> told(SampleSite one) {
        Set<String> seen = new HashSet<>();
        return one.messages().stream().filter(message -> message.path("operation").asText().equals("BREAK_GLASS"))
                .filter(message -> seen.add(message.path("id").asText())).toList();
    }

    private void pass(Duration time) {
        site.cloud.timeline.advance(time);
    }

    @Test
    void what_the_scan_held_is_deployed_once_and_ledger_message_and_outcome_say_by_whom_and_why() {
        site.gateBy(SCANNED);
        String digest = pushVulnerable("v2");
        assertThat(outcomes(site)).containsExactly("REJECTED");

        JsonNode reply = breakGlass(digest, "scan");
        assertThat(reply.path("changed").asBoolean()).isTrue();
        assertThat(lines(reply)).contains("not held by gate scan at " + site.application(),
                "was rejected, and the image is released again now.");
        assertThat(lines(site.operate("status"))).contains(
                "break-glass  gate scan of " + digest + " overridden by Ada until 2026-03-04T", WHY);
        pass(Duration.ofSeconds(1));
        assertThat(told(site)).singleElement().satisfies(message -> {
            assertThat(message.path("by").asText()).isEqualTo("Ada");
            assertThat(message.path("reason").asText()).isEqualTo(WHY);
            assertThat(message.path("releaseId").asText()).startsWith("r-");
        });
        site.cloud.timeline.runUntil(() -> !site.deployments().isEmpty(), Duration.ofMinutes(1));
        pass(Duration.ofSeconds(5));
        assertThat(lines(site.operate("status")))
                .contains("IN_PROGRESS. Gate scan was overridden by Ada (" + WHY + ")");
        site.settle();

        assertThat(outcomes(site)).containsExactly("DEPLOYED", "REJECTED");
        assertThat(last("DEPLOYED").reason()).contains("serves production. Gate scan was overridden by Ada (" + WHY
                + "): image " + digest + " has 1 critical vulnerabilities (CVE-2026-1)");
        assertThat(site.messages()).filteredOn(message -> message.path("outcome").asText().equals("DEPLOYED"))
                .singleElement().satisfies(message -> assertThat(message.path("overriddenGates")).singleElement()
                        .satisfies(gate -> {
                            assertThat(gate.path("gate").asText()).isEqualTo("scan");
                            assertThat(gate.path("by").asText()).isEqualTo("Ada");
                            assertThat(gate.path("found").asText()).contains("CVE-2026-1");
                        }));
        site.assertAtRest(digest);
        assertThat(lines(site.operate("status"))).doesNotContain("break-glass");

        String next = pushVulnerable("v3");
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "REJECTED", "REJECTED");
        scanned(next, "LOW");
        site.push(REPOSITORY, "v3-again", "v3", GOOD);
        site.settle();
        site.assertAtRest(next);
        site.push(REPOSITORY, "v2-again", "v2", GOOD);
        site.settle();
        assertThat(outcomes(site)).as("used").containsExactly("DEPLOYED", "DEPLOYED", "REJECTED", "REJECTED",
                "REJECTED");
        site.assertAtRest(next);
    }

    @Test
    void a_release_that_waits_at_its_gates_goes_on_at_once_when_all_that_hold_it_are_overridden() {
        site.gateBy(FROZEN.replace("2026-12-31", "2026-03-05"));
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(2));
        assertThat(lines(breakGlass(digest, "freeze"))).contains("looks at its gates again now.");
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).isEmpty();
        assertThat(lines(site.operate("status"))).contains("Gate scan: no scan of").doesNotContain("Gate freeze: ");

        breakGlass(digest, "scan");
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        assertThat(last("DEPLOYED").reason()).contains("Gate scan was overridden", "Gate freeze was overridden");
        site.assertAtRest(digest);
        assertThat(told(site)).hasSize(2);
    }

    @Test
    void another_digest_is_held_as_before() {
        site.gateBy(SCANNED);
        String digest = pushVulnerable("v2");
        String other = pushVulnerable("v3");
        breakGlass(digest, "scan");
        site.push(REPOSITORY, "v3-again", "v3", GOOD);
        site.settle();
        assertThat(site.servedAt(PRODUCTION)).doesNotContain(other);
    }

    @ParameterizedTest
    @CsvSource({"1m, REJECTED", "1h, DEPLOYED"})
    void an_override_counts_until_its_time_is_over(String lasting, String outcome) {
        site.gateBy(FROZEN.replace("2026-12-31", "2026-03-05"));
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(1));
        breakGlass(digest, "scan", "for", lasting);
        pass(Duration.ofMinutes(2));
        site.gateBy(SCANNED);
        site.settle();
        assertThat(outcomes(site)).containsExactly(outcome);
        site.assertAtRest(outcome.equals("DEPLOYED") ? digest : site.firstDigest);
    }

    @Test
    void gates_that_cannot_be_read_are_overridden_as_the_file() {
        site.gateBy("{ version: 1, freze: {} }");
        String digest = site.push("v2", GOOD);
        site.settle();
        breakGlass(digest, "scan,signature,alarms,freeze,platform");
        site.settle();
        assertThat(outcomes(site)).containsExactly("REJECTED", "REJECTED");
        breakGlass(digest, "file");
        site.settle();
        assertThat(last("DEPLOYED").reason()).contains("Gate file was overridden by Ada", "There is no 'freze'");
        site.assertAtRest(digest);
    }

    @Test
    void validation_is_not_overridden_and_neither_is_the_quarantine_that_follows() {
        site.validateBy(OverlapTest.RULES);
        site.gateBy(SCANNED);
        String digest = site.push("v2", BAD_PAGE);
        scanned(digest, "CRITICAL");
        site.settle();
        breakGlass(digest, "scan");
        site.settle();
        assertThat(outcomes(site)).containsExactly("REJECTED", "ROLLED_BACK");
        assertThat(last("ROLLED_BACK").reason()).contains("Gate scan was overridden by Ada");
        assertThat(site.cloud.s3.getObjectAsBytes(it -> it.bucket(site.resource("Reports"))
                .key(site.deployments().getFirst().deploymentId() + "/report.html")).asUtf8String())
                .contains("<dt>Overridden</dt><dd>Gate scan was overridden by Ada");

        JsonNode again = breakGlass(digest, "freeze");
        assertThat(again.path("accepted").asBoolean()).isFalse();
        assertThat(lines(again)).contains("No command overrides the quarantine.", "./operate release-digest " + digest);
        site.settle();
        site.assertAtRest(site.firstDigest);
        assertThat(told(site)).hasSize(1);
    }

    @Test
    void bad_input_changes_nothing() {
        String digest = "sha256:" + "a".repeat(64);
        int entries = site.ledger().size();
        assertThat(lines(breakGlass(digest, "scna"))).contains("There is no gate 'scna'; --gates names some of file,"
                + " platform, scan, signature");
        assertThat(lines(breakGlass(digest, "scan,"))).contains("There is no gate ''");
        assertThat(lines(breakGlass(digest, "quarantine"))).contains("There is no gate 'quarantine'");
        assertThat(lines(breakGlass("latest", "scan"))).contains("An image digest is sha256:");
        assertThat(lines(breakGlass(digest, "scan", "for", "2d"))).contains("--for must be from 1m to 24h, got '2d'");
        assertThat(lines(breakGlass(digest, "scan", "for", "0m"))).contains("--for must be from 1m to 24h, got '0m'");
        assertThat(lines(breakGlass(digest, "scan", "for", "soon"))).contains("--for must be a time such as 30m");
        assertThat(lines(site.operate("break-glass", "digest", digest, "gates", "scan", "reason", WHY)))
                .contains("input.by is missing");
        assertThat(lines(site.operate("break-glass", "digest", digest, "by", "Ada", "reason", WHY)))
                .contains("input.gates is missing");
        assertThat(site.ledger()).hasSize(entries);
    }

    @Test
    void whatever_call_of_the_command_is_its_last_one_release_comes_of_it_and_one_message() {
        int crashes = 0;
        for (int call = 1;; call++) {
            site = site();
            site.gateBy(SCANNED);
            String digest = pushVulnerable("v2");
            FunctionLife life = site.cloud.functions.of(site.resource("Operate"));
            life.diesAt(call, true);
            JsonNode first = breakGlass(digest, "scan");
            int calls = life.calls();
            life.diesAt(Integer.MAX_VALUE, true);
            if (first.has("broke")) {
                crashes++;
                assertThat(breakGlass(digest, "scan").path("accepted").asBoolean()).as("call %d", call).isTrue();
            }
            site.settle();
            assertThat(outcomes(site)).as("call %d", call).containsExactly("DEPLOYED", "REJECTED");
            assertThat(told(site)).as("call %d", call).hasSize(1);
            site.assertAtRest(digest);
            if (call > calls) {
                break;
            }
        }
        assertThat(crashes).isGreaterThan(6);
    }

    @Test
    void whatever_call_at_the_gates_is_the_last_the_outcome_tells_what_was_overridden() {
        int crashes = 0;
        for (int call = 1;; call++) {
            site = site();
            site.gateBy(SCANNED);
            String digest = pushVulnerable("v2");
            FunctionLife life = site.cloud.functions.of(site.resource("CheckGates"));
            life.diesAt(call, true);
            breakGlass(digest, "scan");
            site.cloud.timeline.advance(Duration.ofSeconds(2));
            int calls = life.calls();
            site.settle();
            assertThat(last("DEPLOYED").reason()).as("call %d", call).contains("Gate scan was overridden by Ada");
            site.assertAtRest(digest);
            crashes++;
            if (call > calls) {
                break;
            }
        }
        assertThat(crashes).isBetween(4, 15);
    }

    @Test
    void two_people_at_once_leave_one_record_and_one_message() {
        site.gateBy(SCANNED);
        String digest = pushVulnerable("v2");
        List<JsonNode> second = new ArrayList<>();
        String request = "{\"operation\":\"break-glass\",\"digest\":\"%s\",\"gates\":\"scan\",\"by\":\"Bob\",\"reason\":\"Me too\"}"
                .formatted(digest);
        site.cloud.beforeNext.put("PutItem", () -> site.cloud.functions.invoke(site.resource("Operate"), request,
                answer -> second.add(SampleSite.json(answer.toString().replaceFirst("^[^{]*", "")
                        .replaceFirst("[^}]*$", "")))));
        JsonNode first = breakGlass(digest, "scan");
        site.settle();

        assertThat(List.of(first.path("changed").asBoolean(), second.getFirst().path("changed").asBoolean()))
                .as("%s, %s", first, second).containsExactlyInAnyOrder(true, false);
        assertThat(told(site)).hasSize(1);
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "REJECTED");
        site.assertAtRest(digest);
    }
}
