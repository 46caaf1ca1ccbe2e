package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.event.ruler.Machine;

/** What starts what, and who may do what, in the shipped templates. */
class RulesAndRolesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> SERVICE_OF_THE_EVENTS = Map.of("RepositoryName", "sample-website",
            "CodeDeployApplicationName", "sample-website", "DeploymentGroupName", "sample-website");

    private final RecordingCloud cloud = new RecordingCloud();

    RulesAndRolesTest() {
        deploy(SERVICE_OF_THE_EVENTS);
    }

    private void deploy(Map<String, String> parameters) {
        new StackDeployer(new Account("111122223333", "eu-west-1"), cloud.clients()).deploy("greenlane",
                ShippedTemplates.main(), parameters);
    }

    @Test
    void only_tagged_pushes_to_the_repository_start_the_workflow() throws IOException {
        assertThat(matchingEvents("greenlane-ImagePushed")).containsExactly("ecr-hostile-digest",
                "ecr-hostile-long-tag",
                "ecr-hostile-tag", "ecr-other-account", "ecr-other-region", "ecr-push-cosign-attestation",
                "ecr-push-cosign-signature", "ecr-push-image", "ecr-push-index", "ecr-push-manifest-list",
                "ecr-push-old-form", "ecr-push-referrers-tag", "ecr-replayed", "ecr-retag");
    }

    @Test
    void only_ended_deployments_of_the_group_wake_a_release() throws IOException {
        assertThat(matchingEvents("greenlane-DeploymentChangedStateChange")).containsExactly("codedeploy-state-change");
    }

    @Test
    void only_tasks_of_services_that_did_not_end_by_hand_are_looked_at() throws IOException {
        assertThat(matchingEvents("greenlane-TaskStoppedStateChange")).containsExactly("ecs-task-crashed",
                "ecs-task-scaled-in");
    }

    @Test
    void only_what_gates_wait_for_has_releases_look_again() throws IOException {
        assertThat(matchingEvents("greenlane-GateNewsImageScanned")).containsExactly("ecr-scan");
        assertThat(matchingEvents("greenlane-GateNewsImageInspected")).containsExactly("inspector-scan");
        assertThat(matchingEvents("greenlane-GateNewsImageSigned")).containsExactly("ecr-referrer");
        assertThat(matchingEvents("greenlane-GateNewsSignatureTagged")).containsExactly("ecr-push-cosign-signature");
        assertThat(matchingEvents("greenlane-GateNewsAlarmQuiet")).containsExactly("cloudwatch-alarm-quiet");
    }

    @Test
    void an_event_that_cannot_be_delivered_is_kept() {
        List<PutTargetsRequest> targets = cloud.requests(PutTargetsRequest.class);

        assertThat(targets).filteredOn(put -> put.rule().matches(".*(ImagePushed|StateChange|GateNews.*)")).hasSize(8)
                .allSatisfy(put -> assertThat(put.targets()).singleElement().satisfies(target -> {
                    assertThat(target.deadLetterConfig().arn()).endsWith("UndeliveredEvents");
                    assertThat(target.retryPolicy().maximumRetryAttempts()).isPositive();
                }));
        JsonNode policy = JSON.valueToTree(cloud.roles
                .resourcePolicy("arn:aws:sqs:eu-west-1:111122223333:greenlane-UndeliveredEvents").orElseThrow());
        assertThat(policy.at("/Statement/0/Principal/Service").asText()).isEqualTo("events.amazonaws.com");
        assertThat(Reviewed.items(policy.at("/Statement/0/Condition/ArnEquals/aws:SourceArn")).map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(targets.stream()
                        .filter(put -> put.targets().stream().anyMatch(target -> target.deadLetterConfig() != null))
                        .map(put -> "arn:aws:events:eu-west-1:111122223333:rule/" + put.rule()).toList());
    }

    @ParameterizedTest
    @CsvSource({"release, 7", "validation, 2", "deadline, 1"})
    void a_function_ends_before_the_workflow_stops_waiting_for_it(String workflow, int functions) throws IOException {
        JsonNode definition = JSON
                .readTree(ShippedTemplates.root().resolve("statemachine/" + workflow + ".asl.json").toFile());
        Map<String, Integer> shortest = new TreeMap<>();
        definition.findParents("Resource").forEach(task -> {
            String name = task.path("Arguments").path("FunctionName").asText().replaceAll("^\\$\\{|Arn}$", "");
            shortest.merge(name, task.path("TimeoutSeconds").asInt(), Math::min);
        });

        assertThat(shortest).hasSize(functions).allSatisfy((name, seconds) -> assertThat(
                cloud.functions.get("greenlane-" + name)).extracting(function -> function.timeout().toSeconds())
                .asInstanceOf(InstanceOfAssertFactories.LONG).isLessThan(seconds));
    }

    @Test
    void the_validation_reads_only_what_its_settings_name() {
        Map<String, String> parameters = new LinkedHashMap<>(SERVICE_OF_THE_EVENTS);
        parameters.put("ValidationSource", "s3://shop-config/validation.yaml");
        parameters.put("SecretPath", "/shop/secrets/");
        deploy(parameters);

        List<String> resources = statements().entrySet().stream()
                .filter(each -> each.getKey().startsWith("greenlane-RunValidationRole"))
                .filter(each -> texts(each.getValue().get("Action")).stream()
                        .anyMatch(action -> action.matches("ssm:.*|s3:GetObject")))
                .flatMap(each -> texts(each.getValue().get("Resource")).stream()).toList();
        assertThat(resources).contains("arn:aws:s3:::shop-config/validation.yaml",
                "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/secrets/*",
                "arn:aws:ssm:eu-west-1:111122223333:parameter/greenlane/*").hasSize(4);
    }

    @Test
    void only_the_starter_creates_deployments_and_only_hooks_and_who_answers_for_them_report_verdicts() {
        assertThat(holders("codedeploy:CreateDeployment")).containsExactly("greenlane-StartDeploymentRole");
        assertThat(holders("codedeploy:PutLifecycleEventHookExecutionStatus"))
                .containsExactly("greenlane-AfterAllowTestTrafficRole", "greenlane-AfterAllowTrafficRole",
                        "greenlane-BeforeAllowTrafficRole", "greenlane-ReportVerdictRole",
                        "greenlane-SettleGroupRole", "greenlane-SweepRole");
        assertThat(holders("ecs:RegisterTaskDefinition")).containsExactly("greenlane-RegisterTaskDefinitionRole");
    }

    @Test
    void only_who_watches_over_deployments_stops_them_or_ends_their_waits() {
        assertThat(holders("codedeploy:StopDeployment")).containsExactly("greenlane-AdmitReleaseRole",
                "greenlane-OperateRole", "greenlane-SettleGroupRole", "greenlane-SweepRole",
                "greenlane-TaskStoppedRole");
        assertThat(holders("codedeploy:ContinueDeployment")).containsExactly("greenlane-AdmitReleaseRole",
                "greenlane-SweepRole");
    }

    private Set<String> holders(String action) {
        Set<String> holders = new TreeSet<>();
        statements().forEach((name, statement) -> {
            if (texts(statement.get("Action")).contains(action)) {
                holders.add(name.replaceAll(" .*", ""));
            }
        });
        return holders;
    }

    /** Every statement of every role, by role name and number. */
    private Map<String, Map<String, Object>> statements() {
        Map<String, Map<String, Object>> statements = new LinkedHashMap<>();
        for (Roles.Role role : cloud.roles.roles()) {
            role.inline().values().forEach(document -> {
                List<?> list = Values.list(document.getOrDefault("Statement", List.of()), "Statement");
                for (int i = 0; i < list.size(); i++) {
                    statements.put(role.name() + " " + i, Template.map(list.get(i), "Statement"));
                }
            });
        }
        return statements;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    private List<String> matchingEvents(String rule) throws IOException {
        String pattern = cloud.requests(PutRuleRequest.class).stream().filter(put -> put.name().equals(rule))
                .findFirst()
                .orElseThrow().eventPattern();
        Machine machine = Machine.builder().build();
        machine.addRule(rule, pattern);
        try (Stream<Path> events = Files.list(ShippedTemplates.root().resolve("events"))) {
            List<Path> sorted = events.sorted().toList();
            return sorted.stream().filter(event -> matches(machine, event))
                    .map(event -> event.getFileName().toString().replace(".json", "")).toList();
        }
    }

    private static boolean matches(Machine machine, Path event) {
        try {
            return !machine.rulesForJSONEvent(Files.readString(event)).isEmpty();
        } catch (Exception unreadable) {
            throw new AssertionError(event + " is not an event", unreadable);
        }
    }
}
