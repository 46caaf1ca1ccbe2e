package io.greenlane.rehearsal.simulation;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.CosignSigner;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.WarmFunctions;
import io.greenlane.rehearsal.simulation.Saboteur.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/**
 * Each guard of the gates is needed: with it the release of an image does not get through, or not so late, and without it
 * it does. Schedules have no gates, so each saboteur has a course of its own.
 */
@Isolated
class GateSaboteursTest {
    private static final String SCANNED = "{ version: 1, platform: false, scan: {} }";
    private static final String SIGNED = "{ version: 1, platform: false, scan: {}, signature: { signer_profiles: ["
            + " 'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci' ] } }";
    private static final String APPROVED = "{ version: 1, platform: false, approval: { wait: 4h } }";
    private static final WarmFunctions FUNCTIONS = new WarmFunctions();

    /**
     * A guard taken out.
     *
     * @param course what happens at a site that has just begun
     * @param deployed how many deployments come of it with the guard; without it, another number
     */
    record GateSaboteur(String name, List<Edit> edits, Consumer<SampleSite> course, int deployed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<GateSaboteur> saboteurs() {
        return List.of(
                missing("waiting has an end", 0, GateSaboteursTest::scannedAfterAnHour, new Edit("gate/Look.java",
                        "Instant until = since.plus(wait);",
                        "Instant until = since.plus(wait).plus(wait).plus(wait);")),
                missing("a file that cannot be used closes the way", 0, site -> {
                    site.gateBy("{ version: 1, freze: {} }");
                    site.push("v2", GOOD);
                    site.settle();
                }, new Edit("gate/GateFiles.java",
                        "new Sought.Unusable(\"gates.yaml cannot be used: \" + refused.sentence());",
                        "new Sought.None();")),
                missing("a file that the settings name must be there", 0, site -> {
                    site.reconfigure("CheckGates", Map.of("GATES_SOURCE", "ssm:/greenlane/all/gates"));
                    site.push("v2", GOOD);
                    site.settle();
                }, new Edit("gate/GateFiles.java", "case Lookup.NotThere nothing when named.isEmpty() ->",
                        "case Lookup.NotThere nothing when service != null ->")),
                missing("what nobody has scanned is not clean", 0, site -> {
                    site.gateBy(SCANNED);
                    site.push("v2", GOOD);
                    site.settle();
                }, new Edit("aws/ImageScans.java", "return new Scanned.Awaited(\"not found\");",
                        "return new Scanned.Complete(found);")),
                missing("an attestation is no signature", 0, site -> {
                    CosignSigner signer = trusted(site);
                    signer.attest(site.cloud, REPOSITORY, site.push("v2", GOOD), false);
                    site.settle();
                }, new Edit("gate/cosign/Verification.java", "!predicate.equals(SIGNATURE)", "predicate.isEmpty()")),
                missing("a signature is by a key that is trusted", 0, site -> {
                    trusted(site);
                    new CosignSigner().tag(site.cloud, REPOSITORY, site.push("v2", GOOD));
                    site.settle();
                }, new Edit("gate/cosign/CosignKey.java", "return verifier.verify(signature);",
                        "return verifier.verify(signature) || signature.length > 0;")),
                missing("an approval is of one change", 0, site -> {
                    site.gateBy("{ version: 1, platform: false, scan: { wait: 1d }, approval: {} }");
                    site.push("v2", GOOD);
                    site.cloud.timeline.advance(Duration.ofMinutes(1));
                    assertThat(site.approve(site.approvalsAsked().getLast(), "Ada").path("accepted").asBoolean())
                            .isTrue();
                    site.gateBy(APPROVED);
                    site.settle();
                }, new Edit("gate/ApprovalCheck.java",
                        "asked != null && asked.request().terms().change().equals(change.hash())",
                        "asked != null && !change.hash().isEmpty()")),
                missing("what the ledger alone says approves nothing", 0, site -> {
                    site.gateBy(APPROVED);
                    site.push("v2", GOOD);
                    site.cloud.timeline.advance(Duration.ofMinutes(1));
                    site.forgeApproval();
                    site.settle();
                }, new Edit("gate/ApprovalCheck.java", "return real\n", "return real || decision.approved()\n")),
                missing("it lies down before it looks", 1, GateSaboteursTest::quietWhileItLiesDown,
                        new Edit("lambda/CheckGates.java", """
                                        if (token != null) {
                                            sleep(item.service(), turnId, releaseId, token);
                                        }
                                """, ""),
                        new Edit("lambda/CheckGates.java",
                                "        JsonLog log = JsonLog.of(\"CheckGates\", context.getAwsRequestId()).with(item);",
                                """
                                                if (token != null) {
                                                    sleep(item.service(), turnId, releaseId, token);
                                                }
                                                JsonLog log = JsonLog.of("CheckGates", context.getAwsRequestId()).with(item);
                                        """)),
                missing("an override is of one digest", 0, site -> {
                    site.gateBy(SCANNED);
                    override(site, site.firstDigest, "scan", "1h");
                    rejected(site, "v2");
                }, new Edit("release/GateOverrides.java", "one -> one.digest().equals(digest) && one.gates()",
                        "one -> digest != null && one.gates()")),
                missing("an override is of the gates that it names", 0, site -> {
                    site.gateBy(SCANNED);
                    override(site, rejected(site, "v2"), "signature", "1h");
                    site.settle();
                }, new Edit("release/GateOverrides.java", "&& one.gates().contains(gate)", "&& gate != null")),
                missing("an override ends", 0, site -> {
                    site.gateBy(SIGNED);
                    override(site, rejected(site, "v2"), "scan", "1m");
                    site.settle();
                    site.gateBy(SCANNED);
                    rejected(site, "v2-again", "v2");
                }, new Edit("release/GateOverride.java", "return now.isBefore(until);", "return at.isBefore(until);")),
                missing("an override is used once", 2, site -> {
                    site.gateBy(SCANNED);
                    override(site, rejected(site, "v2"), "scan", "24h");
                    site.settle();
                    scanned(site, site.push("v3", GOOD));
                    site.settle();
                    rejected(site, "v2-again", "v2");
                }, new Edit("release/GateOverrides.java", "!KnownGoods.mayHave(deployed, one.digest(), one.at())",
                        "one.lasts(one.at()) || deployed.isEmpty()")),
                missing("what begins again passes only gates that are overridden", 0, site -> {
                    site.gateBy(SIGNED);
                    override(site, rejected(site, "v2"), "scan", "1h");
                    site.settle();
                }, new Edit("gate/GateDesk.java", "if (back != null) {",
                        "if (back != null || push.eventId().startsWith(Push.GLASS)) {")),
                missing("an event alone is no roll-back", 0, site -> {
                    site.gateBy(SCANNED);
                    String digest = rejected(site, "v2");
                    site.start(site.wantedEvent("operator-1", digest, "v2").toString());
                    site.settle();
                }, new Edit("gate/GateDesk.java", "if (back != null) {", "if (back != null || push.byOperator()) {")),
                missing("a roll-back leads to one image", 3, site -> {
                    rolledBack(site);
                    site.gateBy(SCANNED);
                    site.start(site.wantedEvent("operator-1", rejected(site, "v4"), "v4").toString());
                    site.settle();
                }, new Edit("release/WaysBack.java", "&& target.digest().equals(push.digest());",
                        "&& !target.tag().equals(push.tag());"),
                        new Edit("release/WaysBack.java",
                                "!KnownGoods.mayHave(goods.of(service), push.digest(), last.at())",
                                "!goods.of(service).isEmpty()")),
                missing("a roll-back passes the gates once", 4, site -> {
                    String good = rolledBack(site);
                    site.push("v4", GOOD);
                    site.settle();
                    site.gateBy(SCANNED);
                    site.start(site.wantedEvent("operator-1", good, "v2").toString());
                    site.settle();
                }, new Edit("release/WaysBack.java", "!KnownGoods.mayHave(goods.of(service), push.digest(), last.at())",
                        "!goods.of(service).isEmpty()")));
    }

    @ParameterizedTest
    @MethodSource("saboteurs")
    void a_saboteur_is_caught(GateSaboteur saboteur) {
        assertThat(deployments(saboteur)).as("with all guards").isEqualTo(saboteur.deployed());

        assertThat(Sabotage.<Integer>without(saboteur.edits(), () -> deployments(saboteur)))
                .as("without: %s", saboteur.name()).isNotEqualTo(saboteur.deployed());
    }

    private static GateSaboteur missing(String name, int deployed, Consumer<SampleSite> course, Edit... edits) {
        return new GateSaboteur(name, List.of(edits), course, deployed);
    }

    private static int deployments(GateSaboteur saboteur) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
                Map.of("TerminationWaitMinutes", "0", "Approvals", "true"), 7, FUNCTIONS);
        saboteur.course().accept(site);
        return site.deployments().size();
    }

    private static void scanned(SampleSite site, String digest, String... severities) {
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder()
                .findings(List.of(severities).stream().map(
                        severity -> ImageScanFinding.builder().name("CVE-2026-1").severity(severity).build()).toList())
                .build());
    }

    private static String rejected(SampleSite site, String tag) {
        return rejected(site, tag, tag);
    }

    /** An image that its scan keeps out. */
    private static String rejected(SampleSite site, String tag, String seed) {
        String digest = site.push(REPOSITORY, tag, seed, GOOD);
        scanned(site, digest, "CRITICAL");
        site.settle();
        return digest;
    }

    /** From v3 to v2, whose digest it answers with. */
    private static String rolledBack(SampleSite site) {
        String good = site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD);
        site.settle();
        assertThat(site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.").path("accepted").asBoolean())
                .isTrue();
        site.settle();
        return good;
    }

    private static void override(SampleSite site, String digest, String gates, String lasting) {
        assertThat(site.operate("break-glass", "digest", digest, "gates", gates, "for", lasting, "by", "Ada", "reason",
                "It is never reached.").path("accepted").asBoolean()).isTrue();
    }

    private static CosignSigner trusted(SampleSite site) {
        CosignSigner signer = new CosignSigner();
        site.gateBy(signer.gates());
        return signer;
    }

    private static void scannedAfterAnHour(SampleSite site) {
        site.gateBy(SCANNED);
        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofHours(1));
        scanned(site, digest);
        site.settle();
    }

    /** The write with which it lies down takes half a minute, and the event comes meanwhile: nobody would wake it for minutes. */
    private static void quietWhileItLiesDown(SampleSite site) {
        site.gateBy("{ version: 1, platform: false }");
        site.alarm(StateValue.ALARM);
        boolean[] slow = {false};
        site.cloud.functions.meet(call -> {
            if (!slow[0] && call.function().equals("CheckGates") && call.operation().equals("PutItem")
                    && call.ordinal() == 2) {
                slow[0] = true;
                site.cloud.timeline.after(Duration.ofSeconds(10), () -> site.alarm(StateValue.OK));
                return CallFault.SLOW;
            }
            return null;
        });
        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(2));
    }
}
