package io.greenlane.lambda;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.deployment.AppSpec;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Site;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Push;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.Json;
import io.greenlane.release.GroupAdmissionDesk;
import io.greenlane.release.Outcome;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.World;
import io.greenlane.service.Overlap;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import io.greenlane.succession.Succession;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The functions of the workflow with everything behind them in memory. */
class WorkflowStepsTest {
    private static final Push PUSH = push('b', "event-b", START.plusSeconds(1));
    private static final ServiceTopology TOPOLOGY = new ServiceTopology(SHOP, 2,
            new TaskSet("ecs-svc/1", "arn:task-definition/api:6", "arn:tg/blue", "1.4.0", null, List.of()),
            List.of(new ServiceTopology.TargetGroup("blue", "arn:tg/blue"),
                    new ServiceTopology.TargetGroup("green", "arn:tg/green")),
            "arn:listener/80", "arn:listener/8080", URI.create("http://127.0.0.1:8080"), "api", 8080, digest('0'));

    private final Site site = new Site();

    private static GroupAdmissionDesk groupDesk(World world) {
        return new GroupAdmissionDesk(world.groups(), world.releases(), world.queue(), world.quarantine(),
                reference -> TOPOLOGY, world.waking());
    }

    private static Succession succession(Site site) {
        return new Succession(site.world.releases(), site.world.groups(), site.world.queue(), site.deployments(),
                site.withdrawals().or(site.verdicts()), site.verdicts(), site.withdrawals(), site.codeDeploy);
    }

    private static Map<String, Object> item(Push push) {
        return new ReleaseItem(push, SHOP, null, null, Overlap.DEFAULT).members();
    }

    private Map<String, Object> admit(Map<String, Object> item, String execution) {
        return new AdmitRelease(site.world.admissionDesk(), groupDesk(site.world), succession(site),
                reference -> TOPOLOGY)
                .handleRequest(Map.of("item", item, "execution", execution(execution)), new FunctionContext());
    }

    private StartDeployment start(boolean imageIsThere) {
        ImageCatalog images = new ImageCatalog() {
            @Override
            public ImageLookup find(RepositoryName repository, Digest digest) {
                return imageIsThere
                        ? new ImageLookup.Found(new Manifest("application/json", Map.of()))
                        : new ImageLookup.Gone("It was deleted.");
            }

            @Override
            public Collection<Tag> tags(RepositoryName repository) {
                throw new UnsupportedOperationException();
            }
        };
        return new StartDeployment(site.launcher(), site.foreign(), reference -> TOPOLOGY, images,
                site.world.callbacks(),
                new AppSpec.Hooks("CodeDeployHook_after", "CodeDeployHook_before",
                        "CodeDeployHook_done"));
    }

    private Map<String, Object> startInput(String token, int look) {
        Map<String, Object> item = new ReleaseItem(Site.PUSH, SHOP, null, null, Overlap.DEFAULT)
                .withReleaseId(site.release)
                .withTaskDefinition(Site.REVISION, "arn:task-definition/api:6").members();
        return Map.of("item", item, "taskToken", token, "attempt", look);
    }

    @Test
    void admission_answers_with_the_decision_and_the_id_in_the_item() {
        Map<String, Object> answer = admit(item(PUSH), "two");
        assertThat(answer).containsEntry("decision", "WAIT");
        assertThat(Json.object(Json.text(Objects.requireNonNull(answer.get("item"))))).containsKey("releaseId");
    }

    @Test
    void admission_refuses_a_service_with_a_problem_whether_planning_found_it_or_admission_does() {
        Map<String, Object> planned = new ReleaseItem(PUSH, SHOP, null, "No test listener.", Overlap.DEFAULT).members();
        assertThat(admit(planned, "two")).containsEntry("decision", "REJECTED")
                .containsEntry("reason", "No test listener.");
        AdmitRelease strict = new AdmitRelease(new World().admissionDesk(), groupDesk(site.world), succession(site),
                reference -> {
                    throw new ServiceNotDeployableException("No such group.");
                });
        assertThat(strict.handleRequest(Map.of("item", item(PUSH), "execution", execution("x")), new FunctionContext()))
                .containsEntry("decision", "REJECTED").containsEntry("reason", "No such group.");
    }

    @Test
    void starting_creates_a_deployment_with_both_hooks_and_ends_the_state_when_it_has_ended() {
        start(true).handleRequest(startInput(site.world.asleep("token-0"), 0), new FunctionContext());
        String id = site.codeDeploy.ours().get(0).id();
        String appSpec = Objects.requireNonNull(
                Objects.requireNonNull(site.world.releases().find(site.release)).launch().appSpec());
        assertThat(appSpec).contains("CodeDeployHook_after", "CodeDeployHook_before", Site.REVISION);
        assertThat(site.world.told).isEmpty();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        start(true).handleRequest(startInput(site.world.asleep("token-1"), 1), new FunctionContext());
        assertThat(site.world.told).singleElement().satisfies(told -> {
            assertThat(told.token()).isEqualTo("token-1");
            assertThat(told.output()).containsEntry("outcome", "DEPLOYED").containsEntry("deploymentId", id);
        });
    }

    @Test
    void an_image_that_is_gone_is_not_deployed() {
        assertThatThrownBy(() -> start(false).handleRequest(startInput("token-0", 0), new FunctionContext()))
                .isInstanceOf(ImageGoneException.class);
        assertThat(site.codeDeploy.ours()).isEmpty();
    }

    @Test
    void a_state_change_event_reaches_the_workflow_and_an_empty_one_is_refused_in_words() {
        String id = Objects.requireNonNull(site.look(0, site.world.asleep("token-0")).deploymentId());
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        ScheduledEvent event = new ScheduledEvent();
        event.setDetail(Map.of("deploymentId", id, "state", "SUCCESS"));
        new DeploymentChanged(site.news()).handleRequest(event, new FunctionContext());
        assertThat(site.world.told).hasSize(1);
        event.setDetail(Map.of());
        assertThatThrownBy(() -> new DeploymentChanged(site.news()).handleRequest(event, new FunctionContext()))
                .hasMessageContaining("event.detail.deploymentId is missing");
    }

    @Test
    void an_outcome_is_recorded_under_the_release_of_the_workflow() {
        Map<String, Object> answer = new RecordOutcome(site.world.outcomeDesk()).handleRequest(
                Map.of("item", item(Site.PUSH), "execution", execution("one"), "outcome", "DEPLOYED", "reason",
                        "Good."),
                new FunctionContext());
        assertThat(answer).isEqualTo(Map.of("releaseId", site.release, "outcome", "DEPLOYED", "reason", "Good."));
        assertThat(site.world.queue().head(SHOP).running()).isNull();
    }

    @Test
    void a_caught_error_becomes_the_outcome_with_the_message_of_the_function() {
        Map<String, Object> error = Map.of("Error", "io.greenlane.image.ImageGoneException", "Cause",
                "{\"errorMessage\":\"It was deleted.\",\"errorType\":\"io.greenlane.image.ImageGoneException\"}");
        Map<String, Object> answer = new RecordOutcome(site.world.outcomeDesk()).handleRequest(
                Map.of("item", item(Site.PUSH), "execution", execution("one"), "error", error), new FunctionContext());
        assertThat(answer).containsEntry("outcome", Outcome.IMAGE_GONE.name()).containsEntry("reason",
                "It was deleted.");
    }

    @Test
    void an_outcome_without_push_or_service_is_recorded_too() {
        Map<String, Object> item = new HashMap<>();
        item.put("push", null);
        Map<String, Object> answer = new RecordOutcome(site.world.outcomeDesk()).handleRequest(
                Map.of("item", item, "execution", execution("x"), "outcome", "REJECTED", "reason", "No JSON."),
                new FunctionContext());
        assertThat(answer).containsEntry("outcome", "REJECTED").containsEntry("releaseId", null);
        assertThat(site.world.announced).hasSize(1);
        assertThat(site.world.queue().head(SHOP)).isNotEqualTo(ServiceHead.IDLE);
    }

    @Test
    void every_line_of_the_log_is_json_and_names_the_release_and_never_the_token() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            start(true).handleRequest(startInput("secret-token", 0), new FunctionContext());
        } finally {
            System.setOut(before);
        }
        String log = bytes.toString(StandardCharsets.UTF_8);
        assertThat(log.lines()).isNotEmpty().allSatisfy(line -> assertThat(Json.object(line))
                .containsEntry("releaseId", site.release).containsEntry("service", "shop/shop-api")
                .containsEntry("digest", digest('a').text()).containsKey("deploymentId"));
        assertThat(log).doesNotContain("secret-token");
    }
}
