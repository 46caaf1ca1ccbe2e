package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Page;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Hooks that hand over to a validation workflow: shipped template, workflows and functions, in virtual time. */
class ValidationTest {
    private static final Page SLOW = new Page(200, "{}", Duration.ofMillis(300));
    private static final Page BROKEN = new Page(500, "{}", Duration.ofMillis(20));
    /** A check at one hook, and nothing at the others. */
    private static final String CHECK_AT = """
            version: 1
            hooks:
              %s: { checks: [ready] }
            checks:
              ready:
                request: GET /ready
                expect: { status: 200, latency: { warn: 200ms, max: 2s } }
            """;

    private SampleSite site = new SampleSite();

    private String deployment() {
        return site.deployments().getFirst().deploymentId();
    }

    private void assertOutcome(String outcome, String... named) {
        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo(outcome);
            assertThat(List.of(named)).allSatisfy(each -> assertThat(recorded.reason()).contains(each));
        });
    }

    @Test
    void a_pass_at_every_hook_deploys_and_leaves_a_report_that_the_message_links() {
        String digest = site.push("v2", GOOD);
        site.settle();

        assertOutcome("DEPLOYED");
        assertThat(site.verdicts(deployment())).hasSize(3).allSatisfy(
                (hook, verdict) -> assertThat(verdict).startsWith("PASS: "));
        assertThat(site.executionsOf("Validation")).extracting(DescribeExecutionResponse::name).containsExactly(
                deployment() + "-AfterAllowTestTraffic", deployment() + "-BeforeAllowTraffic",
                deployment() + "-AfterAllowTraffic");
        String report = deployment() + "/report.html";
        assertThat(site.cloud.s3.listObjectsV2(it -> it.bucket(site.resource("Reports"))).contents())
                .extracting(S3Object::key).contains(report, deployment() + "/report.json", deployment() + "/junit.xml",
                        deployment() + "/report.md");
        JsonNode message = site.messages().getFirst();
        assertThat(message.get("report").asText()).isEqualTo("https://eu-west-1.console.aws.amazon.com/s3/object/"
                + site.resource("Reports") + "?region=eu-west-1&prefix=" + report.replace("/", "%2F"));
        site.assertAtRest(digest);
        site.cloud.timeline.advance(Duration.ofHours(1));
        assertThat(site.executionsOf("Deadline")).hasSize(3).extracting(DescribeExecutionResponse::status)
                .containsOnly(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_warning_is_told_and_goes_on() {
        site.validateBy(CHECK_AT.formatted("AfterAllowTestTraffic"));
        String digest = site.push("v2", GOOD.with("/ready", SLOW));
        site.settle();

        assertOutcome("DEPLOYED");
        assertThat(site.verdicts(deployment()).get("AfterAllowTestTraffic")).startsWith("WARN: ")
                .contains("/greenlane/sample-website/validation");
        site.assertAtRest(digest);
    }

    @ParameterizedTest
    @CsvSource({"AfterAllowTestTraffic, 1", "BeforeAllowTraffic, 2", "AfterAllowTraffic, 3"})
    void a_failure_at_any_hook_takes_the_release_back(String hook, int validations) {
        site.validateBy(CHECK_AT.formatted(hook));
        site.push("v2", GOOD.with("/ready", BROKEN));
        site.settle();

        assertOutcome("ROLLED_BACK", hook + ": GET /ready answered 500, expected 200");
        assertThat(site.executionsOf("Validation")).hasSize(validations).extracting(DescribeExecutionResponse::status)
                .containsOnly(ExecutionStatus.SUCCEEDED);
        assertThat(site.messages().getFirst().get("report").asText()).contains(deployment());
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void what_nobody_knows_for_sure_is_taken_back() {
        site.validateBy("""
                version: 1
                hooks:
                  AfterAllowTestTraffic: { analyses: [load] }
                analyses:
                  load:
                    traffic: { requests: [ GET / ], rate: 2/s, duration: 10s }
                    min_samples: 500
                    thresholds: { error_rate: { max: 1% } }
                """);
        site.push("v2", GOOD);
        site.settle();

        assertThat(site.verdicts(deployment()).get("AfterAllowTestTraffic")).startsWith("INCONCLUSIVE: ");
        assertOutcome("ROLLED_BACK", "AfterAllowTestTraffic: ", "500");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_file_that_cannot_be_read_is_taken_back_with_every_problem_at_its_place() {
        site.validateBy("version: 1\nhooks: { AfterAllowTestTraffic: { cheks: [x] } }\n");
        site.push("v2", GOOD);
        site.settle();

        assertOutcome("ROLLED_BACK", "ssm:/greenlane/sample-website/validation:2:", "cheks", "checks");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_validation_lasts_longer_than_a_function_lives() {
        site.validateBy("""
                version: 1
                hooks:
                  AfterAllowTestTraffic: { analyses: [long, short], within: 45m }
                analyses:
                  long:
                    traffic: { requests: [ GET / ], rate: 1/s, duration: 39m }
                    thresholds: { error_rate: { max: 1% } }
                  short:
                    traffic: { requests: [ GET / ], rate: 1/s, duration: 4m }
                    thresholds: { error_rate: { max: 1% } }
                """);
        String digest = site.push("v2", GOOD);
        site.settle();

        assertOutcome("DEPLOYED");
        LifecycleEvent event = site.lifecycle(deployment()).stream()
                .filter(it -> it.lifecycleEventName().equals("AfterAllowTestTraffic")).findFirst().orElseThrow();
        assertThat(Duration.between(event.startTime(), event.endTime())).isBetween(Duration.ofMinutes(43),
                Duration.ofMinutes(46));
        assertThat(site.verdicts(deployment()).get("AfterAllowTestTraffic")).startsWith("PASS: ");
        site.assertAtRest(digest);
    }

    @Test
    void a_hook_that_is_called_twice_validates_once() {
        site = new SampleSite(CodeDeployBehaviour.with(Deviation.HOOK_INVOKED_TWICE), EventSwitches.USUAL, Map.of());
        String digest = site.push("v2", GOOD);
        site.settle();

        assertOutcome("DEPLOYED");
        assertThat(site.executionsOf("Validation")).hasSize(3);
        assertThat(site.executionsOf("Deadline")).hasSize(3);
        site.assertAtRest(digest);
    }

    @Test
    void a_verdict_that_comes_after_the_end_changes_nothing() {
        site.push("v2", GOOD);
        site.cloud.timeline.runUntil(() -> site.executionsOf("Validation").size() == 2, Duration.ofHours(1));
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(deployment()).autoRollbackEnabled(true));
        site.settle();

        assertThat(site.recorded()).extracting(Recorded::outcome).containsExactly("ABORTED");
        assertThat(site.executionsOf("Validation")).extracting(DescribeExecutionResponse::status)
                .doesNotContain(ExecutionStatus.RUNNING, ExecutionStatus.TIMED_OUT);
        site.assertAtRest(site.firstDigest);
    }

    @ParameterizedTest
    @CsvSource({"false, There is no verdict of AfterAllowTestTraffic", "true, was no pass for sha256:"})
    void production_does_not_move_without_the_first_verdict_for_the_same_image(boolean another, String why) {
        site.push("v2", GOOD);
        site.cloud.beforeNext.put("PutLifecycleEventHookExecutionStatus",
                () -> change("AfterAllowTestTraffic", another));
        site.settle();

        assertOutcome("ROLLED_BACK", "BeforeAllowTraffic: ", why);
        site.assertAtRest(site.firstDigest);
    }

    /** Takes a verdict out of the ledger, or makes it one of another image. */
    private void change(String hook, boolean another) {
        Map<String, AttributeValue> entry = new HashMap<>(site.ledger().stream().filter(item -> item.containsKey(hook))
                .findFirst().orElseThrow());
        Map<String, AttributeValue> verdict = new HashMap<>(List.of(entry.remove(hook)).getFirst().m());
        if (another) {
            verdict.put("digest", AttributeValue.fromS("sha256:" + "b".repeat(64)));
            entry.put(hook, AttributeValue.fromM(verdict));
        }
        site.cloud.dynamoDb.putItem(it -> it.tableName(site.resource("Releases")).item(entry));
    }
}
