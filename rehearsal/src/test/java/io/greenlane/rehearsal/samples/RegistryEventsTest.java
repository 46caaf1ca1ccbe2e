package io.greenlane.rehearsal.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample event of the registry, and what it is taken for. */
class RegistryEventsTest {
    private static final Path EVENTS = Path.of("..", "events");
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final Map<String, String> MEANING = new TreeMap<>(Map.ofEntries(
            entry("ecr-push-index", "arrived v1.8.2"), entry("ecr-push-image", "arrived v1.8.3"),
            entry("ecr-push-manifest-list", "arrived v1.8.4"), entry("ecr-push-old-form", "arrived v1.8.5"),
            entry("ecr-replayed", "arrived v1.8.2"), entry("ecr-retag", "arrived stable"),
            entry("ecr-push-untagged-child", "ignored: Only tagged images are released"),
            entry("ecr-push-cosign-signature", "ignored: Tag 'sha256-7f0a"),
            entry("ecr-push-cosign-attestation", "ignored: Tag 'sha256-7f0a"),
            entry("ecr-push-referrers-tag", "ignored: Tag 'sha256-7f0a"),
            entry("ecr-referrer", "ignored: A referrer (signature, attestation or SBOM)"),
            entry("ecr-replication", "ignored: A replicated image is released where it was pushed"),
            entry("ecr-pull-through-cache", "ignored: An image that a pull-through cache fetched"),
            entry("ecr-scan", "ignored: A finished scan is no push"),
            entry("ecr-delete", "ignored: Deleting an image of sample-website changes no service"),
            entry("ecr-archive", "ignored: Only PUSH actions are released"),
            entry("ecr-push-failed", "ignored: Only successful pushes are released"),
            entry("ecr-other-account", "rejected: The event comes from account 999988887777 in eu-west-1"),
            entry("ecr-other-region", "rejected: The event comes from account 111122223333 in us-east-1"),
            entry("ecr-hostile-tag", "rejected: An image tag is 1 to 128"),
            entry("ecr-hostile-long-tag", "rejected: An image tag is 1 to 128"),
            entry("ecr-hostile-digest", "rejected: An image digest is sha256:"),
            entry("ecr-hostile-repository", "rejected: A repository name is 2 to 256"),
            entry("ecr-hostile-types", "rejected: event.detail.repository-name must be text, got an object"),
            entry("ecr-hostile-no-detail", "rejected: event.detail is missing")));

    static Stream<String> samples() {
        return MEANING.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_sample_is_taken_for_what_it_is(String name) throws IOException {
        String text = Files.readString(EVENTS.resolve(name + ".json"));

        String meaning = switch (PushEvent.read(Json.object(text), HOME)) {
            case PushEvent.Arrived arrived -> "arrived " + arrived.push().tag();
            case PushEvent.Wanted wanted -> "wanted " + wanted.push().tag();
            case PushEvent.Ignored ignored -> "ignored: " + ignored.reason();
            case PushEvent.Rejected rejected -> "rejected: " + rejected.reason();
        };

        assertThat(meaning).startsWith(MEANING.get(name));
        assertThat(meaning.chars()).as("fit for a log line").allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Test
    void what_an_operator_wants_names_its_service_and_is_written_as_it_is_read() throws IOException {
        Map<String, Object> sample = Json.object(Files.readString(EVENTS.resolve("operator-wants-image.json")));

        assertThat(PushEvent.read(sample, HOME)).isInstanceOfSatisfying(PushEvent.Wanted.class, wanted -> {
            assertThat(wanted.push().byOperator()).isTrue();
            assertThat(wanted.application()).isEqualTo("AppECS-sample-website");
            assertThat(PushEvent.wanted(wanted.push(), wanted.application(), wanted.deploymentGroup(),
                    wanted.backFrom()))
                    .isEqualTo(sample);
        });
        Map<String, Object> imitation = new HashMap<>(sample);
        imitation.put("id", "event-1");
        assertThat(PushEvent.read(imitation, HOME)).isInstanceOf(PushEvent.Rejected.class);
    }

    @Test
    void no_sample_is_left_out() {
        try (Stream<Path> files = Files.list(EVENTS)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("ecr-"))
                    .map(name -> name.substring(0, name.lastIndexOf('.'))))
                    .containsExactlyInAnyOrderElementsOf(MEANING.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
