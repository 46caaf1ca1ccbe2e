package io.greenlane.release;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of a key of its own, as KMS makes them. */
public final class HmacSeal implements Seal {
    private final byte[] key = new byte[32];

    /** With a new key. */
    public HmacSeal() {
        new SecureRandom().nextBytes(key);
    }

    @Override
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean fits(String code, String text) {
        return of(text).equals(code);
    }
}
