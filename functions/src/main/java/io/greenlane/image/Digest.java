package io.greenlane.image;

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
            throw new IllegalArgumentException("An image digest is sha256: and 64 hex digits, got '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
