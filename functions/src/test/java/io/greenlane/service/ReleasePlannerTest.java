package io.greenlane.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.JsonObject;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ReleasePlan.Decision;
import io.greenlane.service.ReleasePlan.PlannedRelease;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasePlannerTest {
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final Digest PUSHED = new Digest("sha256:" + "7f".repeat(32));
    private static final Digest RUNNING = new Digest("sha256:" + "00".repeat(32));
    private static final ImageLookup INDEX = new ImageLookup.Found(
            new Manifest("application/vnd.oci.image.index.v1+json", Map.of("manifests",
                    List.of(Map.of("mediaType", "application/vnd.oci.image.manifest.v1+json")))));

    private final Images images = new Images();
    private final Map<String, String> broken = new HashMap<>();

    @Test
    void a_push_goes_to_every_service_whose_rule_takes_its_tag() {
        ReleasePlan plan = plan("v2", service("api", "glob:v*"), service("worker", "exact:latest"), service("batch"));

        assertThat(plan.decision()).isEqualTo(Decision.RELEASE);
        assertThat(plan.reason())
                .isEqualTo("Tag 'v2' of shop/api is an index of 1 platform image, followed by shop/api, shop/batch");
        assertThat(plan.releases()).containsExactly(new PlannedRelease(found("api"), RUNNING, null, Overlap.DEFAULT),
                new PlannedRelease(found("batch"), RUNNING, null, Overlap.DEFAULT));
    }

    @Test
    void a_push_that_no_service_takes_is_ignored_with_the_rule_of_each() {
        ReleasePlan plan = plan("dev-7", service("api", "glob:v*"), service("worker", "exact:latest"));

        assertThat(plan.decision()).isEqualTo(Decision.IGNORE);
        assertThat(plan.reason()).isEqualTo("No service takes tag 'dev-7' of shop/api: for shop/api it does not match"
                + " glob:v*; for shop/worker it does not match exact:latest");
        assertThat(images.asked).isEmpty();
    }

    @Test
    void a_repository_that_nobody_follows_is_ignored() {
        ReleasePlan plan = plan("v2");

        assertThat(plan.decision()).isEqualTo(Decision.IGNORE);
        assertThat(plan.reason()).isEqualTo("No service follows repository shop/api");
        assertThat(plan.push()).isNotNull();
    }

    @Test
    void an_older_version_is_ignored_and_the_newer_one_named() {
        images.tags = List.of(new Tag("1.2.0"), new Tag("1.3.0"), new Tag("2.0.0"));

        ReleasePlan plan = plan("1.2.0", service("api", "semver:^1"), service("worker", "semver:^1.2"));

        assertThat(plan.decision()).isEqualTo(Decision.IGNORE);
        assertThat(plan.reason()).contains("for shop/api the repository holds '1.3.0', which is newer in semver:^1");
        assertThat(images.asked).containsExactly("tags of shop/api");
    }

    @Test
    void an_artifact_is_ignored_by_what_the_registry_holds() {
        images.found = new ImageLookup.Found(new Manifest("application/vnd.oci.image.manifest.v1+json",
                Map.of("config", Map.of("mediaType", "application/vnd.cncf.helm.config.v1+json"))));

        ReleasePlan plan = plan("v2", service("api"));

        assertThat(plan.decision()).isEqualTo(Decision.IGNORE);
        assertThat(plan.reason()).isEqualTo("Tag 'v2' of shop/api is a Helm chart and is not deployed");
    }

    @Test
    void an_image_deleted_meanwhile_is_rejected_as_gone() {
        images.found = new ImageLookup.Gone("Image is no longer there");

        ReleasePlan plan = plan("v2", service("api"));

        assertThat(plan.decision()).isEqualTo(Decision.REJECT_GONE);
        assertThat(plan.decision().word()).isEqualTo("REJECT");
        assertThat(plan.decision().outcome()).isEqualTo("IMAGE_GONE");
        assertThat(plan.reason()).isEqualTo("Image is no longer there");
    }

    @Test
    void a_manifest_that_follows_no_specification_is_rejected() {
        images.found = new ImageLookup.Found(
                new Manifest("application/vnd.oci.image.index.v1+json", Map.of("manifests", 7)));
        assertThat(plan("v2", service("api")).reason())
                .endsWith("does not follow the OCI image specification: manifest.manifests must be a list, got 7");

        images.found = new ImageLookup.Unreadable("not JSON");
        assertThat(plan("v2", service("api")).decision()).isEqualTo(Decision.REJECT);
    }

    @Test
    void one_service_that_cannot_be_deployed_to_does_not_hold_up_the_others() {
        broken.put("worker", "no test listener");

        ReleasePlan plan = plan("v2", service("api"), service("worker"));

        assertThat(plan.decision()).isEqualTo(Decision.RELEASE);
        assertThat(plan.releases()).containsExactly(new PlannedRelease(found("api"), RUNNING, null, Overlap.DEFAULT),
                new PlannedRelease(service("worker").reference(), null, "no test listener",
                        Overlap.DEFAULT));
    }

    @Test
    void each_service_that_cannot_be_deployed_to_gets_a_release_that_says_why() {
        broken.put("api", "no group");
        broken.put("worker", "no test listener");

        ReleasePlan plan = plan("v2", service("api"), service("worker"));

        assertThat(plan.decision()).isEqualTo(Decision.RELEASE);
        assertThat(plan.releases()).extracting(PlannedRelease::problem).containsExactly("no group", "no test listener");
    }

    @Test
    void an_operator_gets_an_image_to_the_one_service_named_whatever_its_tags_and_its_queue() {
        TrackedService queued = service("api", "exact:latest").with(new Overlap(Policy.QUEUE, true));
        ReleasePlan plan = planner(service("worker"), queued, service("batch")).plan(wanted("shop", "api"), HOME);

        assertThat(plan.decision()).isEqualTo(Decision.RELEASE);
        assertThat(plan.releases()).containsExactly(
                new PlannedRelease(found("api"), RUNNING, null, new Overlap(Policy.NEWEST_WINS, true)));
    }

    private static ServiceSettings group() {
        Map<String, Object> web = Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "web",
                "group", "shop", "wave", 2);
        Map<String, Object> worker = Map.of("repository", "shop/api", "application", "shop", "deploymentGroup",
                "worker", "group", "shop");
        Map<String, Object> batch = Map.of("repository", "shop/api", "application", "shop", "deploymentGroup",
                "batch");
        List<String> problems = new ArrayList<>();
        ServiceSettings settings = ServiceSettings.of(List.of(web, worker, batch), problems::add);
        assertThat(problems).isEmpty();
        return settings;
    }

    private static PlannedRelease planned(String deploymentGroup, PlannedGroup group) {
        return new PlannedRelease(found(deploymentGroup, group.name()), RUNNING, null, Overlap.DEFAULT, group, null);
    }

    @Test
    void services_of_a_group_are_planned_as_one_and_each_learns_what_speaks_against_another() {
        broken.put("worker", "no test listener");
        ReleasePlan plan = new ReleasePlanner(group(), images, this::topology).plan(event("v2"), HOME);

        ServiceReference worker = group().services().get(1).reference();
        PlannedGroup shop = new PlannedGroup("shop", List.of(new PlannedGroup.Member(found("web", "shop"), 2, null),
                new PlannedGroup.Member(worker, 1, "no test listener")));
        assertThat(plan.releases()).containsExactly(planned("web", shop),
                new PlannedRelease(worker, null, "no test listener", Overlap.DEFAULT, shop, null),
                new PlannedRelease(found("batch"), RUNNING, null, Overlap.DEFAULT));
        assertThat(PlannedGroup.from(new JsonObject("group", shop.members()))).isEqualTo(shop);
    }

    @Test
    void an_operator_gets_an_image_to_the_whole_group_and_a_group_that_goes_back_to_one_of_its_services() {
        ReleasePlanner planner = new ReleasePlanner(group(), images, this::topology);
        PlannedGroup shop = new PlannedGroup("shop", List.of(new PlannedGroup.Member(found("web", "shop"), 2, null),
                new PlannedGroup.Member(found("worker", "shop"), 1, null)));

        assertThat(planner.plan(wanted("shop", "worker"), HOME).releases()).containsExactly(planned("web", shop),
                planned("worker", shop));
        String groupRelease = "g-" + "0".repeat(32);
        assertThat(planner.plan(wanted("shop", "worker", groupRelease), HOME).releases()).containsExactly(
                new PlannedRelease(found("worker", "shop"), RUNNING, null, Overlap.DEFAULT, null, groupRelease));
    }

    @ParameterizedTest
    @CsvSource({"shop, web", "store, api"})
    void an_operator_who_names_a_service_that_does_not_follow_the_repository_is_told(String application,
            String group) {
        ReleasePlan plan = planner(service("api")).plan(wanted(application, group), HOME);

        assertThat(plan.decision()).isEqualTo(Decision.REJECT);
        assertThat(plan.reason())
                .isEqualTo("No service " + application + "/" + group + " follows repository shop/api");
        assertThat(images.asked).isEmpty();
    }

    @Test
    void an_event_that_is_no_push_is_not_asked_about() {
        Map<String, Object> event = event("v2");
        event.put("detail-type", "ECR Image Scan");

        ReleasePlan plan = planner(service("api")).plan(event, HOME);

        assertThat(plan).isEqualTo(new ReleasePlan(Decision.IGNORE, "A finished scan is no push", null, List.of()));
        assertThat(images.asked).isEmpty();
    }

    private ReleasePlan plan(String tag, TrackedService... services) {
        return planner(services).plan(event(tag), HOME);
    }

    private ReleasePlanner planner(TrackedService... services) {
        return new ReleasePlanner(new ServiceSettings(List.of(services)), images, this::topology);
    }

    private ServiceTopology topology(ServiceReference reference) {
        if (broken.containsKey(reference.deploymentGroup())) {
            throw new ServiceNotDeployableException(broken.get(reference.deploymentGroup()));
        }
        TaskSet primary = new TaskSet("ecs-svc/1", "arn:1", "tg", null, null, List.of());
        return new ServiceTopology(found(reference.deploymentGroup(), reference.group()), 1, primary, List.of(), "prod",
                "test",
                URI.create("http://127.0.0.1:8080"), "web", 80, RUNNING);
    }

    private static ServiceReference found(String deploymentGroup) {
        return found(deploymentGroup, null);
    }

    private static ServiceReference found(String deploymentGroup, @Nullable String group) {
        return new ServiceReference(new RepositoryName("shop/api"), "shop", deploymentGroup, "cluster", deploymentGroup,
                group);
    }

    private static TrackedService service(String group, String... policies) {
        Map<String, Object> members = new HashMap<>(
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", group));
        if (policies.length > 0) {
            members.put("tags", List.of(policies));
        }
        List<String> problems = new ArrayList<>();
        ServiceSettings settings = ServiceSettings.of(List.of(members), problems::add);
        assertThat(problems).isEmpty();
        return settings.services().get(0);
    }

    private static Map<String, Object> wanted(String application, String group) {
        return wanted(application, group, null);
    }

    private static Map<String, Object> wanted(String application, String group, @Nullable String backFrom) {
        return PushEvent.wanted(new Push(HOME, new RepositoryName("shop/api"), PUSHED, new Tag("v1"),
                Push.OPERATOR + "1", Instant.parse("2026-03-04T05:06:07Z")), application, group, backFrom);
    }

    private static Map<String, Object> event(String tag) {
        return new HashMap<>(Map.of("id", "0b1c2d3e", "detail-type", "ECR Image Action", "source", "aws.ecr", "account",
                HOME.account(), "time", "2026-03-04T05:06:07Z", "region", HOME.region(), "detail",
                Map.of("result", "SUCCESS", "repository-name", "shop/api", "action-type", "PUSH", "image-tag", tag,
                        "image-digest", PUSHED.text())));
    }

    private static final class Images implements ImageCatalog {
        private final List<String> asked = new ArrayList<>();
        private List<Tag> tags = List.of();
        private ImageLookup found = INDEX;

        @Override
        public ImageLookup find(RepositoryName repository, Digest digest) {
            asked.add(digest.text());
            return found;
        }

        @Override
        public Collection<Tag> tags(RepositoryName repository) {
            asked.add("tags of " + repository);
            return tags;
        }
    }
}
