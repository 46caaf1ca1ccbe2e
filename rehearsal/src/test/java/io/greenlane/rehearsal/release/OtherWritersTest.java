package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.PRODUCTION;
import static io.greenlane.rehearsal.release.SampleSite.TEST;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import io.greenlane.rehearsal.release.SampleSite.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** Others change the service: people, template tools, Auto Scaling. What becomes of it is what docs/decisions/0009 says. */
class OtherWritersTest {
    /** The line that the template's metric filter counts. */
    private static final String ALARM = "\"alarm\":\"DRIFT\"";
    private static final Duration TWO_SWEEPS = Duration.ofMinutes(11);
    private static final WarmFunctions FUNCTIONS = new WarmFunctions();

    private static SampleSite site(CodeDeployBehaviour behaviour, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of("TerminationWaitMinutes", "1"));
        all.putAll(parameters);
        all.put("ValidationSource", ShortestValidation.SOURCE);
        SampleSite site = new SampleSite(behaviour, EventSwitches.USUAL, all, VirtualCloud.USUAL_SEED, FUNCTIONS);
        ShortestValidation.keep(site);
        return site;
    }

    /** One version has been released. */
    private static SampleSite released() {
        SampleSite site = site(CodeDeployBehaviour.DEFAULT, Map.of());
        site.push("v2", GOOD);
        settle(site);
        return site;
    }

    /** Time passes until the deployment of the newest push has come so far. */
    private static void until(SampleSite site, String moment) {
        int before = site.deployments().size();
        if (moment.equals("ended")) {
            settle(site);
            return;
        }
        site.cloud.timeline.runUntil(() -> {
            List<DeploymentInfo> all = site.deployments();
            DeploymentInfo last = all.getLast();
            return all.size() > before && (moment.equals("kept")
                    ? Boolean.TRUE.equals(last.instanceTerminationWaitTimeStarted())
                    : last.status() != DeploymentStatus.CREATED && site.lifecycle(last.deploymentId()).stream()
                            .anyMatch(event -> event.lifecycleEventName().equals(moment)
                                    && event.status() != LifecycleEventStatus.PENDING));
        }, Duration.ofMinutes(30));
    }

    /** Everything comes to rest, and the sweep has seen it twice. */
    private static void settle(SampleSite site) {
        site.cloud.timeline.advance(Duration.ofSeconds(30));
        while (!site.isQuiet()) {
            site.cloud.timeline.advance(Duration.ofSeconds(30));
        }
        site.cloud.timeline.advance(TWO_SWEEPS);
    }

    /** How many differences the next sweep finds that are an alarm. */
    private static int alarms(SampleSite site) {
        site.cloud.timeline.advance(Duration.ofMinutes(2));
        return site.sweep().path("drifts").asInt(-1);
    }

    private static Recorded last(SampleSite site) {
        return site.recorded().getLast();
    }

    private static List<String> told(SampleSite site) {
        return site.messages().stream().filter(message -> message.has("drift"))
                .map(message -> message.path("drift").asText()).toList();
    }

    private static String status(SampleSite site) {
        return site.operate("status").path("lines").toString();
    }

    private static Map<String, Integer> halves(SampleSite site) {
        return site.weights(PRODUCTION).keySet().stream().collect(Collectors.toMap(group -> group, group -> 50));
    }

    @Test
    void a_revision_that_a_template_tool_puts_back_is_told_once_and_stays_until_the_next_push() {
        SampleSite site = released();
        String old = site.registerFirst();
        String byHand = site.deployByHand(old);
        assertThat(Printed.during(() -> settle(site))).contains(ALARM);
        site.cloud.timeline.advance(Duration.ofMinutes(30));
        assertThat(site.messages()).filteredOn(message -> message.has("drift")).singleElement().satisfies(message -> {
            assertThat(message.path("drift").asText()).isEqualTo("REVISION");
            assertThat(message.path("found").asText()).isEqualTo(old);
            assertThat(message.path("sentence").asText()).contains(byHand, site.firstDigest, "v2");
        });
        assertThat(status(site)).contains("drift        since", old);
        site.assertAtRest(site.firstDigest);

        String digest = site.push("v3", GOOD);
        settle(site);
        assertThat(last(site).outcome()).isEqualTo("DEPLOYED");
        assertThat(status(site)).doesNotContain("drift  ");
        assertThat(alarms(site)).isZero();
        assertThat(told(site)).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void what_a_person_accepts_is_no_alarm_and_is_told_as_done_by_hand() {
        SampleSite site = released();
        site.deployByHand(site.register(UnaryOperator.identity()));
        settle(site);
        assertThat(told(site)).containsExactly("REVISION");
        assertThat(alarms(site)).isOne();

        assertThat(site.operate("accept-drift", "by", "Ada", "reason", "Hotfix.").path("changed").asBoolean()).isTrue();
        assertThat(site.operate("accept-drift", "by", "Ada", "reason", "Hotfix.").path("changed").asBoolean())
                .isFalse();

        assertThat(alarms(site)).isZero();
        assertThat(status(site)).contains("accepted at");
        assertThat(site.messages()).filteredOn(message -> message.path("operation").asText().equals("ACCEPT_DRIFT"))
                .singleElement().satisfies(message -> assertThat(message.path("by").asText()).isEqualTo("Ada"));
    }

    /** CodeDeploy takes a task set that others made primary for no reason to fail. */
    @ParameterizedTest
    @CsvSource({"Install, ROLLED_BACK", "AfterAllowTestTraffic, ROLLED_BACK", "BeforeAllowTraffic, ROLLED_BACK",
            "AllowTraffic, DIVERGED", "AfterAllowTraffic, DIVERGED", "kept, DIVERGED", "ended, DEPLOYED"})
    void a_task_set_that_others_make_primary_at_any_time_is_told_once_and_never_known_good(String moment,
            String outcome) {
        SampleSite site = released();
        String digest = site.push("v3", GOOD);
        until(site, moment);
        String other = site.register(UnaryOperator.identity());
        site.makePrimary(site.createTaskSet(other));
        settle(site);

        assertThat(last(site).outcome()).isEqualTo(outcome);
        boolean diverged = outcome.equals("DIVERGED");
        assertThat(told(site)).as("an outcome that tells of it tells it alone").containsExactlyInAnyOrderElementsOf(
                diverged ? List.of("PRODUCTION_LISTENER") : List.of("REVISION", "PRODUCTION_LISTENER"));
        assertThat(site.messages()).filteredOn(message -> message.path("outcome").asText().equals("DIVERGED"))
                .hasSize(diverged ? 1 : 0);
        assertThat(status(site)).contains(other);
        if (!outcome.equals("DEPLOYED")) {
            assertThat(status(site)).doesNotContain("good         " + digest);
        }
        assertThat(site.primary().taskDefinition()).as("nothing is undone").isEqualTo(other);
        assertThat(site.failedVisits()).isZero();
    }

    @Test
    void an_answer_of_the_past_makes_no_release_diverge() {
        for (String function : List.of("DeploymentChanged", "StartDeployment")) {
            SampleSite site = released();
            Set<FunctionCall> stale = new HashSet<>();
            String digest = site.push("v3", GOOD);
            until(site, "kept");
            if (function.equals("StartDeployment")) {
                site.disableRule("DeploymentChangedStateChange");
            }
            site.cloud.functions.meet(call -> call.function().equals(function)
                    && call.operation().equals("DescribeServices") && stale.isEmpty() && stale.add(call)
                            ? CallFault.STALE
                            : null);
            settle(site);
            assertThat(stale).as(function).hasSize(1);
            assertThat(last(site).outcome()).as(function).isEqualTo("DEPLOYED");
            site.assertAtRest(digest);
        }
    }

    @ParameterizedTest
    @CsvSource({"Install, false", "BeforeAllowTraffic, false", "AllowTraffic, true", "kept, true", "ended, true"})
    void weights_that_others_change_are_set_by_the_shift_or_told(String moment, boolean stays) {
        SampleSite site = released();
        site.push("v3", GOOD);
        until(site, moment);
        site.forward(PRODUCTION, halves(site));
        settle(site);

        assertThat(told(site)).containsExactlyElementsOf(stays ? List.of("PRODUCTION_LISTENER") : List.of());
        assertThat(site.weights(PRODUCTION).values()).as("nothing is undone").containsExactlyInAnyOrder(stays
                ? new Integer[]{50, 50}
                : new Integer[]{100, 0});
        if (stays) {
            site.push("v4", GOOD);
            settle(site);
            site.cloud.timeline.advance(TWO_SWEEPS);
            assertThat(last(site).outcome()).as("the next release sets them").isEqualTo("DEPLOYED");
            assertThat(status(site)).doesNotContain("drift  ");
        }
    }

    @Test
    void a_test_listener_that_leads_nowhere_is_told_before_the_next_release_needs_it() {
        SampleSite site = released();
        site.forward(TEST, halves(site));
        site.cloud.timeline.advance(TWO_SWEEPS);
        assertThat(told(site)).containsExactly("TEST_LISTENER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Install", "AllowTraffic", "kept", "ended"})
    void a_scaled_service_is_left_at_that_and_the_outcome_of_the_deployment_says_so(String moment) {
        SampleSite site = released();
        site.push("v3", GOOD);
        until(site, moment);
        site.scale(3);
        settle(site);

        assertThat(last(site).outcome()).isEqualTo("DEPLOYED");
        assertThat(last(site).reason().contains("from 1 to 3 tasks")).isEqualTo(!moment.equals("ended"));
        assertThat(status(site).contains("from 1 to 3 tasks")).isEqualTo(!moment.equals("ended"));
        assertThat(site.service().desiredCount()).isEqualTo(3);
        assertThat(told(site)).isEmpty();
        assertThat(alarms(site)).as("Auto Scaling may have had its reason").isZero();
        site.scale(1);
        site.cloud.timeline.advance(TWO_SWEEPS);
        assertThat(status(site)).doesNotContain("drift  ");
    }

    @Test
    void scaling_that_does_not_settle_during_the_shift_rolls_back_with_that_cause_and_blames_no_image() {
        SampleSite site = site(CodeDeployBehaviour.DEFAULT,
                Map.of("DeploymentConfigName", "CodeDeployDefault.ECSLinear10PercentEvery3Minutes"));
        String before = site.push("v2", GOOD);
        settle(site);
        String digest = site.push("v3", GOOD);
        until(site, "AllowTraffic");
        site.becomes(digest, new Version(new Behaviour.Serves(Duration.ofMinutes(20), 200), GOOD.pages()));
        site.scale(3);
        settle(site);

        assertThat(last(site).outcome()).isEqualTo("ROLLED_BACK");
        assertThat(last(site).reason()).contains("not reached a steady state", "from 1 to 3 tasks", "5 minutes");
        assertThat(status(site)).doesNotContain("quarantine   " + digest);
        assertThat(site.servedAt(PRODUCTION)).containsExactly(before);
        assertThat(site.service().desiredCount()).isEqualTo(3);
        assertThat(site.failedVisits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_life_that_nobody_else_disturbs_has_no_drift_and_few_calls(boolean testListenerStays) {
        SampleSite site = site(testListenerStays
                ? CodeDeployBehaviour.with(Deviation.TEST_LISTENER_STAYS_AFTER_ROLLBACK)
                : CodeDeployBehaviour.DEFAULT, Map.of());
        site.push("v2", GOOD);
        settle(site);
        site.push("v3", SampleSite.BAD_PAGE);
        settle(site);
        site.push("v4", GOOD);
        settle(site);
        site.operate("roll-back", "by", "Ada", "reason", "Carts are empty.");
        settle(site);
        site.push("stopped", GOOD);
        until(site, "kept");
        site.operate("roll-back", "by", "Ada", "reason", "They are again.");
        settle(site);
        site.cloud.timeline.advance(TWO_SWEEPS);

        assertThat(site.recorded()).extracting(Recorded::outcome).containsExactlyInAnyOrder("DEPLOYED", "ROLLED_BACK",
                "DEPLOYED", "DEPLOYED", "ROLLED_BACK");
        assertThat(alarms(site)).isZero();
        assertThat(told(site)).isEmpty();
        assertThat(site.ledger()).noneMatch(item -> item.toString().contains("drift#"));
        Map<String, Integer> calls = new TreeMap<>();
        site.cloud.functions.meet(call -> {
            if (!call.function().equals("Sweep")) {
                return null;
            }
            calls.merge(call.service() + ":" + call.operation(), 1, Integer::sum);
            return null;
        });
        site.cloud.timeline.advance(Duration.ofMinutes(5));
        assertThat(calls)
                .as("a sweep over one service at rest: 10 calls, 9 for the comparison, and 2 for each of the two"
                        + " executions that failed in the last hours")
                .isEqualTo(Map.ofEntries(
                        entry("dynamodb:GetItem", 5 + 3 + 2), entry("dynamodb:Query", 1),
                        entry("ecr:DescribeImages", 1), entry("sfn:DescribeStateMachine", 1),
                        entry("sfn:ListExecutions", 2), entry("sfn:DescribeExecution", 2),
                        entry("codedeploy:ListDeployments", 1), entry("codedeploy:GetDeploymentGroup", 1),
                        entry("ecs:DescribeServices", 1), entry("elasticloadbalancingv2:DescribeListeners", 1),
                        entry("elasticloadbalancingv2:DescribeRules", 2)));
    }

    @Test
    void a_sweep_that_dies_at_any_of_its_calls_tells_it_under_one_id_all_the_same() {
        SampleSite site = released();
        FunctionLife life = site.cloud.functions.of(site.resource("Sweep"));
        Map<String, Integer> right = new TreeMap<>(site.weights(TEST));
        Set<String> ids = new HashSet<>();
        int call = 0;
        boolean died = true;
        while (died) {
            call++;
            site.forward(TEST, halves(site));
            site.cloud.timeline.advance(Duration.ofMinutes(5));
            life.diesAt(call, true);
            site.cloud.timeline.advance(Duration.ofMinutes(5));
            died = life.calls() >= call;
            life.diesAt(Integer.MAX_VALUE, true);
            site.cloud.timeline.advance(Duration.ofMinutes(5));
            site.messages().stream().filter(message -> message.has("drift"))
                    .forEach(message -> ids.add(message.path("id").asText()));
            assertThat(ids).as("call %d", call).hasSize(call);
            site.forward(TEST, right);
            site.cloud.timeline.advance(Duration.ofMinutes(5));
        }
        assertThat(call).isGreaterThan(18);
    }
}
