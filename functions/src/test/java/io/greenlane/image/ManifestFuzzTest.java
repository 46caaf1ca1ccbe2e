package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever a registry holds as a manifest is an image, an artifact, or refused by a message that names the member. */
class ManifestFuzzTest {
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/image/manifest.dict")
    void a_manifest_is_an_image_or_an_artifact_or_refused(byte[] bytes) {
        String said;
        try {
            Map<String, Object> members = Json.object(new String(bytes, StandardCharsets.UTF_8));
            String mediaType = new JsonObject("manifest", members).text("mediaType");
            said = switch (new Manifest(mediaType, members).kind()) {
                case Manifest.Kind.Image(String what) -> what;
                case Manifest.Kind.Artifact(String what) -> what;
            };
        } catch (IllegalArgumentException e) {
            said = String.valueOf(e.getMessage());
        }
        assertThat(said).isNotBlank().isNotEqualTo("null");
    }
}
