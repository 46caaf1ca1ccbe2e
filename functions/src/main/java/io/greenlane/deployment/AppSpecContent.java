package io.greenlane.deployment;

import io.greenlane.json.Sha256;

/**
 * The text of an AppSpec as it goes to CodeDeploy.
 *
 * @param text JSON
 */
public record AppSpecContent(String text) {
    /** SHA-256 over exactly the UTF-8 bytes of the text, 64 lower-case hex digits. */
    public String sha256() {
        return Sha256.hex(text);
    }
}
