package io.greenlane.deployment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text of an AppSpec as it goes to CodeDeploy.
 *
 * @param text JSON
 */
public record AppSpecContent(String text) {
    /** SHA-256 over exactly the UTF-8 bytes of the text, 64 lower-case hex digits. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
