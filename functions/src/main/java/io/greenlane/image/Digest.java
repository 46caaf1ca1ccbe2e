package io.greenlane.image;

import io.greenlane.json.Quote;
import java.util.regex.Pattern;

/**
 * The digest of an image manifest or index.
 *
 * @param text {@code sha256:} followed by 64 lower-case hex digits
 */
public record Digest(String text) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "An image digest is sha256: and 64 lower-case hex digits, got " + Quote.of(text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
