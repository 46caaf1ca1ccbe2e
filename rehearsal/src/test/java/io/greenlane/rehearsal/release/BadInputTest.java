package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.iam.Roles.Role;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What cannot be released ends in one outcome that names what is wrong, and production is not touched. */
class BadInputTest {
    private final SampleSite site = new SampleSite();

    private void services(String services) {
        site.reconfigure("PlanRelease", Map.of("SERVICES", services));
        site.reconfigure("Sweep", Map.of("SERVICES", services));
    }

    /** What the stack grants when it is told of other services by its parameter. */
    private void grantEveryGroup(String... functions) {
        for (String function : functions) {
            Role role = site.cloud.roles
                    .role("arn:aws:iam::" + VirtualCloud.ACCOUNT.id() + ":role/greenlane-" + function + "Role")
                    .orElseThrow();
            Map<String, Map<String, Object>> inline = new LinkedHashMap<>(role.inline());
            inline.put("OtherServices", Map.of("Statement", Map.of("Effect", "Allow", "Action",
                    "codedeploy:GetDeploymentGroup", "Resource", "arn:aws:codedeploy:*:*:deploymentgroup:*")));
            site.cloud.roles.add(new Role(role.arn(), role.name(), role.trust(), inline, role.managedPolicyArns(),
                    role.boundary()));
        }
    }

    /** One execution that failed, one outcome, one message, no deployment. */
    private void assertRefused(String outcome, String... named) {
        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo(outcome);
            assertThat(recorded.reason()).contains(named);
        });
        assertThat(site.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(execution.cause()).contains(named);
        });
        assertThat(site.messages()).singleElement()
                .satisfies(message -> assertThat(message.get("reason").asText()).contains(named));
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void every_malformed_event_is_an_outcome() throws IOException {
        String digest = site.firstDigest;
        List<String> events = new ArrayList<>(List.of("{}", "[]", "null", "7", "\"push\"", "{\"detail\":[]}"));
        try (Stream<Path> samples = Files.list(SampleSite.root().resolve("events"))) {
            for (Path sample : samples.filter(it -> it.getFileName().toString().startsWith("ecr-hostile")).sorted()
                    .toList()) {
                events.add(Files.readString(sample));
            }
        }
        assertThat(events).hasSizeGreaterThan(10);
        for (String member : List.of("account", "region", "time", "detail-type", "source", "id", "detail")) {
            ObjectNode event = site.pushEvent("without-" + member, digest, "v1");
            event.remove(member);
            events.add(event.toString());
        }
        for (String member : List.of("repository-name", "image-digest", "image-tag", "action-type", "result")) {
            ObjectNode event = site.pushEvent("no-" + member, digest, "v1");
            ((ObjectNode) event.get("detail")).remove(member);
            events.add(event.toString());
            ObjectNode hostile = site.pushEvent("hostile-" + member, digest, "v1");
            ((ObjectNode) hostile.get("detail")).put(member, "../{% $x %}\u0000\n${jndi:ldap://x}'; DROP");
            events.add(hostile.toString());
        }
        events.forEach(site::start);
        site.settle();

        assertThat(site.recorded()).extracting(Recorded::outcome).isSubsetOf("REJECTED", "IGNORED");
        assertThat(site.executions()).hasSize(events.size()).allSatisfy(execution -> assertThat(execution.status())
                .isIn(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED));
        assertThat(site.deployments()).isEmpty();
        site.assertAtRest(site.firstDigest);
        assertThat(site.recorded()).hasSizeBetween(events.size() - 2, events.size());
    }

    @Test
    void a_repository_that_nobody_follows_is_ignored() {
        site.cloud.ecr.createRepository(it -> it.repositoryName("other"));
        ObjectNode event = site.pushEvent("other", site.firstDigest, "v1");
        ((ObjectNode) event.get("detail")).put("repository-name", "other");
        site.start(event.toString());
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("IGNORED");
            assertThat(recorded.reason()).isEqualTo("No service follows repository other");
        });
        assertThat(site.messages()).isEmpty();
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_repository_that_was_deleted_has_no_image() {
        site.push("v2", GOOD);
        site.cloud.beforeNext.put("DescribeImages",
                () -> site.cloud.ecr.deleteRepository(it -> it.repositoryName(SampleSite.REPOSITORY).force(true)));
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("IMAGE_GONE");
            assertThat(recorded.reason()).contains("Repository sample-website does not exist");
        });
        assertThat(site.deployments()).isEmpty();
    }

    @Test
    void a_group_without_a_test_listener_is_refused() {
        TargetGroupPairInfo pair = site.cloud.codeDeploy.getDeploymentGroup(it -> it
                .applicationName(site.application()).deploymentGroupName(site.group())).deploymentGroupInfo()
                .loadBalancerInfo().targetGroupPairInfoList().getFirst().toBuilder()
                .testTrafficRoute((TrafficRoute) null)
                .build();
        site.cloud.codeDeploy.updateDeploymentGroup(it -> it.applicationName(site.application())
                .currentDeploymentGroupName(site.group())
                .loadBalancerInfo(LoadBalancerInfo.builder().targetGroupPairInfoList(pair).build()));

        site.push("v2", GOOD);
        site.settle();

        assertRefused("REJECTED", site.group(), "has no test listener");
    }

    @Test
    void a_deployment_group_that_does_not_exist_is_refused() {
        site.cloud.codeDeploy.createApplication(
                it -> it.applicationName("servers").computePlatform(ComputePlatform.SERVER));
        grantEveryGroup("PlanRelease", "Sweep");
        services("[{\"repository\":\"sample-website\",\"application\":\"servers\",\"deploymentGroup\":\"all\"}]");

        site.push("v2", GOOD);
        site.settle();

        assertRefused("REJECTED", "servers", "all");
    }

    @Test
    void a_service_that_codedeploy_does_not_control_is_refused() {
        String cluster = site.stack.stack("Sample").output("ClusterName");
        TaskSet taskSet = site.service().taskSets().getFirst();
        site.cloud.ecs.deleteService(it -> it.cluster(cluster).service("sample-website").force(true));
        site.cloud.timeline.advance(Duration.ofMinutes(2));
        site.cloud.ecs.createService(it -> it.cluster(cluster).serviceName("sample-website")
                .taskDefinition(taskSet.taskDefinition()).desiredCount(1)
                .networkConfiguration(taskSet.networkConfiguration())
                .deploymentController(controller -> controller.type(DeploymentControllerType.ECS)));

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("REJECTED");
            assertThat(recorded.reason()).contains("sample-website", "CODE_DEPLOY");
        });
        assertThat(site.deployments()).isEmpty();
    }

    @Test
    void a_task_definition_without_a_container_of_the_repository_is_refused() {
        site.deployByHand(site.register(containers -> List.of(
                containers.getFirst().toBuilder().image("public.ecr.aws/other:1").build())));
        site.cloud.timeline.advance(Duration.ofMinutes(20));

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("REJECTED");
            assertThat(recorded.reason()).contains("sample-website runs 'public.ecr.aws/other:1'");
        });
        assertThat(site.deployments()).hasSize(1);
    }

    @Test
    void settings_that_are_missing_or_malformed_are_all_told_at_once() {
        services("[{\"repository\":\"Sample Website\",\"application\":7,\"tags\":[\"regex:(\",\"latest\"]}]");

        site.push("v2", GOOD);
        site.settle();

        assertRefused("FAILED", "SERVICES", "Sample Website", "application", "deploymentGroup", "regex", "latest");
    }

    @Test
    void a_service_that_follows_another_repository_than_the_stack_fails_every_release() {
        services("[{\"repository\":\"shop/other\",\"application\":\"%s\",\"deploymentGroup\":\"%s\"}]".formatted(
                site.application(), site.group()));

        site.push("v2", GOOD);
        site.settle();

        assertRefused("FAILED", "follows repository 'shop/other'", "pushed to 'sample-website' alone",
                "RepositoryName=shop/other");
    }

    @Test
    void a_step_without_its_settings_ends_the_release() {
        site.reconfigure("StartDeployment", Map.of("TABLE_NAME", "", "AFTER_ALLOW_TEST_TRAFFIC_FUNCTION", "",
                "BEFORE_ALLOW_TRAFFIC_FUNCTION", ""));

        site.push("v2", GOOD);
        site.settle();

        assertRefused("FAILED", "TABLE_NAME is not set", "AFTER_ALLOW_TEST_TRAFFIC_FUNCTION is not set",
                "BEFORE_ALLOW_TRAFFIC_FUNCTION is not set");
    }

    @Test
    void an_outcome_that_could_not_be_recorded_is_recorded_by_the_sweep() {
        site.reconfigure("RecordOutcome", Map.of("TOPIC_ARN", ""));

        String digest = site.push("v2", GOOD);
        site.settle();
        site.cloud.timeline.advance(Duration.ofMinutes(45));

        assertThat(site.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(execution.cause()).contains("The outcome DEPLOYED could not be recorded");
        });
        assertThat(site.recorded()).extracting(Recorded::outcome).containsExactly("DEPLOYED");
        assertThat(site.messages()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void a_hook_that_does_not_exist_is_named() {
        site.reconfigure("StartDeployment", Map.of("AFTER_ALLOW_TEST_TRAFFIC_FUNCTION", "CodeDeployHook_absent"));

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(recorded.reason()).contains("CodeDeployHook_absent");
        });
        site.assertAtRestAfterRefusals(site.firstDigest);
    }

    @Test
    void a_validation_with_malformed_settings_takes_the_release_back_and_says_why() {
        site.reconfigure("RunValidation", Map.of("CHECK_PATH", "no slash", "CHECK_STATUS", "fine",
                "CHECK_READY_WITHIN", "soon"));

        site.push("v2", GOOD);
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(recorded.reason()).contains("no slash", "fine", "soon");
        });
        site.assertAtRest(site.firstDigest);
    }

}
