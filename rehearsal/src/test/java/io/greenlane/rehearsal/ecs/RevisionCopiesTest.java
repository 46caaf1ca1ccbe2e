package io.greenlane.rehearsal.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.aws.EcsRevisions;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Registry;
import io.greenlane.image.Repository;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.Json;
import io.greenlane.rehearsal.endpoint.LocalClients;
import io.greenlane.taskdefinition.Revision;
import io.greenlane.taskdefinition.RevisionRegistration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The functions' own copying of task definitions, through the SDK and the wire, against the simulated ECS. */
class RevisionCopiesTest {
    private static final Repository SHOP = new Repository(new Registry("123456789012", "us-east-1"),
            new RepositoryName("shop/api"), "127.0.0.1:5000/shop/api");
    private static final Digest DIGEST = new Digest("sha256:" + "7f".repeat(32));
    private static final ImageCatalog IMAGES = new ImageCatalog() {
        @Override
        public ImageLookup find(RepositoryName repository, Digest digest) {
            return new ImageLookup.Found(new Manifest("index", Map.of()));
        }

        @Override
        public Collection<Tag> tags(RepositoryName repository) {
            return List.of();
        }
    };

    @ParameterizedTest
    @EnumSource
    void a_copy_is_proved_whatever_ecs_adds_when_it_describes(DescribeNoise noise) {
        Website website = new Website(noise);
        EcsRevisions revisions = new EcsRevisions(LocalClients.of(website.ecs).client(EcsClient.builder()));
        RevisionRegistration registration = new RevisionRegistration(revisions, IMAGES);
        Revision source = revisions.register(Json.object("""
                {"family": "api", "networkMode": "awsvpc", "cpu": "0.25 vCPU", "memory": "0.5 GB", "futureTask": {"a": [1.50]},
                 "requiresCompatibilities": ["FARGATE"],
                 "containerDefinitions": [
                   {"name": "api", "image": "127.0.0.1:5000/shop/api:v1", "portMappings": [{"containerPort": 80}],
                    "environment": [{"name": "B", "value": "2"}, {"name": "A", "value": ""}], "future": 12345678901234567890},
                   {"name": "proxy", "image": "public.example/proxy:1"}],
                 "tags": [{"key": "team", "value": "shop"}]}"""));

        Revision first = registration.register(source.arn(), SHOP, DIGEST, "r-1");
        Revision again = registration.register(source.arn(), SHOP, DIGEST, "r-1");
        Revision next = registration.register(first.arn(), SHOP, DIGEST, "r-2");

        assertThat(first.name()).isEqualTo("api:2");
        assertThat(again.arn()).isEqualTo(first.arn());
        assertThat(next.name()).isEqualTo("api:3");
        assertThat(Json.text(next.members())).contains("\"futureTask\":{\"a\":[1.50]}", "12345678901234567890",
                "127.0.0.1:5000/shop/api@" + DIGEST);
        assertThat(next.tags()).containsEntry("team", "shop").containsEntry("greenlane:release", "r-2");
    }
}
