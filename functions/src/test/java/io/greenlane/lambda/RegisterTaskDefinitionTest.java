package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Registry;
import io.greenlane.image.Repository;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.taskdefinition.CopyDiffersException;
import io.greenlane.taskdefinition.Revision;
import io.greenlane.taskdefinition.RevisionRegistration;
import io.greenlane.taskdefinition.Revisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegisterTaskDefinitionTest {
    private static final String FAMILY = "arn:aws:ecs:eu-west-1:111122223333:task-definition/api";
    private static final String URI_OF_SHOP = "127.0.0.1:5000/shop/api";
    private static final String DIGEST = "sha256:" + "7f".repeat(32);

    private final Family family = new Family();
    private ImageLookup image = new ImageLookup.Found(new Manifest("index", Map.of()));

    @Test
    void the_item_goes_on_with_the_new_revision() {
        Map<String, Object> answer = handle(item());

        assertThat(answer).containsEntry("taskDefinition", FAMILY + ":42").containsEntry("releaseId", "r-1")
                .containsKeys("push", "service");
        assertThat(family.requests).hasSize(1);
    }

    @Test
    void a_second_attempt_finds_the_revision_of_the_first() {
        handle(item());

        assertThat(handle(item())).containsEntry("taskDefinition", FAMILY + ":42");
        assertThat(family.requests).hasSize(1);
    }

    @Test
    void another_release_of_the_same_image_gets_a_revision_of_its_own() {
        handle(item());
        Map<String, Object> other = item();
        other.put("releaseId", "r-2");
        handle(other);
        assertThat(family.requests).hasSize(2);
    }

    @Test
    void a_revision_that_ecs_registered_otherwise_is_not_used() {
        family.altersMemory = true;
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> handle(item())).isInstanceOf(CopyDiffersException.class)
                    .hasMessageEndingWith("it differs in memory");
            assertThat(family.requests).hasSize(attempt);
        }
    }

    @Test
    void a_copy_of_what_ran_before_somebody_else_deployed_is_not_used_again() {
        assertThat(handle(item())).containsEntry("source", FAMILY + ":41");
        family.mode = "fast";

        handle(item());
        assertThat(family.requests).hasSize(2).last().asString().contains("fast");
    }

    @Test
    void nothing_is_registered_when_the_image_is_gone_or_the_service_cannot_be_deployed_to() {
        image = new ImageLookup.Gone("Image was deleted");
        assertThatThrownBy(() -> handle(item())).isInstanceOf(ImageGoneException.class);

        Map<String, Object> broken = item();
        broken.put("problem", "no test listener");
        assertThatThrownBy(() -> handle(broken)).isInstanceOf(ServiceNotDeployableException.class)
                .hasMessage("no test listener");

        Map<String, Object> unknown = item();
        unknown.put("push", with(unknown.getOrDefault("push", Map.of()), "repository", "shop/web"));
        assertThatThrownBy(() -> handle(unknown)).hasMessage("ECR repository 'shop/web' does not exist");
        assertThat(family.requests).isEmpty();
    }

    @Test
    void an_item_that_was_not_admitted_is_refused() {
        Map<String, Object> item = item();
        item.remove("releaseId");

        assertThatIllegalArgumentException().isThrownBy(() -> handle(item))
                .withMessageContaining("releaseId is missing");
        assertThatIllegalArgumentException().isThrownBy(() -> handle(Map.of())).withMessage("item.push is missing");
    }

    private Map<String, Object> handle(Map<String, Object> item) {
        ImageCatalog images = new ImageCatalog() {
            @Override
            public ImageLookup find(RepositoryName repository, Digest digest) {
                return image;
            }

            @Override
            public Collection<Tag> tags(RepositoryName repository) {
                return Set.of();
            }
        };
        return new RegisterTaskDefinition(service -> FAMILY + ":41",
                name -> name.text().equals("shop/api")
                        ? Optional.of(new Repository(new Registry("111122223333", "eu-west-1"), name, URI_OF_SHOP))
                        : Optional.empty(),
                new RevisionRegistration(family, images)).handleRequest(Map.of("item", item),
                        new FunctionContext("arn:aws:lambda:eu-west-1:111122223333:function:RegisterTaskDefinition"));
    }

    private static Map<String, Object> item() {
        return new LinkedHashMap<>(Map.of("push",
                Map.of("account", "111122223333", "region", "eu-west-1", "repository", "shop/api", "digest", DIGEST,
                        "tag", "v2", "eventId", "0b1c2d3e", "time", "2026-03-04T05:06:07Z"),
                "service", Map.of("cluster", "prod", "service", "api", "application", "shop", "deploymentGroup", "api",
                        "repository", "shop/api"),
                "releaseId", "r-1"));
    }

    private static Map<Object, Object> with(Object object, String name, Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) object);
        changed.put(name, value);
        return changed;
    }

    /** A family that keeps what is registered. */
    private static final class Family implements Revisions {
        private final List<Map<String, Object>> requests = new ArrayList<>();
        private final List<Revision> registered = new ArrayList<>();
        private String mode = "slow";
        private boolean altersMemory;

        @Override
        public Revision describe(String arn) {
            return new Revision(arn, Map.of("family", "api", "taskDefinitionArn", arn, "containerDefinitions",
                    List.of(Map.of("name", "api", "image", URI_OF_SHOP + ":v1", "environment",
                            List.of(Map.of("name", "MODE", "value", mode))))),
                    Map.of());
        }

        @Override
        public List<Revision> newest(Revision notBefore) {
            return registered;
        }

        @Override
        public Revision register(Map<String, Object> request) {
            requests.add(request);
            Map<String, Object> taskDefinition = new LinkedHashMap<>(request);
            Object tags = taskDefinition.remove("tags");
            taskDefinition.put("taskDefinitionArn", FAMILY + ":42");
            if (altersMemory) {
                taskDefinition.put("memory", "512");
            }
            Map<String, Object> answer = new LinkedHashMap<>(Map.of("taskDefinition", taskDefinition));
            answer.put("tags", tags);
            Revision revision = Revision.from(answer);
            registered.add(0, revision);
            return revision;
        }
    }
}
