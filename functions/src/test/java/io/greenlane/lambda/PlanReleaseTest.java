package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.Json;
import io.greenlane.service.ReleasePlanner;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanReleaseTest {
    private static final String DIGEST = "sha256:" + "7f".repeat(32);
    private static final String API = "[{\"repository\":\"shop/api\",\"application\":\"shop\","
            + "\"deploymentGroup\":\"api\",\"tags\":[\"glob:v*\"]}]";

    @Test
    void a_push_becomes_the_items_of_the_workflow() {
        Map<String, Object> answer = handle(event("v2"));

        assertThat(Json.text(answer)).isEqualTo("""
                {"decision":"RELEASE","outcome":"",\
                "reason":"Tag 'v2' of shop/api is an index of 1 platform image, followed by shop/api",\
                "push":{"account":"111122223333","region":"eu-west-1","repository":"shop/api","digest":"DIGEST",\
                "tag":"v2","eventId":"0b1c2d3e","time":"2026-03-04T05:06:07Z"},\
                "releases":[{"push":{"account":"111122223333","region":"eu-west-1","repository":"shop/api",\
                "digest":"DIGEST","tag":"v2","eventId":"0b1c2d3e","time":"2026-03-04T05:06:07Z"},\
                "service":{"cluster":"prod","service":"api","application":"shop","deploymentGroup":"api",\
                "repository":"shop/api"},"overlap":"newest-wins","endTerminationWait":false}]}""".replace("DIGEST",
                DIGEST));
    }

    @Test
    void a_push_that_is_not_released_says_why() {
        assertThat(handle(event("dev"))).containsEntry("decision", "IGNORE").containsEntry("outcome", "IGNORED")
                .containsEntry("releases", List.of()).hasEntrySatisfying("push", push -> assertThat(push).isNotNull());
        assertThat(handle(Map.of())).containsEntry("decision", "REJECT").containsEntry("outcome", "REJECTED")
                .containsEntry("reason", "event.source is missing").containsEntry("push", null);
    }

    @Test
    void an_event_of_another_account_than_the_functions_is_rejected() {
        Map<String, Object> answer = planRelease().handleRequest(Map.of("event", event("v2")),
                new FunctionContext("arn:aws:lambda:eu-west-1:999988887777:function:PlanRelease"));

        assertThat(answer.get("reason")).isEqualTo("The event comes from account 111122223333 in eu-west-1,"
                + " this installation releases in account 999988887777 in eu-west-1");
    }

    @Test
    void settings_complain_once_about_everything() {
        assertThatIllegalStateException().isThrownBy(() -> PlanSettings.from(Map.of())).withMessage(
                "The settings of this function are not usable: SERVICES is not set; REPOSITORY_NAME is not set");
        assertThatIllegalStateException().isThrownBy(() -> settings("[{"))
                .withMessageContaining("SERVICES is not JSON");
        assertThatIllegalStateException()
                .isThrownBy(() -> settings("[{\"repository\":\"X\",\"tags\":[]}]"))
                .withMessageContaining("SERVICES[0].repository")
                .withMessageContaining("SERVICES[0].application is missing")
                .withMessageContaining("SERVICES[0].deploymentGroup is missing")
                .withMessageContaining("SERVICES[0].tags");
    }

    @Test
    void the_settings_of_the_template_are_read() {
        PlanSettings settings = settings(API);

        assertThat(settings.services().services()).hasSize(1);
    }

    @Test
    void a_service_of_another_repository_is_refused_with_both_names() {
        assertThatIllegalStateException().isThrownBy(() -> settings(API.replace("shop/api", "shop/proxy")))
                .withMessageEndingWith(
                        "SERVICES: shop/api follows repository 'shop/proxy', and this stack releases what is"
                                + " pushed to 'shop/api' alone; name that one, or deploy a stack with RepositoryName=shop/proxy for"
                                + " it");
    }

    private static PlanSettings settings(String services) {
        return PlanSettings.from(Map.of("SERVICES", services, "REPOSITORY_NAME", "shop/api"));
    }

    private static Map<String, Object> handle(Map<String, Object> event) {
        return planRelease().handleRequest(Map.of("event", event, "execution", "arn:aws:states:x"),
                new FunctionContext("arn:aws:lambda:eu-west-1:111122223333:function:PlanRelease"));
    }

    private static PlanRelease planRelease() {
        ImageCatalog images = new ImageCatalog() {
            @Override
            public ImageLookup find(RepositoryName repository, Digest digest) {
                return new ImageLookup.Found(
                        new Manifest("application/vnd.oci.image.index.v1+json", Map.of("manifests",
                                List.of(Map.of("mediaType", "application/vnd.oci.image.manifest.v1+json")))));
            }

            @Override
            public Collection<Tag> tags(RepositoryName repository) {
                return Set.of();
            }
        };
        return new PlanRelease(new ReleasePlanner(settings(API).services(), images, PlanReleaseTest::topology));
    }

    private static ServiceTopology topology(ServiceReference reference) {
        return new ServiceTopology(
                new ServiceReference(reference.repository(), reference.application(), reference.deploymentGroup(),
                        "prod",
                        "api"),
                1, new TaskSet("ecs-svc/1", "arn:1", "arn/blue", null, null, List.of()), List.of(), "prod", "test",
                URI.create("http://127.0.0.1:8080"), "api", 80, null);
    }

    private static Map<String, Object> event(String tag) {
        return Map.of("id", "0b1c2d3e", "detail-type", "ECR Image Action", "source", "aws.ecr", "account",
                "111122223333", "time", "2026-03-04T05:06:07Z", "region", "eu-west-1", "detail",
                Map.of("result", "SUCCESS", "repository-name", "shop/api", "action-type", "PUSH", "image-tag", tag,
                        "image-digest", DIGEST));
    }
}
