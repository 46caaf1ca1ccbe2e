package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;

/** What gates let pass, and when; all begins at 2026-03-04T05:06:07Z, a Wednesday. */
class GatesTest {
    private static final String FROZEN_UNTIL_SEVEN = """
            version: 1
            platform: false
            freeze:
              weekly:
                - { days: [wed], from: "05:00", to: "07:00", zone: UTC, reason: nobody is awake }
            """;
    private static final String FROZEN_UNTIL_MIDNIGHT = "{ version: 1, platform: false, freeze: { dates: [ { from:"
            + " '2026-03-04T00:00', to: '2026-03-05T00:00', zone: UTC, reason: a fair } ] } }";
    private static final String ALARMS = "{ version: 1, platform: false }";

    private final SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
            Map.of("TerminationWaitMinutes", "0"));

    private Recorded only(String outcome) {
        List<Recorded> found = site.recorded().stream().filter(it -> it.outcome().equals(outcome)).toList();
        assertThat(found).as("%s among %s", outcome, site.recorded()).hasSize(1);
        return found.getFirst();
    }

    private void pass(Duration time) {
        site.cloud.timeline.advance(time);
    }

    private int revisions() {
        return site.cloud.ecs.listTaskDefinitions().taskDefinitionArns().size();
    }

    @Test
    void a_service_without_gates_is_asked_for_them_once_and_nothing_else() {
        List<String> calls = new ArrayList<>();
        site.cloud.observers.add(new CallObserver() {
            @Override
            public void arrives(Call call) {
                calls.add(call.operation());
            }
        });
        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(calls).filteredOn(call -> call.contains("GetParameter")).hasSizeBetween(1, 4);
        assertThat(site.ledger()).noneMatch(item -> String.valueOf(item.get("id")).contains("gates#"));
        site.assertAtRest(digest);
    }

    @Test
    void a_release_waits_for_the_end_of_a_freeze_and_nothing_is_registered_before() {
        site.gateBy(FROZEN_UNTIL_SEVEN);
        int before = revisions();
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(100));

        assertThat(site.cloud.timeline.now()).isBefore(Instant.parse("2026-03-04T07:00:00Z"));
        assertThat(revisions()).isEqualTo(before);
        assertThat(site.deployments()).isEmpty();
        assertThat(site.ledger()).anyMatch(item -> String.valueOf(item.get("sentence"))
                .contains("Gate freeze: no deployment starts before 2026-03-04T07:00:00Z (nobody is awake)"));

        site.settle();
        only("DEPLOYED");
        assertThat(site.deployments()).singleElement().satisfies(deployment -> assertThat(deployment.createTime())
                .isBetween(Instant.parse("2026-03-04T07:00:00Z"), Instant.parse("2026-03-04T07:15:30Z")));
        site.assertAtRest(digest);
    }

    @Test
    void a_release_waits_until_alarms_are_quiet() {
        site.gateBy(ALARMS);
        site.alarm(StateValue.ALARM);
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(7));
        assertThat(site.deployments()).isEmpty();

        site.alarm(StateValue.OK);
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        only("DEPLOYED");
        site.assertAtRest(digest);
    }

    @Test
    void alarms_that_do_not_end_reject_the_release_and_say_which() {
        site.gateBy(ALARMS);
        site.alarm(StateValue.ALARM);
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate alarms: alarm '").contains("ServerErrors", "(Errors.)",
                "30m of waiting are over: see to what it tells of, and push again when it is OK.");
        assertThat(site.messages()).singleElement()
                .satisfies(message -> assertThat(message.path("reason").asText()).startsWith("Gate alarms: "));
        assertThat(site.deployments()).isEmpty();
        site.assertAtRest(site.firstDigest);
    }

    private static ImageScanFindings basic(String... severities) {
        return ImageScanFindings.builder().findings(IntStream.range(0, severities.length)
                .mapToObj(i -> ImageScanFinding.builder().name("CVE-2026-" + i).severity(severities[i]).build())
                .toList())
                .build();
    }

    @Test
    void a_release_starts_as_soon_as_the_scan_has_come() {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(2));
        assertThat(site.deployments()).isEmpty();

        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, basic("MEDIUM", "LOW"));
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        only("DEPLOYED");
        site.assertAtRest(digest);
    }

    @Test
    void more_pages_of_findings_than_one_are_read_and_too_many_reject_the_release() {
        site.gateBy("{ version: 1, platform: false, scan: { most: { low: 149 } } }");
        String digest = site.push("v2", GOOD);
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE,
                basic(Collections.nCopies(150, "LOW").toArray(String[]::new)));
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate scan: image " + digest + " has 150 low vulnerabilities"
                + " (CVE-2026-0, ").contains("at most 149 may be");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void an_image_that_nobody_scans_is_never_deployed() {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason())
                .startsWith("Gate scan: no scan of image " + digest + " (not found), and 30m"
                        + " of waiting are over");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void inspector_judges_every_image_of_an_index() {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        String amd64 = SampleImages.pushPart(site.cloud, REPOSITORY, "amd64");
        String arm64 = SampleImages.pushPart(site.cloud, REPOSITORY, "arm64");
        String digest = site.pushIndex("v2", GOOD, Map.of("amd64", amd64, "arm64", arm64));
        pass(Duration.ofMinutes(1));
        site.cloud.ecr.scanned(REPOSITORY, amd64, ScanStatus.ACTIVE, ImageScanFindings.builder().build());
        pass(Duration.ofMinutes(1));
        assertThat(site.recorded()).isEmpty();

        site.cloud.ecr.scanned(REPOSITORY, arm64, ScanStatus.ACTIVE, ImageScanFindings.builder()
                .enhancedFindings(EnhancedImageScanFinding.builder().severity("CRITICAL").status("ACTIVE")
                        .packageVulnerabilityDetails(of -> of.vulnerabilityId("CVE-2026-7")).build())
                .build());
        site.settle();
        assertThat(only("REJECTED").reason()).contains("linux/arm64 " + arm64 + " has 1 critical vulnerabilities"
                + " (CVE-2026-7)");
        assertThat(site.servedAt(SampleSite.PRODUCTION)).doesNotContain(digest);
    }

    @Test
    void a_release_waits_for_the_signature_of_who_is_trusted() {
        String trusted = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
        site.gateBy("{ version: 1, platform: false, signature: { signer_profiles: [ '" + trusted + "' ] } }");
        String digest = site.push("v2", GOOD);
        site.cloud.ecr.signed(REPOSITORY, digest, trusted.replace("/ci", "/laptop"), SigningStatus.COMPLETE);
        pass(Duration.ofMinutes(2));
        assertThat(site.deployments()).isEmpty();

        site.cloud.ecr.signed(REPOSITORY, digest, trusted, SigningStatus.COMPLETE);
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        site.assertAtRest(digest);
    }

    private void assertWaits(String sentence) {
        pass(Duration.ofSeconds(30));
        assertThat(site.deployments()).isEmpty();
        assertThat(site.ledger()).filteredOn(item -> String.valueOf(item.get("id")).contains("gates#"))
                .singleElement().extracting(item -> String.valueOf(item.get("sentence"))).asString().contains(sentence);
    }

    /** In both forms in which cosign signs; each signature wakes the release that waits, and starts none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_release_waits_for_the_signature_of_cosign_with_a_trusted_key(boolean tagged) {
        CosignSigner signer = new CosignSigner();
        CosignSigner stranger = new CosignSigner();
        site.gateBy(signer.gates());
        String digest = site.push("v2", GOOD);
        assertWaits("Gate signature: no signature with the key 'ci' of cosign; the release waits for it until ");

        if (tagged) {
            stranger.tag(site.cloud, REPOSITORY, digest);
        } else {
            stranger.attach(site.cloud, REPOSITORY, digest);
        }
        assertWaits("no signature with the key 'ci' of cosign, but 1 of cosign with keys that are not trusted; the");

        signer.attest(site.cloud, REPOSITORY, digest, true);
        assertWaits("but 1 of cosign with keys that are not trusted; the release");
        signer.attest(site.cloud, REPOSITORY, digest, false);
        assertWaits("one of cosign that does not count: key 'ci' made an attestation of type"
                + " 'https://slsa.dev/provenance/v1', which is no signature; the release");

        if (tagged) {
            signer.tag(site.cloud, REPOSITORY, digest);
        } else {
            signer.attach(site.cloud, REPOSITORY, digest);
        }
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        only("DEPLOYED");
        assertThat(site.recorded()).extracting(Recorded::outcome)
                .containsExactlyInAnyOrderElementsOf(tagged
                        ? List.of("IGNORED", "IGNORED", "DEPLOYED")
                        : List.of("DEPLOYED"));
        assertThat(site.deployments()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void a_signature_of_another_image_opens_no_way() {
        CosignSigner signer = new CosignSigner();
        site.gateBy(signer.gates());
        String digest = site.push("v2", GOOD);
        signer.tag(site.cloud, REPOSITORY, site.firstDigest);
        signer.attach(site.cloud, REPOSITORY, site.firstDigest);
        String signed = site.firstDigest.replace(':', '-') + ".sig";
        String manifest = site.cloud.ecr.batchGetImage(
                it -> it.repositoryName(REPOSITORY).imageIds(ImageIdentifier.builder().imageTag(signed).build()))
                .images().getFirst()
                .imageManifest();
        site.cloud.ecr.putImage(it -> it.repositoryName(REPOSITORY).imageManifest(manifest)
                .imageTag(digest.replace(':', '-') + ".sig"));
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate signature: no signature with the key 'ci' of cosign, but"
                + " one of cosign that does not count: key 'ci' signed another image, '" + site.firstDigest
                + "', and 10m"
                + " of waiting are over: sign what was pushed with 'cosign sign --key'");
        site.assertAtRest(site.firstDigest);
    }

    /** Under the signature tag of an image, layers that say of themselves that they are signatures. */
    private void pushRubbish(String image, int layers) {
        byte[] large = new byte[1 << 20];
        String blob = "\"digest\":\"" + SampleImages.pushBlob(site.cloud, REPOSITORY, large) + "\",\"size\":"
                + large.length;
        String layer = "{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\"," + blob + "}";
        site.cloud.ecr.putImage(it -> it.repositoryName(REPOSITORY).imageTag(image.replace(':', '-') + ".sig")
                .imageManifest("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\"," + blob
                        + "},\"layers\":[" + String.join(",", Collections.nCopies(layers, layer)) + "]}"));
    }

    @Test
    void what_is_larger_than_any_signature_is_not_read_and_harms_nobody() {
        CosignSigner signer = new CosignSigner();
        site.gateBy(signer.gates());
        String digest = site.push("v2", GOOD);
        pushRubbish(digest, 49);
        assertWaits(
                "one of cosign that does not count: manifest.layers[0].size is 1048576 bytes; a signature has at most"
                        + " 262144; one of cosign");

        signer.attach(site.cloud, REPOSITORY, digest);
        site.settle();
        only("DEPLOYED");
        site.assertAtRest(digest);
    }

    @Test
    void more_signatures_than_are_looked_at_say_so() {
        CosignSigner signer = new CosignSigner();
        site.gateBy(signer.gates());
        String digest = site.push("v2", GOOD);
        pushRubbish(digest, 50);
        signer.attach(site.cloud, REPOSITORY, digest);

        assertWaits(
                "one of cosign that does not count: more than 50 are there, of which 50 were looked at: delete those"
                        + " that are worth nothing; one of cosign");
    }

    @Test
    void an_event_that_is_lost_costs_five_minutes() {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        site.disableRule("GateNewsImageScanned");
        String digest = site.push("v2", GOOD);
        pass(Duration.ofMinutes(1));
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, basic());
        pass(Duration.ofMinutes(1));
        assertThat(site.deployments()).isEmpty();
        pass(Duration.ofMinutes(4));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        site.assertAtRest(digest);
    }

    @Test
    void a_newer_push_takes_the_place_of_one_that_waits_at_its_gates_at_once() {
        site.gateBy(FROZEN_UNTIL_SEVEN);
        site.push("v2", GOOD);
        pass(Duration.ofMinutes(1));
        String newer = site.push("v3", GOOD);
        pass(Duration.ofSeconds(30));

        only("SUPERSEDED");
        site.settle();
        only("DEPLOYED");
        site.assertAtRest(newer);
    }

    @Test
    void a_hold_ends_a_release_that_waits_at_its_gates_at_once() {
        site.gateBy(FROZEN_UNTIL_SEVEN);
        site.push("v2", GOOD);
        pass(Duration.ofMinutes(1));
        site.operate("hold", "by", "Ada", "reason", "The shop is closed.");
        pass(Duration.ofSeconds(20));

        only("HELD");
        site.settle();
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void gates_that_cannot_be_read_keep_the_way_closed() {
        site.gateBy("{ version: 1, freze: {} }");
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason()).isEqualTo("Gate file: gates.yaml cannot be used:"
                + " ssm:/greenlane/sample-website/gates:1:15: There is no 'freze' in a file of gates. Did you mean"
                + " 'freeze'?.");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void gates_that_the_settings_name_must_be_there() {
        site.reconfigure("CheckGates", Map.of("GATES_SOURCE", "ssm:/greenlane/all/gates"));
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason())
                .contains("Gate file: the settings name ssm:/greenlane/all/gates, and it is"
                        + " not there");
        site.assertAtRest(site.firstDigest);
    }

    @ParameterizedTest
    @CsvSource({"amd64, DEPLOYED", "arm64, REJECTED"})
    void an_image_for_another_processor_is_rejected(String architecture, String outcome) {
        site.gateBy("version: 1");
        site.pushBuiltFor(architecture, "v2", GOOD);
        site.settle();

        assertThat(only(outcome).reason()).isEqualTo(outcome.equals("DEPLOYED")
                ? "Deployment " + site.deployments().getFirst().deploymentId()
                        + " succeeded: the new revision serves production."
                : "Gate platform: tasks of this service run on linux/amd64, and the image is built for linux/arm64 only:"
                        + " build it for linux/amd64 too and push it again.");
    }

    @Test
    void no_freeze_keeps_an_operator_from_going_back() {
        site.push("v2", GOOD);
        site.settle();
        String bad = site.push("v3", GOOD);
        site.settle();
        site.gateBy("""
                version: 1
                freeze:
                  dates: [ { from: "2026-01-01T00:00", to: "2026-12-31T00:00", zone: UTC, reason: all year } ]
                """);

        assertThat(site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.").path("accepted").asBoolean())
                .isTrue();
        site.settle();
        assertThat(site.servedAt(SampleSite.PRODUCTION)).doesNotContain(bad);
        assertThat(site.recorded()).filteredOn(it -> it.outcome().equals("DEPLOYED")).hasSize(3);
    }

    @Test
    void a_push_that_waits_for_a_freeze_starts_at_once_when_an_operator_goes_back_to_its_image() {
        String good = site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD);
        site.settle();
        site.gateBy(FROZEN_UNTIL_MIDNIGHT);
        assertThat(site.push(REPOSITORY, "v2-again", "v2", GOOD)).isEqualTo(good);
        pass(Duration.ofMinutes(1));
        assertThat(site.deployments()).hasSize(2);

        assertThat(site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.").path("accepted").asBoolean())
                .isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(site.deployments()).hasSize(3);
        site.settle();
        site.assertAtRest(good);
    }

    @Test
    void an_event_made_by_hand_brings_nothing_past_the_gates() {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        String vulnerable = site.push("v2", GOOD);
        site.cloud.ecr.scanned(REPOSITORY, vulnerable, ScanStatus.COMPLETE, basic("CRITICAL"));
        site.settle();
        site.start(site.wantedEvent("operator-1", vulnerable, "v2").toString());
        site.settle();

        assertThat(site.recorded()).hasSize(2).allSatisfy(it -> assertThat(it.outcome()).isEqualTo("REJECTED"));
        assertThat(site.recorded()).extracting(Recorded::reason).anyMatch(reason -> reason.startsWith("Gate scan: ")
                && reason.contains(
                        "The event says that an operator goes back to the image, and the ledger knows of no"));
        site.assertAtRest(site.firstDigest);
    }
}
