package io.greenlane.image;

import io.greenlane.json.Quote;
import java.util.regex.Pattern;

/**
 * A tag of an image.
 *
 * @param text 1 to 128 characters of the OCI distribution specification's tag grammar
 */
public record Tag(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST_SHAPED = Pattern.compile("sha256-[0-9a-f]{64}([.-].*)?");

    public Tag {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "An image tag is 1 to 128 letters, digits, '_', '.' or '-' and begins with none of the last two, got "
                            + Quote.of(text));
        }
    }

    /**
     * Whether the tag only ties a signature, an attestation or an SBOM to another image ({@code sha256-<hex>.sig}, {@code .att},
     * {@code .sbom}), or is the fallback tag of the OCI referrers ({@code sha256-<hex>}).
     */
    public boolean isDigestShaped() {
        return DIGEST_SHAPED.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
