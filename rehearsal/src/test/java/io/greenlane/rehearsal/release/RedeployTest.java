package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stack is deployed again while releases are under way: nothing is lost, nothing happens twice. */
class RedeployTest {
    /** Until production has moved, or the stack has been deployed again. */
    private static final Duration RELEASE = Duration.ofSeconds(15);
    private static final String AGAIN = "Deployed again.";

    private static final WarmFunctions FUNCTIONS = new WarmFunctions();

    private static SampleSite site(String overlap) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, Map.of("Overlap", overlap,
                "TerminationWaitMinutes", "1", "ValidationSource", ShortestValidation.SOURCE), VirtualCloud.USUAL_SEED,
                FUNCTIONS);
        ShortestValidation.keep(site);
        return site;
    }

    @Test
    void whenever_the_stack_is_deployed_again_a_release_ends_as_it_would_have() {
        for (Duration moment = Duration.ZERO; moment.compareTo(RELEASE) < 0; moment = moment.plusSeconds(2)) {
            SampleSite site = site("newest-wins");
            String digest = site.push("v2", GOOD);
            site.cloud.timeline.after(moment, () -> site.redeploy("newest-wins"));
            site.settle();
            site.assertAtRest(digest);
            assertThat(outcomes(site)).as("after %s", moment).containsExactly("DEPLOYED");
            assertThat(site.deployments()).as("after %s", moment).hasSize(1);
        }
    }

    @Test
    void what_runs_goes_on_with_its_definition_and_what_comes_later_has_the_new_one() {
        SampleSite site = site("newest-wins");
        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(5));
        site.redeploy("newest-wins");
        site.cloud.timeline.advance(RELEASE);
        site.push("v3", GOOD);
        site.settle();

        assertThat(definitions(site, "Release")).satisfiesExactly(
                before -> assertThat(before).doesNotContain(AGAIN), after -> assertThat(after).contains(AGAIN));
        assertThat(definitions(site, "Validation")).last().asString().contains(AGAIN);
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "DEPLOYED");
    }

    private static List<String> definitions(SampleSite site, String workflow) {
        return site.executionsOf(workflow).stream().map(run -> site.cloud.stepFunctions
                .describeStateMachineForExecution(it -> it.executionArn(run.executionArn())).definition()).toList();
    }

    /** As when the stack has been rolled back, and only the version after it had that function. */
    @Test
    void a_release_whose_workflow_comes_to_a_function_that_is_gone_ends_as_failed() {
        SampleSite site = site("newest-wins");
        String workflow = site.stack.output("ReleaseArn");
        String definition = site.cloud.stepFunctions.describeStateMachine(it -> it.stateMachineArn(workflow))
                .definition();
        site.cloud.stepFunctions.updateStateMachine(it -> it.stateMachineArn(workflow)
                .definition(definition.replace(site.resource("CheckGates"), "greenlane-Gone")));
        site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes(site)).containsExactly("FAILED");
        site.assertAtRestAfterRefusals(site.firstDigest);
    }

    @Test
    void events_meanwhile_are_neither_lost_nor_told_twice_and_the_sweep_keeps_its_pace() {
        SampleSite site = site("queue");
        site.redeploy("queue");
        List<String> pushed = new ArrayList<>();
        IntStream.range(0, 13).forEach(i -> site.cloud.timeline.after(Duration.ofSeconds(i),
                () -> pushed.add(site.push("v" + (i + 2), GOOD))));
        site.cloud.timeline.advance(RELEASE);
        assertThat(site.executions()).as("before any sweep").hasSize(pushed.size());
        int sweeps = sweeps(site);
        site.cloud.timeline.advance(Duration.ofMinutes(50));

        assertThat(sweeps(site) - sweeps).isEqualTo(10);
        site.settle();
        site.assertAtRest(pushed.getLast());
        assertThat(site.executions()).hasSize(pushed.size());
        assertThat(outcomes(site)).hasSize(pushed.size()).containsOnly("DEPLOYED");
    }

    private static int sweeps(SampleSite site) {
        return site.cloud.functions.invocations().getOrDefault(site.resource("Sweep"), 0);
    }

    @ParameterizedTest
    @CsvSource({"newest-wins, queue, DEPLOYED DEPLOYED DEPLOYED", "newest-wins, refuse, DEPLOYED REJECTED REJECTED",
            "queue, newest-wins, DEPLOYED SUPERSEDED DEPLOYED", "queue, refuse, DEPLOYED REJECTED REJECTED",
            "refuse, newest-wins, DEPLOYED SUPERSEDED DEPLOYED", "refuse, queue, DEPLOYED DEPLOYED DEPLOYED"})
    void another_policy_counts_for_the_pushes_after_it(String before, String after, String outcomes) {
        SampleSite site = site(before);
        site.push("v2", GOOD);
        site.cloud.timeline.advance(RELEASE);
        site.redeploy(after);
        site.cloud.timeline.advance(RELEASE);
        site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(5));
        site.push("v4", GOOD);
        site.settle();
        assertThat(outcomes(site)).containsExactly(outcomes.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"newest-wins, queue", "newest-wins, refuse", "queue, newest-wins", "queue, refuse",
            "refuse, newest-wins", "refuse, queue"})
    void releases_that_wait_have_the_policy_of_their_push(String before, String after) {
        SampleSite site = site(before);
        List<String> pushed = new ArrayList<>();
        for (int i = 2; i <= 4; i++) {
            pushed.add(site.push("v" + i, GOOD));
            site.cloud.timeline.advance(Duration.ofSeconds(15));
        }
        site.redeploy(after);
        site.cloud.timeline.advance(Duration.ofMinutes(8));
        pushed.add(site.push("v5", GOOD));
        site.settle();

        site.assertAtRest(pushed.getLast());
        assertThat(outcomes(site)).hasSize(pushed.size()).containsSubsequence("DEPLOYED", "DEPLOYED").isEqualTo(
                switch (before) {
                    case "newest-wins" -> List.of("DEPLOYED", "SUPERSEDED", "DEPLOYED", "DEPLOYED");
                    case "queue" -> List.of("DEPLOYED", "DEPLOYED", "DEPLOYED", "DEPLOYED");
                    default -> List.of("DEPLOYED", "REJECTED", "REJECTED", "DEPLOYED");
                });
    }

    /** The planning of a push goes on for half a minute in the process that was there before. */
    @Test
    void an_invocation_that_runs_goes_on_with_the_old_code() {
        SampleSite site = site("newest-wins");
        site.cloud.functions.meet(call -> call.function().equals("PlanRelease")
                && call.operation().equals("DescribeRepositories") && call.ordinal() == 2 ? CallFault.SLOW : null);
        site.push("v2", GOOD);
        site.cloud.timeline.advance(RELEASE);
        site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(1));
        site.redeploy("refuse");
        site.settle();
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "DEPLOYED");
    }

    /** What became of the pushes, in their order. */
    private static List<String> outcomes(SampleSite site) {
        Map<String, String> outcomes = new HashMap<>();
        site.ledger().stream().filter(item -> item.containsKey("ending") && item.containsKey("execution")).forEach(
                item -> outcomes.put(text(item, "execution"), text(member(item, "ending").m(), "outcome")));
        return site.executionArns().stream().map(arn -> outcomes.getOrDefault(arn, "none")).toList();
    }

    private static String text(Map<String, AttributeValue> members, String name) {
        return member(members, name).s();
    }

    private static AttributeValue member(Map<String, AttributeValue> members, String name) {
        return Objects.requireNonNull(members.get(name), name);
    }
}
