package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Registry;
import io.greenlane.image.Repository;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.Json;
import io.greenlane.taskdefinition.CopyDiffersException;
import io.greenlane.taskdefinition.GeneratedTaskDefinition;
import io.greenlane.taskdefinition.RegistrationThrottledException;
import io.greenlane.taskdefinition.Revision;
import io.greenlane.taskdefinition.RevisionRegistration;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** The real SDK client, against a socket. */
class EcsRevisionsTest {
    private static final String FAMILY = "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api";
    private static final String REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api";
    private static final Repository SHOP = new Repository(new Registry("111122223333", "eu-west-1"),
            new RepositoryName("shop/api"), REPOSITORY);
    private static final Digest DIGEST = new Digest("sha256:" + "7f".repeat(32));

    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final Map<String, Object> described = new GeneratedTaskDefinition(7).describeAnswer(REPOSITORY + ":v1");
    private ImageLookup image = new ImageLookup.Found(new Manifest("index", Map.of()));
    private final EcsRevisions revisions = new EcsRevisions(client(endpoint.address()));

    private static EcsClient client(URI address) {
        return EcsClient.builder().endpointOverride(address).region(Region.EU_WEST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.standardRetryStrategy()
                        .toBuilder().backoffStrategy(BackoffStrategy.fixedDelay(Duration.ofMillis(1))).build()))
                .build();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void members_that_the_sdk_does_not_know_travel_both_ways() {
        endpoint.answer(request -> described);
        endpoint.answer(request -> Map.of("taskDefinitionArns", List.of(FAMILY + ":41")));
        endpoint.answer(request -> described);
        endpoint.answer(EcsRevisionsTest::registered);

        Revision revision = register("r-1");

        assertThat(revision.arn()).isEqualTo(FAMILY + ":42");
        assertThat(operations()).containsExactly("DescribeTaskDefinition", "ListTaskDefinitions",
                "DescribeTaskDefinition", "RegisterTaskDefinition");
        Map<String, Object> sent = Json.object(endpoint.received().get(3).body());
        Map<?, ?> source = (Map<?, ?>) described.getOrDefault("taskDefinition", Map.of());
        assertThat(source.keySet().stream().map(String::valueOf).filter(name -> name.startsWith("future"))).isNotEmpty()
                .allSatisfy(name -> assertThat(Json.text(Map.of("it", sent.getOrDefault(name, "lost"))))
                        .isEqualTo(Json.text(Map.of("it", source.get(name)))));
        assertThat(sent).doesNotContainKeys("revision", "status", "taskDefinitionArn", "registeredBy");
        assertThat(revision.members().keySet())
                .containsAll(sent.keySet().stream().filter(it -> !it.equals("tags")).toList());
    }

    @Test
    void the_body_that_is_sent_is_the_one_that_is_signed_and_measured() {
        endpoint.answer(EcsRevisionsTest::registered);
        Map<String, Object> request = new LinkedHashMap<>(Map.of("family", "shop-api", "future", "é🚀"));

        revisions.register(request);

        FakeEndpoint.Received received = endpoint.received().get(0);
        assertThat(received.body()).isEqualTo(Json.text(request));
        assertThat(received.contentLength())
                .isEqualTo(String.valueOf(received.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(received.authorization()).startsWith("AWS4-HMAC-SHA256 Credential=key/");
        assertThat(received.contentHash()).isIn(null, "UNSIGNED-PAYLOAD",
                new AppSpecContent(received.body()).sha256());
    }

    @Test
    void a_retry_sends_the_same_body_again_and_reads_the_last_answer() {
        endpoint.failFirst(2);
        endpoint.answer(EcsRevisionsTest::registered);

        Map<String, Object> request = Map.of("family", "shop-api", "future", 1);

        assertThat(revisions.register(request).arn()).isEqualTo(FAMILY + ":42");
        assertThat(endpoint.received()).hasSize(3).extracting(FakeEndpoint.Received::body)
                .containsOnly(Json.text(request));
    }

    @ParameterizedTest
    @CsvSource({"ThrottlingException, true", "ClientException, false"})
    void a_throttled_registration_is_told_from_a_refused_one(String type, boolean waits) {
        for (int attempt = 0; attempt < 3; attempt++) {
            endpoint.answer(request -> Map.of("__type", type, "message", "Rate exceeded"));
        }

        assertThatThrownBy(() -> revisions.register(Map.of("family", "shop-api")))
                .isInstanceOf(waits ? RegistrationThrottledException.class : EcsException.class)
                .hasMessageContaining(waits ? "shop-api was throttled" : "Rate exceeded");
    }

    @Test
    void a_field_that_ecs_drops_silently_stops_the_release_and_is_named() {
        Map<?, ?> source = (Map<?, ?>) described.getOrDefault("taskDefinition", Map.of());
        String dropped = source.keySet().stream().map(String::valueOf).filter(name -> name.startsWith("future"))
                .findFirst().orElseThrow();
        endpoint.answer(request -> described);
        endpoint.answer(request -> Map.of("taskDefinitionArns", List.of()));
        endpoint.answer(request -> {
            Map<String, Object> kept = new LinkedHashMap<>(request);
            kept.remove(dropped);
            return registered(kept);
        });

        assertThatThrownBy(() -> register("r-1")).isInstanceOf(CopyDiffersException.class)
                .hasMessageEndingWith("it differs in " + dropped);
    }

    @Test
    void a_revision_that_an_earlier_attempt_registered_is_adopted_and_held_against_the_source_too() {
        endpoint.answer(request -> described);
        endpoint.answer(request -> Map.of("taskDefinitionArns", List.of(FAMILY + ":42")));
        endpoint.answer(request -> described);
        endpoint.answer(EcsRevisionsTest::registered);
        register("r-1");
        Map<String, Object> ours = registered(Json.object(endpoint.received().get(3).body()));
        Map<String, Object> again = new LinkedHashMap<>(ours);
        again.put("taskDefinition",
                with(ours.getOrDefault("taskDefinition", Map.of()), "taskDefinitionArn", FAMILY + ":44"));
        endpoint.received().clear();

        endpoint.answer(request -> described);
        endpoint.answer(request -> Map.of("taskDefinitionArns", List.of(FAMILY + ":44", FAMILY + ":43", FAMILY + ":42",
                FAMILY + ":41", FAMILY + ":40", FAMILY.replace("api", "api-2") + ":99")));
        endpoint.answer(request -> again);
        endpoint.answer(request -> described);
        endpoint.answer(request -> ours);
        endpoint.answer(request -> described);

        assertThat(register("r-1").arn()).isEqualTo(FAMILY + ":42");
        assertThat(operations()).doesNotContain("RegisterTaskDefinition").hasSize(6);
    }

    @Test
    void nothing_is_registered_for_an_image_that_is_gone() {
        image = new ImageLookup.Gone("Image was deleted");

        assertThatThrownBy(() -> register("r-1")).isInstanceOf(ImageGoneException.class)
                .hasMessage("Image was deleted");
        assertThat(endpoint.received()).isEmpty();
    }

    private Revision register(String releaseId) {
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
        return new RevisionRegistration(revisions, images).register(FAMILY + ":41", SHOP, DIGEST, releaseId);
    }

    private List<String> operations() {
        return endpoint.received().stream().map(FakeEndpoint.Received::operation).toList();
    }

    /** As ECS answers, with the tags beside and output-only members added. */
    private static Map<String, Object> registered(Map<String, Object> request) {
        Map<String, Object> taskDefinition = new LinkedHashMap<>(request);
        Object tags = taskDefinition.remove("tags");
        taskDefinition.putAll(Map.of("taskDefinitionArn", FAMILY + ":42", "revision", 42, "status", "ACTIVE"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("taskDefinition", taskDefinition);
        answer.put("tags", tags == null ? new ArrayList<>() : tags);
        return answer;
    }

    private static Map<Object, Object> with(Object object, String name, Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) object);
        changed.put(name, value);
        return changed;
    }
}
