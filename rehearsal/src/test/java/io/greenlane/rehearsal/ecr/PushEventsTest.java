package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenlane.rehearsal.show.MultiArchPush;
import io.greenlane.rehearsal.show.RegistryClient;
import io.greenlane.rehearsal.show.SampleImage;
import io.greenlane.sample.Behaviour;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** Real clients push, and EventBridge hears of it. */
class PushEventsTest {
    @TempDir
    private Path folder;

    @Test
    void jib_pushes_an_image_and_one_event_tells_of_it() throws Exception {
        try (LocalRegistry registry = new LocalRegistry()) {
            String digest = new SampleImage("v1", Behaviour.GOOD).push(registry.login(), LocalRegistry.REPOSITORY, "v1",
                    folder);

            assertThat(registry.events).hasSize(1);
            assertThat(registry.events.getFirst().source()).isEqualTo("aws.ecr");
            assertThat(registry.events.getFirst().detailType()).isEqualTo("ECR Image Action");
            assertThat(registry.events.getFirst().detail()).containsEntry("result", "SUCCESS")
                    .containsEntry("action-type", "PUSH").containsEntry("repository-name", "shop/web")
                    .containsEntry("image-tag", "v1").containsEntry("image-digest", digest)
                    .containsEntry("manifest-media-type", Manifest.OCI_IMAGE)
                    .containsEntry("artifact-media-type", "application/vnd.oci.image.config.v1+json");
            assertThat(registry.ecr.manifest("shop/web", "v1").orElseThrow().digest()).isEqualTo(digest);
        }
    }

    @Test
    void an_index_announces_its_children_without_a_tag_and_itself_with_one() throws Exception {
        try (LocalRegistry registry = new LocalRegistry(); HttpClient http = HttpClient.newHttpClient()) {
            MultiArchPush.Prepared prepared = pushIndex(registry, http);

            assertThat(registry.events).extracting(LocalRegistry.Event::tag).containsExactly("v1", "null", "null",
                    "null",
                    "null", "v2");
            assertThat(registry.events.getLast().detail()).containsEntry("image-digest", prepared.digest())
                    .containsEntry("manifest-media-type", Manifest.OCI_INDEX).doesNotContainKey("artifact-media-type");
            List<ImageDetail> details = registry.ecr.describeImages(
                    request -> request.repositoryName("shop/web").filter(filter -> filter.tagStatus("UNTAGGED")))
                    .imageDetails();
            assertThat(details).hasSize(4).allSatisfy(image -> assertThat(image.hasImageTags()).isFalse());
        }
    }

    @Test
    void children_can_be_silent_and_repetitions_too() throws Exception {
        EcrBehaviour quiet = new EcrBehaviour(false, false, false);
        try (LocalRegistry registry = new LocalRegistry(quiet); HttpClient http = HttpClient.newHttpClient()) {
            MultiArchPush.Prepared prepared = pushIndex(registry, http);
            new MultiArchPush(client(registry, http)).push(prepared);

            assertThat(registry.events).extracting(LocalRegistry.Event::tag).containsExactly("v1", "v2");
        }
    }

    @Test
    void a_repeated_push_is_a_second_event_with_the_same_digest() throws Exception {
        try (LocalRegistry registry = new LocalRegistry()) {
            String image = registry.image("a");

            registry.putManifest("v1", Manifest.OCI_IMAGE, image);
            registry.putManifest("v1", Manifest.OCI_IMAGE, image);

            assertThat(registry.events).extracting(event -> event.detail().get("image-digest"))
                    .containsExactly(Digests.of(image.getBytes(UTF_8)), Digests.of(image.getBytes(UTF_8)));
        }
    }

    @Test
    void skopeo_copies_an_image_out_and_in_again() throws Exception {
        assumeTrue(installed("skopeo"), "skopeo is not installed");
        try (LocalRegistry registry = new LocalRegistry(); HttpClient http = HttpClient.newHttpClient()) {
            MultiArchPush.Prepared prepared = pushIndex(registry, http);
            registry.events.clear();
            String credentials = "AWS:" + registry.login().password();
            String layout = "oci:" + folder.resolve("layout") + ":v2";

            run("skopeo", "copy", "--all", "--src-tls-verify=false", "--src-creds", credentials,
                    "docker://" + registry.address() + "/shop/web:v2", layout);
            registry.ecr.createRepository(request -> request.repositoryName("shop/copy"));
            run("skopeo", "copy", "--all", "--dest-tls-verify=false", "--dest-creds", credentials, layout,
                    "docker://" + registry.address() + "/shop/copy:v9");

            assertThat(registry.events).extracting(LocalRegistry.Event::tag).containsExactly("null", "null", "null",
                    "null", "v9");
            assertThat(registry.ecr.manifest("shop/copy", "v9").orElseThrow().digest()).isEqualTo(prepared.digest());
        }
    }

    private MultiArchPush.Prepared pushIndex(LocalRegistry registry, HttpClient http)
            throws IOException, InterruptedException {
        new SampleImage("v1", Behaviour.GOOD).push(registry.login(), LocalRegistry.REPOSITORY, "v1", folder);
        MultiArchPush push = new MultiArchPush(client(registry, http));
        MultiArchPush.Prepared prepared = push.prepare("v1", new SampleImage("v2", Behaviour.GOOD), "v2");
        push.push(prepared);
        return prepared;
    }

    private static RegistryClient client(LocalRegistry registry, HttpClient http) {
        return new RegistryClient(http, registry.login(), LocalRegistry.REPOSITORY);
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
