package io.greenlane.gate.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.image.Digest;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of verifying a signature of cosign. */
public sealed interface Verification {
    /** The type of the predicate of a signature; any other is that of an attestation, an SBOM perhaps. */
    String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    /** A trusted key has signed the image. */
    record Signed(CosignKey key) implements Verification {}

    /** None of the trusted keys has made it. */
    record Foreign() implements Verification {}

    /**
     * It says nothing of the image: it is malformed, or a trusted key has signed something else.
     *
     * @param sentence what it is, without a full stop
     */
    record Unfit(String sentence) implements Verification {}

    /**
     * Verifies. What a signature says is read after a trusted key has verified it; before that, only where it is.
     *
     * @param image as it was pushed, of an index the index
     * @param keys one of them is enough
     */
    static Verification of(CosignSignature signature, Digest image, List<CosignKey> keys) {
        try {
            return switch (signature) {
                case CosignSignature.SimpleSigning(String payload, String base64) ->
                    simpleSigning(payload, decoded("signature", base64), image, keys);
                case CosignSignature.Bundle(String json) ->
                    envelope(new JsonObject("bundle", Json.object(json)).object("dsseEnvelope"), image, keys);
                case CosignSignature.Unreadable(String sentence) -> new Unfit(sentence);
            };
        } catch (IllegalArgumentException e) {
            return new Unfit(String.valueOf(e.getMessage()));
        }
    }

    /** The reference to a repository in it does not count (cosign, SIGNATURE_SPEC): an image is what its digest says. */
    private static Verification simpleSigning(String payload, byte[] signature, Digest image, List<CosignKey> keys) {
        CosignKey key = signer(payload.getBytes(UTF_8), signature, keys);
        if (key == null) {
            return new Foreign();
        }
        JsonObject critical = new JsonObject("payload", Json.object(payload)).object("critical");
        String type = critical.text("type");
        if (!type.equals("cosign container image signature")) {
            throw new IllegalArgumentException(by(key) + " signed " + Quote.of(type) + ", which is no image");
        }
        return covers(critical.object("image").text("docker-manifest-digest"), image, key);
    }

    /** A signature and an attestation have the same form; what tells them apart is the type of the predicate. */
    private static Verification envelope(JsonObject envelope, Digest image, List<CosignKey> keys) {
        List<JsonObject> signatures = envelope.objects("signatures");
        if (signatures.size() != 1) {
            throw new IllegalArgumentException("a bundle has one signature, this one has " + signatures.size());
        }
        String type = envelope.text("payloadType");
        byte[] payload = decoded(envelope.path("payload"), envelope.text("payload"));
        byte[] signature = decoded(signatures.get(0).path("sig"), signatures.get(0).text("sig"));
        CosignKey key = signer(preAuthenticated(type, payload), signature, keys);
        if (key == null) {
            return new Foreign();
        }
        if (!type.equals("application/vnd.in-toto+json")) {
            throw new IllegalArgumentException(by(key) + " signed " + Quote.of(type) + ", which is no statement");
        }
        JsonObject statement = new JsonObject("statement", Json.object(new String(payload, UTF_8)));
        String predicate = statement.text("predicateType");
        if (!predicate.equals(SIGNATURE)) {
            throw new IllegalArgumentException(by(key) + " made an attestation of type " + Quote.of(predicate)
                    + ", which is no signature");
        }
        List<String> subjects = statement.objects("subject").stream()
                .map(subject -> "sha256:" + subject.object("digest").text("sha256")).toList();
        return subjects.contains(image.text())
                ? new Signed(key)
                : covers(String.join(", ", subjects), image, key);
    }

    private static Verification covers(String signed, Digest image, CosignKey key) {
        return signed.equals(image.text())
                ? new Signed(key)
                : new Unfit(by(key) + " signed another image, " + Quote.of(signed));
    }

    private static String by(CosignKey key) {
        return "key " + Quote.of(key.name());
    }

    private static @Nullable CosignKey signer(byte[] message, byte[] signature, List<CosignKey> keys) {
        return keys.stream().filter(key -> key.signed(message, signature)).findFirst().orElse(null);
    }

    /** What a signature of an envelope is over (DSSE protocol, PAE): lengths are those in bytes. */
    private static byte[] preAuthenticated(String type, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + type.getBytes(UTF_8).length + " " + type + " " + payload.length + " ")
                .getBytes(UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static byte[] decoded(String what, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not base64", e);
        }
    }
}
