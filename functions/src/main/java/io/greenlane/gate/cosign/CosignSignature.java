package io.greenlane.gate.cosign;

/** A signature beside an image, as the registry gives it out. Nothing in it is believed before a key has verified it. */
public sealed interface CosignSignature {
    /**
     * A layer of the image under the signature tag.
     *
     * @param payload what was signed, to the byte
     * @param signature in base64
     */
    record SimpleSigning(String payload, String signature) implements CosignSignature {}

    /**
     * A referrer.
     *
     * @param json a Sigstore bundle
     */
    record Bundle(String json) implements CosignSignature {}

    /**
     * Something that says of itself that it is a signature, and cannot be one.
     *
     * @param sentence what is wrong, without a full stop
     */
    record Unreadable(String sentence) implements CosignSignature {}
}
