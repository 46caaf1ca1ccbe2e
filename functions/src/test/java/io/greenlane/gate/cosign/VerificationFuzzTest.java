package io.greenlane.gate.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenlane.gate.cosign.Verification.Foreign;
import io.greenlane.gate.cosign.Verification.Signed;
import io.greenlane.gate.cosign.Verification.Unfit;
import io.greenlane.image.Digest;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import java.util.List;

/** Whatever lies beside an image is no signature of a key that did not make it, and a sentence says what it is. */
class VerificationFuzzTest {
    private static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));
    private static final Signer SIGNER = Signer.usual();
    private static final List<CosignKey> KEYS = List.of(SIGNER.key("ci"), new Signer("Ed25519", "Ed25519").key("old"));

    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/gate/cosign/signature.dict")
    void what_strangers_laid_beside_an_image_is_no_signature(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        assertNotSigned(new CosignSignature.Bundle(text));
        assertNotSigned(new CosignSignature.SimpleSigning("{}", text));
        try {
            for (JsonObject layer : SignatureLayer.in(new JsonObject("manifest", Json.object(text)))) {
                assertNotSigned(SignatureLayer.read(layer).signature(text));
            }
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertNotSigned(CosignSignature signature) {
        switch (Verification.of(signature, IMAGE, KEYS)) {
            case Signed signed -> throw new AssertionError("Nobody signed " + signature);
            case Foreign foreign -> assertThat(foreign).isNotNull();
            case Unfit(String sentence) -> assertThat(sentence).isNotBlank().isNotEqualTo("null");
        }
    }

    /** The key has signed the text, and not this image: no text makes it one, but that with the image in its place. */
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/gate/cosign/signature.dict")
    void what_a_trusted_key_signed_is_read_or_told(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        for (CosignSignature signature : List.of(SIGNER.simpleSigning(text), SIGNER.bundle(Signer.IN_TOTO, text))) {
            switch (Verification.of(signature, IMAGE, KEYS)) {
                case Signed signed -> assertThat(text).contains("a".repeat(64));
                case Foreign foreign -> throw new AssertionError("The key signed " + text);
                case Unfit(String sentence) -> assertThat(sentence).isNotBlank().isNotEqualTo("null");
            }
        }
    }
}
