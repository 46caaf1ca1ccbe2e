package io.greenlane.gate.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosignKeyTest {
    private static String block(String what, String content) {
        return "-----BEGIN " + what + "-----\n" + content + "\n-----END " + what + "-----\n";
    }

    @Test
    void a_key_may_stand_in_one_line() {
        Signer signer = Signer.usual();
        assertThat(CosignKey.read("ci", signer.pem().replace("\n", " "))).isEqualTo(signer.key("ci"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ENCRYPTED SIGSTORE PRIVATE KEY | it is a private key, which whoever can read this file has now",
            "EC PRIVATE KEY | it is a private key",
            "CERTIFICATE | it is the PEM of a CERTIFICATE, not the PEM of a public key",
            "PUBLIC KEY | it is no key of a kind that is known here"})
    void what_is_no_public_key_says_what_it_is_and_is_not_shown(String what, String sentence) {
        assertThatThrownBy(() -> CosignKey.read("ci", block(what, "U2VjcmV0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence).message().doesNotContain("U2VjcmV0");
    }

    @Test
    void what_is_no_pem_or_no_base64_is_refused() {
        assertThatThrownBy(() -> CosignKey.read("ci", "awskms:///alias/ci"))
                .hasMessage("it is not the PEM of a public key, '-----BEGIN PUBLIC KEY-----' and so on, as 'cosign"
                        + " public-key' prints it");
        assertThatThrownBy(() -> CosignKey.read("ci", block("PUBLIC KEY", "U2V=jcmV0"))).hasMessageContaining("base64");
    }

    @Test
    void weak_keys_and_unknown_curves_are_refused() {
        String small = new Signer("RSA1024", "SHA256withRSA").pem();
        assertThatThrownBy(() -> CosignKey.read("ci", small))
                .hasMessage("an RSA key has 2048 to 4096 bits, this one has 1024");
        // secp256k1, with its generator as the key
        String unknown = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEeb5mfvncu6xVoGKVzocLBwKb/NstzijZWfKBWxb4F5hIOtp3JqPEZV2k+/wOEQio/Re0SKaF"
                + "VBmcR9CP+xDUuA==";
        assertThatThrownBy(() -> CosignKey.read("ci", block("PUBLIC KEY", unknown)))
                .hasMessageStartingWith("it is no key of a kind that is known here");
    }

    @Test
    void a_point_beside_the_curve_is_no_key() {
        byte[] key = Base64.getMimeDecoder().decode(Signer.usual().pem().replaceAll("-----[A-Z ]+-----", ""));
        key[key.length - 1] ^= 1;
        assertThatThrownBy(() -> CosignKey.read("ci", block("PUBLIC KEY", Base64.getEncoder().encodeToString(key))))
                .hasMessage("it is damaged: its point is not on its curve");
    }
}
