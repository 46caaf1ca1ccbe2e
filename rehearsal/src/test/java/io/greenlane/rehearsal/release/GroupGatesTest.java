package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/** Services that are released together are at their gates together. */
class GroupGatesTest {
    private static final String ALARMS = "{ version: 1, platform: false }";
    private static final String SCANNED = "{ version: 1, platform: false, scan: {} }";

    private final GroupSite site = new GroupSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, Map.of(),
            VirtualCloud.USUAL_SEED, new WarmFunctions(), 1, 2);

    private void pass(Duration time) {
        site.cloud.timeline.advance(time);
    }

    private void alarm(StateValue state) {
        site.websites().get(1).alarm(state, "Errors.");
    }

    private List<Integer> deployments() {
        return site.each().mapToObj(member -> site.deployments(member).size()).toList();
    }

    private List<JsonNode> told(String kind, String word) {
        return site.messages().stream().filter(message -> message.path(kind).asText().equals(word)).toList();
    }

    @Test
    void all_wait_for_the_gate_of_one_and_a_newer_push_takes_their_place() {
        site.gateBy(ALARMS);
        alarm(StateValue.ALARM);
        site.push();
        pass(Duration.ofMinutes(7));
        assertThat(deployments()).containsExactly(0, 0);
        assertThat(site.operate("status", "service", site.key(0)).path("lines").toString())
                .contains("gates        since", "Gate alarms: alarm '");

        String newer = site.push();
        pass(Duration.ofSeconds(30));
        assertThat(site.told()).singleElement()
                .satisfies(message -> assertThat(GroupSite.outcome(message)).isEqualTo("SUPERSEDED"));
        assertThat(deployments()).containsExactly(0, 0);

        alarm(StateValue.OK);
        pass(Duration.ofSeconds(20));
        assertThat(deployments()).containsExactly(1, 1);
        site.settle();
        site.assertAll(newer, "DEPLOYED");
    }

    @Test
    void a_hold_ends_all_of_them_at_once() {
        site.gateBy(SCANNED);
        site.push();
        pass(Duration.ofMinutes(1));
        site.operate("hold", "service", site.key(1), "by", "Ada", "reason", "A fair.");
        pass(Duration.ofSeconds(30));
        site.assertAll(site.firstDigest(), "HELD");
        assertThat(deployments()).containsExactly(0, 0);
    }

    @Test
    void gates_are_overridden_for_all_of_them_by_the_name_of_one() {
        site.gateBy(SCANNED);
        String digest = site.push();
        site.cloud.ecr.scanned(SampleSite.REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder()
                .findings(ImageScanFinding.builder().name("CVE-2026-1").severity("CRITICAL").build()).build());
        site.settle();
        site.assertAll(site.firstDigest(), "REJECTED");

        assertThat(site.operate("break-glass", "service", site.key(1), "digest", digest, "gates", "scan", "by", "Ada",
                "reason", "It is never reached.").path("lines").toString()).contains("at group shop",
                        "is released again now");
        site.settle();
        site.assertAll(digest, "DEPLOYED");
        assertThat(told("operation", "BREAK_GLASS")).hasSize(1);
        assertThat(told("outcome", "DEPLOYED").stream().filter(message -> message.has("service"))).hasSize(2)
                .allSatisfy(message -> assertThat(message.path("reason").asText()).contains(
                        "Gate scan was overridden by Ada (It is never reached.)"));

        site.retag(digest, "once-more");
        pass(Duration.ofMinutes(1));
        String next = site.push();
        site.cloud.ecr.scanned(SampleSite.REPOSITORY, next, ScanStatus.COMPLETE, ImageScanFindings.builder().build());
        site.settle();
        site.retag(digest, "used");
        site.settle();
        site.assertAll(next, "REJECTED");
    }
}
