package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Page;
import io.greenlane.rehearsal.release.SampleSite.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Who validates for a hook dies at any call, before the call arrives or after it was answered, and whatever workflow runs is
 * stopped at any of its steps: the hook is answered before CodeDeploy's hour is over, and with Succeeded only if everything passed.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledAtEveryStepTest {
    /** As little as shows every kind of step: a proof, a check and some traffic. */
    private static final String RULES = """
            version: 1
            hooks:
              AfterAllowTestTraffic: { checks: [page], ready_within: 1m }
              BeforeAllowTraffic: { analyses: [load], ready_within: 1m }
            checks:
              page: { request: GET /, expect: { status: 200 } }
            analyses:
              load:
                traffic: { requests: [ GET /load ], rate: 1/s, duration: 2s }
                min_samples: 2
                thresholds: { error_rate: { max: 10% } }
            """;
    private static final Page BROKEN = new Page(500, "{}", Duration.ofMillis(20));
    private static final Duration HOUR = Duration.ofHours(1);
    /** Every third call in the usual build, all with {@code -Dgreenlane.everyFault=true}. */
    private static final int STEP = Boolean.getBoolean("greenlane.everyFault") ? 1 : 3;

    /** After so many releases a new site costs less than all that the old one remembers. */
    private static final int RELEASES_PER_SITE = 10;

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = site();
    private int versions = 1;
    private String release = "";
    private int releases;
    private int killed;
    private int deployed;

    private SampleSite site() {
        SampleSite site = new SampleSite(CodeDeployBehaviour.with(Deviation.HOOK_INVOCATION_RETRIED),
                EventSwitches.USUAL, Map.of("TerminationWaitMinutes", "0"), VirtualCloud.USUAL_SEED, functions);
        site.validateBy(RULES);
        return site;
    }

    /** Its calls to green too; calls to AWS fail in every way, those of the other functions too, in {@code SingleFaultsTest}. */
    @Test
    void a_validation_dies_at_any_of_its_calls() {
        for (Version image : List.of(GOOD, GOOD.with("/load", BROKEN))) {
            FunctionLife unharmed = release(Integer.MAX_VALUE, false, image);
            int calls = unharmed.calls();
            Set<Integer> lastCalls = unharmed.lastCalls();
            for (int call = 1; call <= calls; call += STEP) {
                release(call, false, image);
                // After any other call is before the next one.
                if (lastCalls.contains(call)) {
                    release(call, true, image);
                }
            }
        }
        tell("RunValidation");
    }

    @Test
    void a_workflow_is_stopped_at_any_of_its_steps() {
        for (Version image : List.of(GOOD, GOOD.with("/", BROKEN))) {
            for (String workflow : List.of("Validation", "Deadline")) {
                int event = 1;
                while (stopAt(workflow, event, image)) {
                    event++;
                }
            }
        }
        tell("the workflows");
    }

    private void tell(String who) {
        assertThat(killed).isGreaterThan(10);
        System.out.println(who + ": killed in " + killed + " cases; of " + releases + " releases " + deployed
                + " were deployed");
    }

    /** Whether an execution of this release came to have so many events before the release ended. */
    private boolean stopAt(String workflow, int event, Version image) {
        renew();
        String before = newest(workflow).map(ExecutionListItem::executionArn).orElse("");
        AtomicBoolean stopped = new AtomicBoolean();
        push(image);
        site.cloud.timeline.runUntil(() -> {
            newest(workflow).filter(it -> it.status() == ExecutionStatus.RUNNING)
                    .filter(it -> !it.executionArn().equals(before)).map(ExecutionListItem::executionArn)
                    .filter(arn -> site.cloud.stepFunctions.getExecutionHistory(it -> it.executionArn(arn)).events()
                            .size() >= event)
                    .ifPresent(arn -> {
                        site.cloud.stepFunctions.stopExecution(it -> it.executionArn(arn));
                        stopped.set(true);
                    });
            return stopped.get() || hasEnded();
        }, HOUR.multipliedBy(3));
        judge(image);
        killed += stopped.get() ? 1 : 0;
        return stopped.get();
    }

    private Optional<ExecutionListItem> newest(String workflow) {
        return site.cloud.stepFunctions.listExecutions(
                it -> it.stateMachineArn(site.resource(workflow)).maxResults(1)).executions().stream().findFirst();
    }

    private void push(Version image) {
        release = newest("Release").map(ExecutionListItem::executionArn).orElse("");
        versions++;
        site.push("v" + versions, image);
    }

    private FunctionLife release(int call, boolean afterwards, Version image) {
        renew();
        FunctionLife life = site.cloud.functions.of(site.resource("RunValidation"));
        life.diesAt(call, afterwards);
        push(image);
        judge(image);
        killed += call <= life.calls() ? 1 : 0;
        return life;
    }

    private void renew() {
        if (versions > RELEASES_PER_SITE) {
            versions = 1;
            site = site();
        }
    }

    private boolean hasEnded() {
        return newest("Release").filter(it -> !it.executionArn().equals(release))
                .filter(it -> it.status() != ExecutionStatus.RUNNING).isPresent();
    }

    /** Waits for the end of the release, and looks at what its hooks were answered. */
    private void judge(Version image) {
        for (int minutes = 0; !hasEnded(); minutes++) {
            assertThat(minutes).isLessThan(240);
            site.cloud.timeline.advance(Duration.ofMinutes(1));
        }
        releases++;
        String id = site.cloud.codeDeploy.listDeployments(it -> it.applicationName(site.application())
                .deploymentGroupName(site.group())).deployments().stream().limit(2)
                .filter(one -> !site.cloud.codeDeploy.getDeployment(it -> it.deploymentId(one)).deploymentInfo()
                        .creatorAsString().equals("codeDeployRollback"))
                .findFirst().orElseThrow();
        assertThat(site.lifecycle(id)).allSatisfy(event -> {
            assertThat(event.diagnostics().message()).doesNotContain("within one hour");
            if (event.startTime() != null && event.endTime() != null) {
                assertThat(Duration.between(event.startTime(), event.endTime())).isLessThan(HOUR);
            }
        });
        Map<String, String> verdicts = site.verdicts(id);
        if (newest("Release").orElseThrow().status() == ExecutionStatus.SUCCEEDED) {
            deployed++;
            assertThat(image).isEqualTo(GOOD);
            assertThat(verdicts).hasSize(3).allSatisfy((hook, verdict) -> assertThat(verdict).startsWith("PASS: "));
        } else {
            assertThat(verdicts.values()).anyMatch(verdict -> verdict.startsWith("FAIL: "));
        }
    }
}
