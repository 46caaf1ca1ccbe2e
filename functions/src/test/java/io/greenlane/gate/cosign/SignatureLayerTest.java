package io.greenlane.gate.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureLayerTest {
    private static final Digest CONTENT = new Digest("sha256:" + "c".repeat(64));
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";

    private static Map<String, Object> layer(String mediaType, long size) {
        return Map.of("mediaType", mediaType, "digest", CONTENT.text(), "size", size, "annotations",
                Map.of("dev.cosignproject.cosign/signature", "c2lnbmVk"));
    }

    private static SignatureLayer read(Map<String, Object> layer) {
        return SignatureLayer.read(new JsonObject("layer", layer));
    }

    @Test
    void of_a_manifest_the_layers_count_that_hold_signatures() {
        List<Map<String, Object>> layers = List.of(layer("application/vnd.oci.image.layer.v1.tar+gzip", 1),
                layer(SIMPLE_SIGNING, 2), layer(BUNDLE, 3));
        assertThat(SignatureLayer.in(new JsonObject("manifest", Map.of("layers", layers))))
                .extracting(JsonObject::members).isEqualTo(List.of(layers.get(1), layers.get(2)));
    }

    @Test
    void a_bundle_has_its_signature_inside_and_a_payload_has_it_beside() {
        assertThat(read(layer(BUNDLE, 900))).isEqualTo(new SignatureLayer(CONTENT, null));
        assertThat(read(layer(BUNDLE, 900)).signature("held")).isEqualTo(new CosignSignature.Bundle("held"));
        assertThat(read(layer(SIMPLE_SIGNING, 900)).signature("held"))
                .isEqualTo(new CosignSignature.SimpleSigning("held", "c2lnbmVk"));
    }

    @Test
    void what_is_larger_than_any_signature_is_none() {
        assertThat(read(layer(BUNDLE, SignatureLayer.LARGEST)).content()).isEqualTo(CONTENT);
        assertThatIllegalArgumentException().isThrownBy(() -> read(layer(BUNDLE, SignatureLayer.LARGEST + 1)))
                .withMessage("layer.size is 262145 bytes; a signature has at most 262144");
    }

    @Test
    void a_payload_without_its_signature_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("mediaType", SIMPLE_SIGNING, "digest", CONTENT.text(), "size", 9)))
                .withMessage("layer.annotations is missing");
    }
}
