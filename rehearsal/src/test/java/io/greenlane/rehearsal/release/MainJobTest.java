package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** From a push to its outcome: shipped template, workflow and functions, in virtual time. */
class MainJobTest {
    @ParameterizedTest
    @ValueSource(strings = {"CodeDeployDefault.ECSAllAtOnce", "CodeDeployDefault.ECSCanary10Percent5Minutes",
            "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"})
    void a_good_image_is_deployed_however_traffic_moves(String configuration) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
                Map.of("DeploymentConfigName", configuration));

        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(release -> {
            assertThat(release.outcome()).isEqualTo("DEPLOYED");
            assertThat(release.reason()).contains(site.deployments().getFirst().deploymentId());
        });
        assertThat(site.executions()).extracting(DescribeExecutionResponse::status)
                .containsExactly(ExecutionStatus.SUCCEEDED);
        assertThat(site.messages()).singleElement().satisfies(message -> {
            assertThat(message.get("outcome").asText()).isEqualTo("DEPLOYED");
            assertThat(message.at("/push/digest").asText()).isEqualTo(digest);
        });
        site.assertAtRest(digest);
        site.assertTestListenerFollows();
    }

    @Test
    void a_bad_page_is_rolled_back_by_the_hook_with_what_it_saw() {
        SampleSite site = new SampleSite();

        site.push("v2", BAD_PAGE);
        site.settle();

        assertRolledBack(site, "AfterAllowTestTraffic: GET / answered 500, expected 200-399 (built-in default);"
                + " 10 attempts, the last bad one is told.");
    }

    private static void assertRolledBack(SampleSite site, String why) {
        assertThat(site.recorded()).singleElement().satisfies(release -> {
            assertThat(release.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(release.reason()).contains(why);
        });
        String reason = site.recorded().getFirst().reason();
        assertThat(site.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(execution.cause()).isEqualTo("ROLLED_BACK: " + reason);
        });
        assertThat(site.messages()).singleElement()
                .satisfies(message -> assertThat(message.get("reason").asText()).isEqualTo(reason));
        site.assertAtRest(site.firstDigest);
        site.assertTestListenerFollows();
    }
}
