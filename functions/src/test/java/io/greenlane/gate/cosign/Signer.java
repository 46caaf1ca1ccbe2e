package io.greenlane.gate.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.image.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.util.Base64;

/** Signs as cosign does with a key (cosign, SIGNATURE_SPEC and BUNDLE_SPEC; DSSE protocol). */
public final class Signer {
    static final String IN_TOTO = "application/vnd.in-toto+json";

    private final KeyPair keys;
    private final String scheme;

    Signer(String kind, String scheme) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp")
                    ? "EC"
                    : kind.startsWith("RSA") ? "RSA" : kind);
            if (kind.startsWith("secp")) {
                generator.initialize(new ECGenParameterSpec(kind));
            } else if (kind.startsWith("RSA")) {
                generator.initialize(Integer.parseInt(kind.substring(3)));
            }
            this.keys = generator.generateKeyPair();
            this.scheme = scheme;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with a key as cosign makes it itself. */
    public static Signer usual() {
        return new Signer("secp256r1", "SHA256withECDSA");
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    /** What verifies its signatures. */
    public CosignKey key(String name) {
        return CosignKey.read(name, pem());
    }

    /** What lies under the signature tag. */
    public CosignSignature simpleSigning(Digest image) {
        return simpleSigning("{\"critical\":{\"identity\":{\"docker-reference\":\"registry.example/shop\"},\"image\":"
                + "{\"docker-manifest-digest\":\"" + image + "\"},\"type\":\"cosign container image signature\"},"
                + "\"optional\":null}");
    }

    CosignSignature simpleSigning(String payload) {
        return new CosignSignature.SimpleSigning(payload, sign(payload));
    }

    /** What a referrer has. */
    public CosignSignature bundle(Digest image) {
        return bundle(IN_TOTO, statement(image, "https://sigstore.dev/cosign/sign/v1"));
    }

    CosignSignature bundle(String type, String payload) {
        return new CosignSignature.Bundle("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\","
                + "\"verificationMaterial\":{\"publicKey\":{\"hint\":\"aGludA==\"}},\"dsseEnvelope\":{\"payload\":\""
                + Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)) + "\",\"payloadType\":\"" + type
                + "\",\"signatures\":[{\"sig\":\"" + sign("DSSEv1 " + type.length() + " " + type + " "
                        + payload.getBytes(UTF_8).length + " " + payload)
                + "\"}]}}");
    }

    static String statement(Digest image, String predicateType) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                + image.text().substring("sha256:".length()) + "\"},\"annotations\":{}}],\"predicateType\":\""
                + predicateType + "\",\"predicate\":{}}";
    }

    private String sign(String message) {
        try {
            Signature signature = Signature.getInstance(scheme.equals("Ed25519ph") ? "Ed25519" : scheme);
            if (scheme.equals("Ed25519ph")) {
                signature.setParameter(new EdDSAParameterSpec(true));
            }
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
