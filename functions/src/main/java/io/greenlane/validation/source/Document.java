package io.greenlane.validation.source;

import io.greenlane.validation.source.Documents.Lookup;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A text from a place.
 *
 * @param uri of the place
 * @param version which of the texts that were there over time: the version of a parameter, of an object (or else its ETag) or
 * the label of a configuration, or the checksum of a file; empty when the place does not say
 * @param text at most {@value #MOST_BYTES} bytes of UTF-8
 */
public record Document(String uri, String version, String text) {
    /** The largest document that is read, in bytes: 256 KiB. */
    public static final int MOST_BYTES = 262_144;

    /** The document, unless the bytes are too many or no text in UTF-8. */
    public static Lookup of(SourceUri uri, String version, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return tooLarge(uri);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Lookup.Found(
                    new Document(uri.text(), version, text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            return new Lookup.Unreadable(uri.text() + " is no text in UTF-8");
        }
    }

    /** The answer for more than {@value #MOST_BYTES} bytes. */
    public static Lookup tooLarge(SourceUri uri) {
        return new Lookup.Unreadable(uri.text() + " has more than " + MOST_BYTES / 1024 + " KiB");
    }
}
