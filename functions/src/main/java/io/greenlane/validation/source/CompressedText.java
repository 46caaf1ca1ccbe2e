package io.greenlane.validation.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A text that was packed to fit into a parameter: the base64 of a gzip file, as {@code gzip -c validation.yaml | base64} writes
 * it. Parameter Store takes 4 KB, or 8 KB in the advanced tier, and no text with double braces (Systems Manager API, PutParameter).
 */
public final class CompressedText {
    /** How base64 of a gzip file begins: 1f 8b 08 (RFC 1952). */
    private static final String BEGIN = "H4sI";

    private CompressedText() {}

    /** The bytes that the value stands for, at most one more than a document may have; empty when it begins as packed text but is not. */
    public static Optional<byte[]> bytes(String value) {
        if (!value.stripLeading().startsWith(BEGIN)) {
            return Optional.of(value.getBytes(StandardCharsets.UTF_8));
        }
        try (GZIPInputStream text = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(value)))) {
            return Optional.of(text.readNBytes(Document.MOST_BYTES + 1));
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
