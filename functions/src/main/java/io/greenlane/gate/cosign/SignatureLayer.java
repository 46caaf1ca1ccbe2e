package io.greenlane.gate.cosign;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that holds a signature, in a manifest that cosign pushed.
 *
 * @param content where what it holds is
 * @param annotation the signature of a payload of simple signing; null of a bundle, which has its own inside
 */
public record SignatureLayer(Digest content, @Nullable String annotation) {
    /** Bytes; a payload has some hundred, a bundle with the proof of a transparency log some thousand. */
    public static final int LARGEST = 1 << 18;

    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";

    /** Types of artifacts that refer to an image and have such layers: bundles, and what else lies under the signature tag. */
    public static final List<String> ARTIFACTS = List.of(BUNDLE, "application/vnd.dev.cosign.artifact.sig.v1+json");

    /** The layers of a manifest that are such; an {@link IllegalArgumentException} when it has no layers as manifests have. */
    public static List<JsonObject> in(JsonObject manifest) {
        return manifest.objects("layers").stream().filter(
                layer -> BUNDLE.equals(layer.members().get("mediaType"))
                        || SIMPLE_SIGNING.equals(layer.members().get("mediaType")))
                .toList();
    }

    /** Reads one of them; an {@link IllegalArgumentException} says why it cannot hold a signature. */
    public static SignatureLayer read(JsonObject layer) {
        double size = layer.number("size");
        if (size > LARGEST) {
            throw new IllegalArgumentException(layer.path("size") + " is " + (long) size
                    + " bytes; a signature has at most " + LARGEST);
        }
        return new SignatureLayer(new Digest(layer.text("digest")), BUNDLE.equals(layer.members().get("mediaType"))
                ? null
                : layer.object("annotations").text("dev.cosignproject.cosign/signature"));
    }

    /** The signature, of what the layer holds. */
    public CosignSignature signature(String held) {
        return annotation == null
                ? new CosignSignature.Bundle(held)
                : new CosignSignature.SimpleSigning(held, annotation);
    }
}
