package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.install.GreenTasks.Green;
import io.greenlane.install.StoppedTask;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Tasks and the Install phase over the wire: the real SDK clients, against a socket. */
class InstallAdaptersTest {
    private static final Green GREEN = new Green("shop", "api", "ecs-svc/2", "d-AB12CD34E", 3);
    private static final Instant CREATED = Instant.ofEpochSecond(1_772_600_767);

    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final Clients clients = new Clients(UrlConnectionHttpClient.create(),
            builder -> builder.endpointOverride(endpoint.address()).region(Region.EU_WEST_1).credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    private final EcsGreenTasks tasks = new EcsGreenTasks(clients.ecs());
    private final CodeDeployInstallations installations = new CodeDeployInstallations(clients.codeDeploy());
    private final CodeDeployInterventions interventions = new CodeDeployInterventions(clients.codeDeploy());

    @AfterEach
    void close() {
        endpoint.close();
    }

    private Map<String, Object> sent(int number) {
        return Json.object(endpoint.received().get(number).body());
    }

    private static Map<String, Object> taskSet(String id, String status, String startedBy, String deployment) {
        return Map.of("id", id, "status", status, "startedBy", startedBy, "externalId", deployment,
                "computedDesiredCount", 3);
    }

    @Test
    void only_what_codedeploy_made_and_production_does_not_use_is_to_take_over() {
        endpoint.answer(asked -> Map.of("services", List.of(Map.of("taskSets",
                List.of(taskSet("ecs-svc/1", "PRIMARY", "CODE_DEPLOY", "d-OLD"),
                        taskSet("ecs-svc/2", "ACTIVE", "CODE_DEPLOY", "d-AB12CD34E"),
                        taskSet("ecs-svc/3", "DRAINING", "CODE_DEPLOY", "d-GONE"),
                        taskSet("ecs-svc/4", "ACTIVE", "EXTERNAL", "other"))))));
        assertThat(tasks.replacements("shop", "api")).containsExactly(GREEN);
        assertThat(sent(0)).containsEntry("cluster", "shop").containsEntry("services", List.of("api"));
    }

    @Test
    void a_service_or_cluster_that_is_gone_has_no_tasks() {
        endpoint.answer(asked -> Map.of("services", List.of(), "failures", List.of(Map.of("reason", "MISSING"))));
        endpoint.answer(asked -> Map.of("__type", "ClusterNotFoundException"));
        endpoint.answer(asked -> Map.of("__type", "ServiceNotFoundException"));
        assertThat(tasks.replacements("shop", "api")).isEmpty();
        assertThat(tasks.replacements("shop", "api")).isEmpty();
        assertThat(tasks.stopped(GREEN, List.of())).isEmpty();
    }

    @Test
    void stopped_tasks_of_the_task_set_are_described_with_why() {
        endpoint.answer(asked -> Map.of("taskArns", List.of("arn:task/1", "arn:task/2"), "nextToken", "more"));
        endpoint.answer(asked -> Map.of("taskArns", List.of("arn:task/3")));
        endpoint.answer(asked -> Map.of("tasks", List.of(
                Map.of("taskArn", "arn:task/1", "startedBy", "ecs-svc/1", "stopCode", "UserInitiated"),
                Map.of("taskArn", "arn:task/2", "startedBy", "ecs-svc/2", "stopCode", "EssentialContainerExited",
                        "stoppedReason", "Essential container in task exited", "createdAt", CREATED.getEpochSecond(),
                        "stoppingAt", CREATED.getEpochSecond() + 10, "stoppedAt", CREATED.getEpochSecond() + 40,
                        "containers", List.of(Map.of("name", "api", "exitCode", 137, "reason", "OutOfMemoryError"))),
                Map.of("taskArn", "arn:task/3", "startedBy", "ecs-svc/2", "stoppedAt",
                        CREATED.getEpochSecond() + 50))));
        assertThat(tasks.stopped(GREEN, List.of("arn:task/0"))).containsExactly(
                new StoppedTask("arn:task/2", "EssentialContainerExited", "Essential container in task exited",
                        List.of(new StoppedTask.Container("api", 137, "OutOfMemoryError")), CREATED,
                        CREATED.plusSeconds(10)),
                new StoppedTask("arn:task/3", "", "", List.of(), null, CREATED.plusSeconds(50)));
        assertThat(sent(0)).containsEntry("cluster", "shop").containsEntry("serviceName", "api")
                .containsEntry("desiredStatus", "STOPPED").doesNotContainKey("startedBy");
        assertThat(sent(2)).containsEntry("tasks", List.of("arn:task/0", "arn:task/1", "arn:task/2", "arn:task/3"));
    }

    @Test
    void no_more_than_a_hundred_tasks_are_described_in_one_call() {
        endpoint.answer(asked -> Map.of("taskArns", IntStream.range(0, 201).mapToObj(i -> "arn:task/" + i).toList()));
        List<Integer> sizes = new ArrayList<>();
        for (int call = 0; call < 3; call++) {
            endpoint.answer(asked -> {
                sizes.add(asked.get("tasks") instanceof List<?> list ? list.size() : 0);
                return Map.of("tasks", List.of());
            });
        }
        assertThat(tasks.stopped(GREEN, Set.of())).isEmpty();
        assertThat(sizes).containsExactly(100, 100, 1);
    }

    private void answerTarget(String event, String status) {
        endpoint.answer(asked -> Map.of("deploymentTarget", Map.of("deploymentTargetType", "ECSTarget", "ecsTarget",
                Map.of("lifecycleEvents", List.of(Map.of("lifecycleEventName", "BeforeInstall", "status", "Succeeded"),
                        Map.of("lifecycleEventName", event, "status", status))))));
    }

    @Test
    void install_is_under_way_while_its_event_is_in_progress() {
        answerTarget("Install", "InProgress");
        answerTarget("Install", "Succeeded");
        answerTarget("Install", "Pending");
        answerTarget("AfterAllowTestTraffic", "InProgress");
        List<Boolean> answers = IntStream.range(0, 4)
                .mapToObj(i -> installations.isUnderWay("d-AB12CD34E", "shop", "api")).toList();
        assertThat(answers).containsExactly(true, false, false, false);
        assertThat(sent(0)).isEqualTo(Map.of("deploymentId", "d-AB12CD34E", "targetId", "shop:api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeploymentNotStartedException", "DeploymentDoesNotExistException",
            "DeploymentTargetDoesNotExistException"})
    void a_deployment_without_such_a_target_is_not_being_installed(String error) {
        endpoint.answer(asked -> Map.of("__type", error));
        assertThat(installations.isUnderWay("d-AB12CD34E", "shop", "api")).isFalse();
    }

    @Test
    void a_stop_asks_for_the_rollback_whatever_the_group_says() {
        endpoint.answer(asked -> Map.of("status", "Pending"));
        assertThat(interventions.stop("d-AB12CD34E")).isTrue();
        assertThat(sent(0))
                .isEqualTo(new HashMap<>(Map.of("deploymentId", "d-AB12CD34E", "autoRollbackEnabled", true)));
        endpoint.answer(asked -> Map.of("__type", "DeploymentAlreadyCompletedException"));
        assertThat(interventions.stop("d-AB12CD34E")).isFalse();
    }

    @Test
    void the_wait_for_blue_is_ended_by_its_name() {
        endpoint.answer(asked -> Map.of());
        assertThat(interventions.endTerminationWait("d-AB12CD34E")).isTrue();
        assertThat(sent(0)).isEqualTo(
                new HashMap<>(Map.of("deploymentId", "d-AB12CD34E", "deploymentWaitType", "TERMINATION_WAIT")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeploymentAlreadyCompletedException", "DeploymentDoesNotExistException",
            "DeploymentIsNotInReadyStateException", "InvalidDeploymentStatusException",
            "UnsupportedActionForDeploymentTypeException"})
    void a_deployment_that_does_not_wait_for_blue_is_left_alone(String error) {
        endpoint.answer(asked -> Map.of("__type", error));
        assertThat(interventions.endTerminationWait("d-AB12CD34E")).isFalse();
    }
}
