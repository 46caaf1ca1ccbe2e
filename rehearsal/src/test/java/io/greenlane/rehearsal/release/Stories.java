package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.CRASHING;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** One story for each way in which functions and services use their permissions. */
final class Stories {
    private static final Map<String, String> KEEPS_BLUE = Map.of("TerminationWaitMinutes", "60", "EndTerminationWait",
            "true");
    /** Of the first two members of a group. */
    private static final Map<String, String> NO_WAY_BACK = Map.of("0.TerminationWaitMinutes", "0",
            "1.TerminationWaitMinutes", "0");
    private static final String AFTERWARDS = Story.rules(Story.FIRST, Story.SECOND,
            "AfterAllowTraffic: { checks: [after], ready_within: 1m }")
            + "  after: { request: GET /after, expect: { status: 200 } }\n";
    private static final String QUIET = Story.rules(Story.FIRST, Story.SECOND,
            "AfterAllowTraffic: { alarms: { names: [greenlane-Sample-ServerErrors], quiet_for: 1m } }");

    private Stories() {}

    /** The first one that needs a grant is told again without it. */
    static List<Story> all() {
        return List.of(
                Story.existing("a good push and a bad one to a service that was there before", Stories::threeNames),
                Story.website("a good push and a bad one", Map.of(), Stories::goodAndBad),
                Story.website("nothing comes of pushes", Map.of(), Stories::nothingComesOfThem),
                Story.website("what a person deployed by hand is kept", Map.of(), Stories::keptFromAPerson),
                Story.website("the newest version by its tag", Map.of("TagRule", "semver:>=1.0.0"),
                        site -> ends(site, site.push("1.2.0", GOOD), "DEPLOYED")),
                Story.website("the validation file in AppConfig",
                        Map.of("ValidationSource", "appconfig:shop/production/validation"), Stories::fileInAppConfig),
                Story.website("an alarm that the validation file names", Map.of(), Stories::quietAlarm),
                Story.website("the last hook finds fault", Map.of(), Stories::badAfterwards),
                Story.website("the last validation cannot begin", Map.of(), Stories::noLastValidation),
                Story.website("green crashes", Map.of(), site -> crashes(site, true)),
                Story.website("green crashes and no event tells", Map.of(), site -> crashes(site, false)),
                Story.website("gates open while a release lies down before them", Map.of(), Stories::gatesOpen),
                Story.website("all that gates wait for comes", Map.of(), Stories::gatesNews),
                Story.website("a gate that holds a release is overridden", Map.of(), Stories::overridden),
                Story.website("somebody approves", Map.of("Approvals", "true", "ApprovalsInChat", "true"),
                        Stories::approved),
                Story.website("a signature of cosign comes", Map.of(), Stories::cosignSigns),
                Story.website("a newer push overtakes a running one", Map.of(),
                        site -> overtaken(site, "AfterAllowTestTraffic")),
                Story.website("a hook turns away what could not be stopped", Map.of(), site -> {
                    site.cloud.refuse("StopDeployment");
                    overtaken(site, "Install");
                }),
                Story.website("the next hook turns away what could not be stopped", Map.of(), site -> {
                    site.cloud.refuse("StopDeployment");
                    overtaken(site, "AfterAllowTestTraffic");
                }),
                Story.website("a push ends the wait for blue", KEEPS_BLUE, Stories::endsTheWait),
                Story.website("the sweep ends the wait for blue", KEEPS_BLUE, site -> {
                    site.cloud.functions.meet(call -> call.function().equals("AdmitRelease")
                            && call.operation().equals("ContinueDeployment") ? CallFault.THROTTLED : null);
                    endsTheWait(site);
                }),
                Story.website("a waiting push is overtaken", Map.of(), Stories::overtakenWaiting),
                Story.website("no event tells of a push", Map.of(), Stories::unannounced),
                Story.website("no event tells how a deployment ended", Map.of(), site -> {
                    site.disableRule("DeploymentChangedStateChange");
                    ends(site, site.push("v2", GOOD), "DEPLOYED");
                }),
                Story.website("an event finds no workflow", Map.of(), Stories::undelivered),
                Story.website("one of Greenlane's own alarms goes off", Map.of(), Stories::ownAlarm),
                Story.website("nobody heard of the deployment, and its hook never answers", Map.of(),
                        Stories::unknownDeployment),
                Story.website("an operator holds, rolls back and accepts", Map.of(), Stories::operations),
                Story.website("an operator looks before the first push", Map.of(),
                        site -> assertThat(site.preflight().path("accepted").asBoolean()).isTrue()),
                Story.website("an operator stops what runs", Map.of(), Stories::stoppedByRollback),
                Story.group("one of a group fails before the others have moved", Map.of(),
                        site -> failsAtFirst(site, 1, "BeforeAllowTraffic")),
                Story.group("one of a group cannot be installed", Map.of(), site -> failsAtFirst(site, 2, "Install")),
                Story.group("one of a group fails after others have moved for good", NO_WAY_BACK,
                        Stories::failsAfterOthers),
                Story.group("the sweep does what SettleGroup should", NO_WAY_BACK, site -> {
                    site.cloud.functions.meet(
                            call -> call.function().equals("SettleGroup") ? CallFault.CRASH_BEFORE : null);
                    failsAfterOthers(site);
                }),
                Story.group("the sweep answers who waits for the others", Map.of(), Stories::unanswered),
                Story.group("an operator looks before the first push to a group", Map.of(),
                        site -> assertThat(site.preflight().path("accepted").asBoolean()).isTrue()),
                Story.group("a push waits for a group", Map.of(), Stories::waitsForGroup));
    }

    private static void threeNames(GroupSite site) {
        String good = site.push();
        site.settle();
        site.push("v3", "v3", BAD_PAGE, 0);
        site.settle();
        site.assertAtRest();
        assertThat(site.served()).containsExactly(good);
        assertThat(site.messages()).extracting(GroupSite::outcome).containsExactly("DEPLOYED", "ROLLED_BACK");
        assertThat(site.preflight().path("accepted").asBoolean()).isTrue();
    }

    private static void goodAndBad(SampleSite site) {
        String digest = site.push("v2", GOOD);
        site.settle();
        site.push("v3", BAD_PAGE);
        ends(site, digest, "DEPLOYED", "ROLLED_BACK");
    }

    private static void nothingComesOfThem(SampleSite site) {
        String bad = site.push("v2", BAD_PAGE);
        site.settle();
        site.pushAgain("v3");
        site.start("{}");
        site.start(site.pushEvent("gone", "sha256:" + "0".repeat(64), "v4").toString());
        site.settle();
        site.operate("release-digest", "digest", bad, "by", "Ada", "reason", "It was the database.");
        ends(site, site.firstDigest, "ROLLED_BACK", "REJECTED", "REJECTED", "IMAGE_GONE");
    }

    private static void keptFromAPerson(SampleSite site) {
        site.deployByHand(site.register(containers -> List.of(containers.getFirst().toBuilder()
                .environment(KeyValuePair.builder().name("PASSWORD").value(Canary.SECRET).build()).build())));
        ends(site, site.push("v2", GOOD), "DEPLOYED");
        assertThat(site.cloud.ecs.describeTaskDefinition(it -> it.taskDefinition(site.primary().taskDefinition()))
                .taskDefinition().containerDefinitions().getFirst().environment())
                .extracting(KeyValuePair::value).contains(Canary.SECRET);
    }

    private static void fileInAppConfig(SampleSite site) {
        HostedConfiguration.deploy(site.cloud.appConfig, "shop", "production", "validation", QUIET.getBytes(UTF_8));
        assertThat(site.preflight().path("accepted").asBoolean()).isTrue();
        ends(site, site.push("v2", GOOD), "DEPLOYED");
    }

    private static void quietAlarm(SampleSite site) {
        site.validateBy(SampleSite.packed(QUIET));
        ends(site, site.push("v2", GOOD), "DEPLOYED");
    }

    private static void badAfterwards(SampleSite site) {
        site.validateBy(SampleSite.packed(AFTERWARDS));
        String digest = site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD.with("/after", new SampleSite.Page(500, "{}", Duration.ofMillis(20))));
        ends(site, digest, "DEPLOYED", "ROLLED_BACK");
    }

    private static void noLastValidation(SampleSite site) {
        site.validateBy(SampleSite.packed(AFTERWARDS));
        site.cloud.functions.meet(call -> call.function().equals("AfterTraffic")
                && call.operation().equals("StartExecution") ? CallFault.SERVER_ERROR : null);
        site.push("v2", GOOD);
        ends(site, site.firstDigest, "ROLLED_BACK");
    }

    private static void crashes(SampleSite site, boolean told) {
        if (!told) {
            site.disableRule("TaskStoppedStateChange");
        }
        site.push("v2", CRASHING);
        ends(site, site.firstDigest, "ROLLED_BACK");
    }

    /** The alarm is quiet before the second look, which is that of the state that sleeps. */
    private static void gatesOpen(SampleSite site) {
        site.gateBy("version: 1");
        site.alarm(StateValue.ALARM);
        site.cloud.beforeNext.put("DescribeAlarms",
                () -> site.cloud.beforeNext.put("DescribeAlarms", () -> site.alarm(StateValue.OK)));
        ends(site, site.pushBuiltFor("amd64", "v2", GOOD), "DEPLOYED");
    }

    private static void gatesNews(SampleSite site) {
        String profile = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
        site.gateBy("{ version: 1, scan: {}, signature: { signer_profiles: [ '" + profile + "' ] } }");
        site.alarm(StateValue.ALARM);
        String digest = site.pushBuiltFor("amd64", "v2", GOOD);
        ImageScanFindings nothing = ImageScanFindings.builder().build();
        for (Runnable news : List.<Runnable>of(
                () -> site.cloud.ecr.signed(SampleSite.REPOSITORY, digest, profile, SigningStatus.COMPLETE),
                () -> site.cloud.ecr.scanned(SampleSite.REPOSITORY, digest, ScanStatus.ACTIVE, nothing),
                () -> site.cloud.ecr.scanned(SampleSite.REPOSITORY, digest, ScanStatus.COMPLETE, nothing),
                () -> site.alarm(StateValue.OK))) {
            site.cloud.timeline.advance(Duration.ofMinutes(1));
            assertThat(site.deployments()).isEmpty();
            news.run();
        }
        site.cloud.timeline.advance(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        ends(site, digest, "DEPLOYED");
    }

    private static void overridden(SampleSite site) {
        site.gateBy("{ version: 1, platform: false, scan: {} }");
        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        site.operate("break-glass", "digest", digest, "gates", "scan", "by", "Ada", "reason", "Scans are late.");
        site.cloud.timeline.advance(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        ends(site, digest, "DEPLOYED");
    }

    private static void approved(SampleSite site) {
        site.gateBy("{ version: 1, platform: false, approval: {} }");
        Subscriber chat = new Subscriber(site.cloud, "chat", site.stack.output("ApprovalChatTopicArn"));
        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        assertThat(chat.messages()).hasSize(1);
        assertThat(site.approve(site.approvalsAsked().getFirst(), "Ada").path("changed").asBoolean()).isTrue();
        site.cloud.timeline.advance(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        ends(site, digest, "DEPLOYED");
    }

    private static void cosignSigns(SampleSite site) {
        CosignSigner signer = new CosignSigner();
        site.gateBy(signer.gates());
        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        assertThat(site.deployments()).isEmpty();
        signer.tag(site.cloud, SampleSite.REPOSITORY, digest);
        site.cloud.timeline.advance(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        ends(site, digest, "IGNORED", "DEPLOYED");
    }

    private static void overtaken(SampleSite site, String lifecycleEvent) {
        site.push("v2", GOOD);
        site.until(lifecycleEvent);
        ends(site, site.push("v3", GOOD), "SUPERSEDED", "DEPLOYED");
    }

    private static void endsTheWait(SampleSite site) {
        site.push("v2", GOOD);
        site.untilBlueIsKept();
        ends(site, site.push("v3", GOOD), "DEPLOYED", "DEPLOYED");
    }

    private static void overtakenWaiting(SampleSite site) {
        site.push("v2", GOOD);
        site.untilBlueIsKept();
        site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(30));
        ends(site, site.push("v4", GOOD), "DEPLOYED", "SUPERSEDED", "DEPLOYED");
    }

    private static void unannounced(SampleSite site) {
        site.disableRule("ImagePushed");
        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(11));
        ends(site, digest, "DEPLOYED");
    }

    private static void undelivered(SampleSite site) {
        site.cloud.stepFunctions.deleteStateMachine(it -> it.stateMachineArn(site.stack.output("ReleaseArn")));
        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofHours(30));
        assertThat(site.undelivered()).isPositive();
    }

    private static void ownAlarm(SampleSite site) {
        site.cloud.cloudWatch.setAlarmState(it -> it.alarmName(site.resource("EventsUndelivered"))
                .stateValue(StateValue.ALARM).stateReason("One event is in the queue."));
        site.cloud.timeline.advance(Duration.ofSeconds(1));
        assertThat(site.messages()).singleElement()
                .satisfies(told -> assertThat(told.path("NewStateReason").asText()).contains("One event"));
    }

    private static void unknownDeployment(SampleSite site) {
        site.cloud.functions.meet(call -> switch (call.function()) {
            case "StartDeployment" -> call.operation().equals("CreateDeployment") ? CallFault.CRASH_AFTER : null;
            case "TestTraffic" -> CallFault.CRASH_BEFORE;
            default -> null;
        });
        site.push("v2", GOOD);
        site.cloud.timeline.runUntil(() -> !site.deployments().isEmpty(), Site.SOON);
        site.cloud.stepFunctions.stopExecution(it -> it.executionArn(site.executionArns().getFirst()));
        site.cloud.timeline.advance(Duration.ofHours(2));
        ends(site, site.firstDigest, "ROLLED_BACK");
    }

    private static void operations(SampleSite site) {
        String before = site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD);
        site.settle();
        site.operate("hold", "by", "Ada", "reason", "A fair.");
        site.operate("unhold", "by", "Ada", "reason", "It is over.");
        site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.");
        site.settle();
        assertThat(site.servedAt(SampleSite.PRODUCTION)).containsExactly(before);
        site.operate("status");
        site.deployByHand(site.registerFirst());
        site.settle();
        assertThat(site.operate("accept-drift", "by", "Ada", "reason", "Meant.").path("accepted").asBoolean()).isTrue();
    }

    private static void stoppedByRollback(SampleSite site) {
        String before = site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD);
        site.until("BeforeAllowTraffic");
        site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.");
        ends(site, before, "DEPLOYED", "ROLLED_BACK");
    }

    private static void failsAtFirst(GroupSite site, int member, String what) {
        site.breaks(member, what);
        site.push();
        site.settle();
        site.assertAll(site.firstDigest(), "ROLLED_BACK");
    }

    private static void failsAfterOthers(GroupSite site) {
        String before = site.push();
        site.settle();
        site.breaks(1, "AfterAllowTraffic");
        site.push();
        site.settle();
        site.assertAll(before, "ROLLED_BACK");
    }

    private static void unanswered(GroupSite site) {
        AtomicBoolean moves = site.begins("AllowTraffic");
        site.cloud.functions.meet(call -> call.function().equals("SettleGroup")
                || (call.function().equals("ReportVerdict") && call.operation().startsWith("PutLifecycle")
                        && call.ordinal() > site.websites().size() && !moves.get()) ? CallFault.CRASH_BEFORE : null);
        site.push();
        site.settle();
        site.assertAll(site.firstDigest(), "ROLLED_BACK");
    }

    private static void waitsForGroup(GroupSite site) {
        site.push();
        site.cloud.timeline.runUntil(() -> site.hasBegun(0, "AllowTraffic"), Site.SOON);
        String newer = site.push();
        site.settle();
        site.assertAll(newer, "DEPLOYED");
    }

    private static void ends(SampleSite site, String digest, String... outcomes) {
        site.settle();
        assertThat(site.recorded()).as(site.recorded().toString()).extracting(SampleSite.Recorded::outcome)
                .containsExactlyInAnyOrder(outcomes);
        assertThat(site.servedAt(SampleSite.PRODUCTION)).containsExactly(digest);
    }
}
