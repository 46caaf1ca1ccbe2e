package io.greenlane.gate.cosign;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.cosign.Verification.Foreign;
import io.greenlane.gate.cosign.Verification.Signed;
import io.greenlane.gate.cosign.Verification.Unfit;
import io.greenlane.image.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));
    private static final Digest OTHER = new Digest("sha256:" + "b".repeat(64));

    private final Signer signer = Signer.usual();
    private final CosignKey key = signer.key("ci");

    private Verification verified(CosignSignature signature) {
        return Verification.of(signature, IMAGE, List.of(key));
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSA", "secp384r1, SHA256withECDSA",
            "secp521r1, SHA512withECDSA", "secp521r1, SHA256withECDSA", "Ed25519, Ed25519", "Ed25519, Ed25519ph",
            "RSA2048, SHA256withRSA"})
    void every_way_in_which_cosign_signs_with_a_key_is_verified(String kind, String scheme) {
        Signer one = new Signer(kind, scheme);
        List<CosignKey> keys = List.of(Signer.usual().key("before"), one.key("ci"),
                new Signer(kind, scheme).key("after"));

        for (CosignSignature signature : List.of(one.simpleSigning(IMAGE), one.bundle(IMAGE))) {
            assertThat(Verification.of(signature, IMAGE, keys)).isEqualTo(new Signed(keys.get(1)));
            assertThat(Verification.of(signature, IMAGE, List.of(keys.get(0), keys.get(2)))).isEqualTo(new Foreign());
            assertThat(Verification.of(signature, OTHER, keys)).isEqualTo(new Unfit(
                    "key 'ci' signed another image, '" + IMAGE + "'"));
        }
    }

    @Test
    void what_was_changed_after_it_was_signed_is_by_nobody() {
        CosignSignature.SimpleSigning signed = (CosignSignature.SimpleSigning) signer.simpleSigning(OTHER);
        String changed = signed.payload().replace(OTHER.text(), IMAGE.text());
        assertThat(verified(new CosignSignature.SimpleSigning(changed, signed.signature()))).isEqualTo(new Foreign());

        CosignSignature.Bundle bundle = (CosignSignature.Bundle) signer.bundle(IMAGE);
        assertThat(verified(new CosignSignature.Bundle(bundle.json().replace("vnd.in-toto+json", "vnd.in-toto+xml"))))
                .isEqualTo(new Foreign());
        assertThat(
                verified(new CosignSignature.Bundle(bundle.json().replace("\"payload\":\"eyJ", "\"payload\":\"eyK"))))
                .isEqualTo(new Foreign());
    }

    @Test
    void an_attestation_of_the_same_key_is_no_signature() {
        assertThat(verified(signer.bundle(Signer.IN_TOTO, Signer.statement(IMAGE, "https://slsa.dev/provenance/v1"))))
                .isEqualTo(
                        new Unfit("key 'ci' made an attestation of type 'https://slsa.dev/provenance/v1', which is no"
                                + " signature"));
    }

    @Test
    void what_the_key_signed_elsewhere_is_no_signature_of_an_image() {
        String image = "{\"critical\":{\"identity\":{\"docker-reference\":\"\"},\"image\":{\"docker-manifest-digest\":\""
                + IMAGE + "\"},\"type\":\"atomic container signature\"},\"optional\":{}}";
        assertThat(verified(signer.simpleSigning(image)))
                .isEqualTo(new Unfit("key 'ci' signed 'atomic container signature', which is no image"));
        assertThat(verified(signer.bundle("text/plain", Signer.statement(IMAGE, Verification.SIGNATURE))))
                .isEqualTo(new Unfit("key 'ci' signed 'text/plain', which is no statement"));
    }

    @Test
    void one_of_several_subjects_is_enough() {
        String both = Signer.statement(OTHER, Verification.SIGNATURE).replace("}],\"predicateType\"",
                "},{\"digest\":{\"sha256\":\"" + "a".repeat(64) + "\"}}],\"predicateType\"");
        assertThat(verified(signer.bundle(Signer.IN_TOTO, both))).isEqualTo(new Signed(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "{\"critical\":7}", "{\"critical\":{\"type\":1}}",
            "{\"critical\":{\"type\":\"cosign container image signature\",\"image\":{\"Docker-manifest-digest\":\"x\"}}}"})
    void what_a_trusted_key_signed_and_nobody_can_read_is_told(String payload) {
        assertThat(verified(signer.simpleSigning(payload))).isInstanceOfSatisfying(Unfit.class,
                unfit -> assertThat(unfit.sentence()).isNotBlank());
        assertThat(verified(signer.bundle(Signer.IN_TOTO, payload))).isInstanceOf(Unfit.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "nonsense | not a JSON object",
            "{} | bundle.dsseEnvelope is missing",
            "{\"messageSignature\":{}} | bundle.dsseEnvelope is missing",
            "{\"dsseEnvelope\":{\"signatures\":[]}} | a bundle has one signature, this one has 0",
            "{\"dsseEnvelope\":{\"signatures\":[{},{}]}} | a bundle has one signature, this one has 2",
            "{\"dsseEnvelope\":{\"signatures\":[{}]}} | bundle.dsseEnvelope.payloadType is missing",
            "{\"dsseEnvelope\":{\"payloadType\":\"\",\"payload\":\"%\",\"signatures\":[{\"sig\":\"\"}]}} | bundle.dsseEnvelope.payload is not base64"})
    void a_bundle_that_is_none_says_why(String json, String sentence) {
        assertThat(verified(new CosignSignature.Bundle(json))).isEqualTo(new Unfit(sentence));
    }

    @Test
    void signatures_that_are_none_are_by_nobody() {
        assertThat(verified(new CosignSignature.SimpleSigning("{}", ""))).isEqualTo(new Foreign());
        assertThat(verified(new CosignSignature.SimpleSigning("{}", "MAYCAQACAQA="))).isEqualTo(new Foreign());
        assertThat(verified(new CosignSignature.SimpleSigning("{}", "MAYCAQECAQE="))).isEqualTo(new Foreign());
        assertThat(verified(new CosignSignature.SimpleSigning("{}", "?"))).isEqualTo(
                new Unfit("signature is not base64"));
        assertThat(verified(new CosignSignature.Unreadable("it is too long"))).isEqualTo(new Unfit("it is too long"));
    }
}
