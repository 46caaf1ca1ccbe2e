package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    private static final Map<String, Object> OCI_CONFIG = Map.of("mediaType",
            "application/vnd.oci.image.config.v1+json");
    private static final Map<String, Object> LAYER = Map.of("mediaType",
            "application/vnd.oci.image.layer.v1.tar+gzip");

    @Test
    void an_index_names_its_platform_images_and_attestations() {
        Map<String, Object> amd = Map.of("mediaType", OCI, "platform", Map.of("os", "linux", "architecture", "amd64"));
        Map<String, Object> arm = Map.of("mediaType", OCI, "platform", Map.of("os", "linux", "architecture", "arm64"));
        Map<String, Object> marked = Map.of("mediaType", OCI, "annotations",
                Map.of("vnd.docker.reference.type", "attestation-manifest"));
        Map<String, Object> placeless = Map.of("mediaType", OCI, "platform",
                Map.of("os", "unknown", "architecture", "unknown"));

        assertThat(kind(OCI_INDEX, Map.of("manifests", List.of(amd, marked, arm, placeless))))
                .isEqualTo(new Manifest.Kind.Image("an index of 2 platform images and 2 attestations"));
        assertThat(kind(OCI_INDEX, Map.of("manifests", List.of(amd))))
                .isEqualTo(new Manifest.Kind.Image("an index of 1 platform image"));
        assertThat(kind(OCI_INDEX, Map.of("manifests", List.of(marked, placeless))))
                .isEqualTo(new Manifest.Kind.Artifact("an index without a platform image"));
    }

    @Test
    void an_index_counts_only_what_a_container_runs() {
        Map<String, Object> nested = Map.of("mediaType", OCI_INDEX);
        Map<String, Object> artifact = Map.of("mediaType", OCI, "artifactType", "application/spdx+json");
        Map<String, Object> blob = Map.of("mediaType", "application/octet-stream");
        Map<String, Object> unknownOs = Map.of("mediaType", OCI, "platform",
                Map.of("os", "unknown", "architecture", "amd64"));

        assertThat(kind(OCI_INDEX, Map.of("manifests", List.of(artifact, nested, blob, unknownOs))))
                .isEqualTo(new Manifest.Kind.Image("an index of 2 platform images"));
        assertThat(kind(OCI_INDEX, Map.of("manifests", List.of(artifact, blob, Map.of("size", 7)))))
                .isEqualTo(new Manifest.Kind.Artifact("an index without a platform image"));
    }

    @Test
    void an_index_says_what_its_images_are_built_for() {
        Map<String, Object> amd = entry('a', Map.of("os", "linux", "architecture", "amd64"));
        Map<String, Object> arm = entry('b', Map.of("os", "linux", "architecture", "arm64", "variant", "v8"));
        Map<String, Object> windows = entry('c', Map.of("os", "windows", "architecture", "amd64"));
        Map<String, Object> attestation = entry('d', Map.of("os", "unknown", "architecture", "unknown"));
        Map<String, Object> blob = Map.of("mediaType", "application/octet-stream", "digest", digest('e').text(),
                "platform", Map.of("os", "linux", "architecture", "riscv64"));
        Manifest index = new Manifest(OCI_INDEX, Map.of("manifests", List.of(arm, amd, windows, attestation, blob)));

        assertThat(index.platforms()).contains(new Platforms(List.of("amd64", "arm64")));
        assertThat(index.images()).containsExactly(Map.entry(digest('b'), "linux/arm64/v8"),
                Map.entry(digest('a'), "linux/amd64"), Map.entry(digest('c'), "windows/amd64"));
    }

    @Test
    void a_single_image_says_it_in_its_configuration() {
        Manifest image = new Manifest(OCI, Map.of("config", Map.of("digest", digest('f').text())));

        assertThat(image.platforms()).isEmpty();
        assertThat(image.images()).isEmpty();
        assertThat(image.config()).isEqualTo(digest('f'));
    }

    private static Digest digest(char digit) {
        return new Digest("sha256:" + String.valueOf(digit).repeat(64));
    }

    private static Map<String, Object> entry(char digit, Map<String, Object> platform) {
        return Map.of("mediaType", OCI, "digest", digest(digit).text(), "platform", platform);
    }

    @Test
    void a_docker_manifest_list_is_an_index() {
        assertThat(kind(DOCKER_LIST, Map.of("manifests", List.of(Map.of("mediaType", DOCKER)))))
                .isEqualTo(new Manifest.Kind.Image("an index of 1 platform image"));
    }

    @Test
    void an_oci_and_a_docker_image_are_images() {
        assertThat(kind(OCI, Map.of("config", OCI_CONFIG, "layers", List.of(LAYER))))
                .isInstanceOf(Manifest.Kind.Image.class);
        assertThat(kind(DOCKER,
                Map.of("config", Map.of("mediaType", "application/vnd.docker.container.image.v1+json"), "layers",
                        List.of(Map.of("mediaType", "application/vnd.docker.image.rootfs.diff.tar.gzip")))))
                .isInstanceOf(Manifest.Kind.Image.class);
    }

    @Test
    void an_artifact_is_recognised_by_subject_type_configuration_or_content() {
        assertThat(kind(OCI, Map.of("config", OCI_CONFIG, "layers", List.of(LAYER), "subject", Map.of("digest", "x"))))
                .isEqualTo(new Manifest.Kind.Artifact("a referrer of another image (its manifest has a subject)"));
        assertThat(kind(OCI, Map.of("artifactType", "application/spdx+json", "config", OCI_CONFIG)))
                .isEqualTo(new Manifest.Kind.Artifact("an artifact of type 'application/spdx+json'"));
        assertThat(kind(OCI, Map.of("config", Map.of("mediaType", "application/vnd.cncf.helm.config.v1+json"))))
                .isEqualTo(new Manifest.Kind.Artifact("a Helm chart"));
        assertThat(kind(OCI, Map.of("config", Map.of("mediaType", "application/vnd.example+json"))))
                .isInstanceOf(Manifest.Kind.Artifact.class);
        assertThat(kind(OCI, Map.of("config", OCI_CONFIG, "layers",
                List.of(Map.of("mediaType", "application/vnd.dev.cosign.simplesigning.v1+json")))))
                .isEqualTo(new Manifest.Kind.Artifact(
                        "an artifact with content of type 'application/vnd.dev.cosign.simplesigning.v1+json'"));
        assertThat(kind("application/vnd.docker.distribution.manifest.v1+prettyjws", Map.of()))
                .isInstanceOf(Manifest.Kind.Artifact.class);
    }

    @Test
    void a_manifest_of_another_form_is_refused_by_its_member() {
        assertThatIllegalArgumentException().isThrownBy(() -> kind(OCI, Map.of()))
                .withMessage("manifest.config is missing");
        assertThatIllegalArgumentException().isThrownBy(() -> kind(OCI_INDEX, Map.of("manifests", "all")))
                .withMessage("manifest.manifests must be a list, got 'all'");
    }

    private static Manifest.Kind kind(String mediaType, Map<String, Object> members) {
        return new Manifest(mediaType, members).kind();
    }
}
