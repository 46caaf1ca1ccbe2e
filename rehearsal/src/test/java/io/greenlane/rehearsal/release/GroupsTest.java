package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.events.EventSwitches;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** One push, many services: all of them run the new version, or all the old, or people are told who runs what. */
@Execution(ExecutionMode.CONCURRENT)
class GroupsTest {
    /** After so many a new site costs less than all that the old one remembers. */
    private static final int MOST_RELEASES_OF_ONE_SITE = 15;
    private static final Duration SOON = Duration.ofHours(2);

    private static GroupSite site(int... waves) {
        return new GroupSite(Map.of(), EventSwitches.USUAL, waves);
    }

    private static String deployed(GroupSite site) {
        String digest = site.push();
        site.settle();
        site.assertAll(digest, "DEPLOYED");
        return digest;
    }

    private static void until(GroupSite site, int member, String event) {
        site.cloud.timeline.runUntil(() -> site.hasBegun(member, event), SOON);
    }

    private static void stop(GroupSite site, int member, boolean rollback) {
        String id = site.deployments(member).getLast().deploymentId();
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(id).autoRollbackEnabled(rollback));
    }

    @Test
    void all_services_of_a_group_get_a_push_and_one_outcome_tells_of_it() {
        GroupSite site = site(1, 1, 2, 2);
        deployed(site);
        assertThat(site.told()).singleElement().satisfies(told -> {
            assertThat(told.path("group").asText()).isEqualTo(GroupSite.GROUP);
            assertThat(told.path("reason").asText()).startsWith("All 4 services of group shop run sha256:");
        });
    }

    @Test
    void no_production_moves_before_every_service_has_passed_and_later_waves_follow_earlier_ones() {
        GroupSite site = site(1, 2, 3);
        String before = deployed(site);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        String digest = site.push();

        until(site, 0, "AllowTraffic");
        assertThat(site.each().boxed()).allMatch(i -> site.hasBegun(i, "BeforeAllowTraffic"));
        assertThat(site.served()).endsWith(before, before);
        until(site, 1, "AllowTraffic");
        assertThat(site.served()).startsWith(digest).endsWith(before);
        assertThat(site.lifecycle(site.deployments(0).getLast().deploymentId()).getLast().status())
                .isEqualTo(LifecycleEventStatus.SUCCEEDED);
        until(site, 2, "AllowTraffic");
        assertThat(site.served()).startsWith(digest, digest);
        site.settle();
        site.assertAll(digest, "DEPLOYED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "2 1 1"})
    void wherever_one_service_fails_all_of_them_run_what_they_ran_before(String waves) {
        GroupSite site = site(List.of(waves.split(" ")).stream().mapToInt(Integer::parseInt).toArray());
        String before = deployed(site);
        int told = 1;
        for (int member : site.each().toArray()) {
            for (String place : List.of("Install", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic",
                    "alarm", "stop")) {
                site.breaks(member, place);
                site.push();
                if (place.equals("alarm") || place.equals("stop")) {
                    until(site, member, "kept");
                    if (place.equals("alarm")) {
                        site.alarm(member);
                    } else {
                        stop(site, member, true);
                    }
                }
                site.settle();
                site.mends();
                site.assertAll(before, place.equals("stop") ? "ABORTED" : "ROLLED_BACK");
                assertThat(site.told()).as("%s at %d", place, member).hasSize(++told);
                assertThat(site.told().getLast().path("reason").asText()).contains("All services of group shop",
                        site.key(member) + " failed");
                assertThat(outcomes(site)).as("%s at %d", place, member).isNotEmpty()
                        .allSatisfy(outcome -> assertThat(outcome.path("reason").asText()).contains(
                                outcome.path("service").path("deploymentGroup").asText().equals(site.group(member))
                                        ? ""
                                        : "Group shop is released as one, and " + site.key(member) + " failed"));
            }
        }
    }

    /** What was told of the services since the last outcome of the group but one. */
    private static List<JsonNode> outcomes(GroupSite site) {
        String execution = site.told().getLast().path("execution").asText();
        return site.messages().stream().filter(it -> it.path("execution").asText().equals(execution))
                .filter(it -> it.has("service") && !it.path("outcome").asText().equals("DEPLOYED")).toList();
    }

    @Test
    void a_service_whose_blue_is_gone_goes_back_by_a_release_of_what_it_ran() {
        GroupSite site = new GroupSite(Map.of("0.TerminationWaitMinutes", "0"), EventSwitches.USUAL, 1, 2, 2);
        String before = deployed(site);
        site.breaks(2, "AfterAllowTraffic");
        String digest = site.push();
        site.settle();
        site.assertAll(before, "ROLLED_BACK");
        assertThat(site.messages().stream().filter(it -> it.has("service")).map(GroupSite::outcome).toList())
                .endsWith("ROLLED_BACK", "ROLLED_BACK", "DEPLOYED");
        assertThat(site.deployments(0)).hasSize(3);

        // The version that failed as part of the group is not what a later roll-back goes to.
        site.mends();
        assertThat(digest).isNotEqualTo(deployed(site));
        assertThat(site.operate("roll-back", "service", site.key(0), "by", "Ada", "reason", "Carts are empty.")
                .path("accepted").asBoolean()).isTrue();
        site.settle();
        site.assertAll(before, "DEPLOYED");
    }

    @Test
    void a_mix_is_told_once_with_who_runs_what_and_the_group_is_held() {
        GroupSite site = new GroupSite(Map.of("0.TerminationWaitMinutes", "0"), EventSwitches.USUAL, 1, 2);
        String before = deployed(site);
        site.breaks(1, "AfterAllowTraffic");
        String digest = site.push();
        until(site, 1, "AfterAllowTraffic");
        site.cloud.ecr.batchDeleteImage(it -> it.repositoryName(SampleSite.REPOSITORY).imageIds(
                ImageIdentifier.builder().imageDigest(before).build()));
        site.settle();

        site.assertAtRest();
        assertThat(site.served()).containsExactly(digest, before);
        assertThat(site.told().stream().filter(it -> "MIXED".equals(GroupSite.outcome(it)))).singleElement()
                .satisfies(told -> assertThat(told.path("reason").asText()).contains("mixed and needs a person",
                        site.key(0) + " runs " + digest, site.key(1) + " runs what it ran before, " + before,
                        "it cannot go back"));
        assertThat(site.operate("status", "service", site.key(1)).path("lines").toString()).contains(
                "ended MIXED");
        assertThat(site.messages()).as("nobody else changed anything").noneMatch(message -> message.has("drift"));
        site.mends();
        site.push();
        site.settle();
        assertThat(GroupSite.outcome(site.told().getLast())).isEqualTo("HELD");
        site.operate("unhold", "service", site.key(1), "by", "Ada", "reason", "Seen.");
        deployed(site);
    }

    @Test
    void a_rollback_that_nobody_asked_for_leaves_a_mix_that_is_told() {
        GroupSite site = site(1, 1);
        deployed(site);
        site.push();
        until(site, 1, "kept");
        stop(site, 1, false);
        site.settle();
        assertThat(site.told().stream().filter(it -> "MIXED".equals(GroupSite.outcome(it)))).singleElement()
                .satisfies(told -> assertThat(told.path("reason").asText()).contains(
                        site.key(1) + " runs nobody knows what", site.key(0) + " runs what it ran before"));
    }

    @Test
    void a_service_that_is_not_at_one_with_the_others_within_the_hour_keeps_all_of_them_from_moving() {
        GroupSite site = site(1, 1);
        String before = deployed(site);
        site.push();
        until(site, 1, "BeforeAllowTraffic");
        String validation = site.deployments(1).getLast().deploymentId() + "-BeforeAllowTraffic";
        site.cloud.timeline.runUntil(() -> site.stopValidation(validation), SOON);
        site.settle();

        site.assertAll(before, "ROLLED_BACK");
        assertThat(site.told().getLast().path("reason").asText()).contains("55 minutes");
        for (int member : site.each().toArray()) {
            assertThat(site.lifecycle(site.deployments(member).get(1).deploymentId())).allSatisfy(event -> assertThat(
                    Objects.toString(event.diagnostics().message())).doesNotContain("within one hour"));
        }
    }

    @Test
    void a_newer_push_overtakes_the_whole_group_or_waits_for_it() {
        for (String moment : List.of("Install", "AfterAllowTestTraffic", "AllowTraffic", "kept")) {
            GroupSite site = site(1, 2);
            deployed(site);
            String older = site.push();
            until(site, 0, moment);
            String newer = site.push();
            site.settle();
            site.assertAll(newer, "DEPLOYED");
            assertThat(older).isNotEqualTo(newer);
            assertThat(site.told().stream().map(GroupSite::outcome).toList()).as(moment).containsExactly("DEPLOYED",
                    moment.equals("AllowTraffic") || moment.equals("kept") ? "DEPLOYED" : "SUPERSEDED", "DEPLOYED");
        }
    }

    @Test
    void what_speaks_against_one_service_speaks_against_the_group() {
        GroupSite site = site(1, 1);
        String before = deployed(site);
        String services = "[%s,{\"repository\":\"%s\",\"application\":\"%s\",\"deploymentGroup\":\"none\",\"group\":\"shop\"}]"
                .formatted(
                        "{\"repository\":\"%s\",\"application\":\"%s\",\"deploymentGroup\":\"%s\",\"group\":\"shop\"}"
                                .formatted(SampleSite.REPOSITORY, site.application(0), site.group(0)),
                        SampleSite.REPOSITORY,
                        site.application(1));
        String usual = Objects.requireNonNull(site.cloud.environment(site.resource("PlanRelease")).get("SERVICES"));
        site.cloud.reconfigure(site.resource("PlanRelease"), Map.of("SERVICES", services));
        site.push();
        site.settle();
        site.assertAll(before, "REJECTED");

        site.cloud.reconfigure(site.resource("PlanRelease"), Map.of("SERVICES", usual));
        site.operate("hold", "service", site.key(1), "by", "Ada", "reason", "A fair.");
        site.push();
        site.settle();
        site.assertAll(before, "HELD");
        site.operate("unhold", "service", site.key(0), "by", "Ada", "reason", "Over.");

        site.breaks(1, "AfterAllowTestTraffic");
        String bad = site.push();
        site.settle();
        site.mends();
        site.retag(bad, "again");
        site.settle();
        site.assertAll(before, "REJECTED");
        assertThat(site.deployments(0)).as("the first release, and the bad one with its rollback").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Install", "BeforeAllowTraffic", "kept"})
    void rolling_back_one_service_takes_the_group_back(String moment) {
        GroupSite site = site(1, 2);
        String before = deployed(site);
        site.push();
        until(site, 0, moment);
        JsonNode reply = site.operate("roll-back", "service", site.key(1), "by", "Ada", "reason", "Carts are empty.");
        assertThat(reply.path("accepted").asBoolean()).as(reply.toString()).isTrue();
        assertThat(reply.toString()).contains("All services of group shop go back with it.");
        site.settle();
        site.assertAll(before, "ROLLED_BACK");
    }

    @Test
    void a_group_gets_there_without_events() {
        for (boolean bad : List.of(false, true)) {
            GroupSite site = site(1, 2);
            String before = deployed(site);
            for (String rule : List.of("DeploymentChangedStateChange", "TaskStoppedStateChange", "ImagePushed")) {
                site.cloud.events.disableRule(it -> it.name(site.resource(rule)));
            }
            if (bad) {
                site.breaks(1, "AfterAllowTraffic");
            }
            String digest = site.push();
            site.cloud.timeline.advance(Duration.ofMinutes(20));
            site.settle();
            site.assertAll(bad ? before : digest, bad ? "ROLLED_BACK" : "DEPLOYED");
        }
    }

    /** A group in which a service that ended well must go back: every part of a group's release has something to do. */
    @Test
    void a_function_dies_after_any_of_its_writes() {
        GroupSite site = withoutBlue();
        String before = deployed(site);
        Deaths unharmed = release(site, Integer.MAX_VALUE, before);
        assertThat(unharmed.writes).isGreaterThan(MOST_RELEASES_OF_ONE_SITE);
        for (int write = 1; write <= unharmed.writes; write++) {
            if (write % MOST_RELEASES_OF_ONE_SITE == 0) {
                site = withoutBlue();
                before = deployed(site);
            }
            release(site, write, before);
        }
        System.out.println("groups: died after " + unharmed.writes + " writes");
    }

    private static GroupSite withoutBlue() {
        return new GroupSite(Map.of("0.TerminationWaitMinutes", "0", "1.TerminationWaitMinutes", "0"),
                EventSwitches.USUAL, 1, 2);
    }

    private static Deaths release(GroupSite site, int fatal, String before) {
        Deaths deaths = new Deaths(fatal);
        site.cloud.functions.meet(deaths);
        site.breaks(1, "AfterAllowTraffic");
        site.push();
        site.settle();
        site.mends();
        site.assertAll(before, "ROLLED_BACK");
        site.cloud.functions.meet(call -> null);
        return deaths;
    }

    /** Ends the process of one of the functions that groups concern after its n-th write. */
    private static final class Deaths implements CallFaults {
        private static final Set<String> FUNCTIONS = Set.of("ReportVerdict", "RecordOutcome", "SettleGroup");

        private final int fatal;
        private int writes;

        Deaths(int fatal) {
            this.fatal = fatal;
        }

        @Override
        public @Nullable CallFault meeting(FunctionCall call) {
            return FUNCTIONS.contains(call.function()) && !call.isRead() && ++writes == fatal
                    ? CallFault.CRASH_AFTER
                    : null;
        }
    }
}
