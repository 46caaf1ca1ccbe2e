package io.greenlane.rehearsal.kms;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/** A key for message authentication codes (RFC 2104); its material never leaves it. */
final class HmacKey {
    final String id;
    final String arn;
    final KeySpec spec;
    final String description;
    final Instant createdAt;
    KeyState state = KeyState.ENABLED;
    @Nullable
    Instant deletedAt;
    String policy = "";

    private final byte[] material;

    HmacKey(String id, String arn, KeySpec spec, String description, Instant createdAt, byte[] material) {
        this.id = id;
        this.arn = arn;
        this.spec = spec;
        this.description = description;
        this.createdAt = createdAt;
        this.material = material.clone();
    }

    /** Bytes of its material: as many as its hash has. */
    static int length(KeySpec spec) {
        return bits(spec) / 8;
    }

    MacAlgorithmSpec algorithm() {
        return MacAlgorithmSpec.fromValue("HMAC_SHA_" + bits(spec));
    }

    byte[] mac(byte[] message) {
        String name = "HmacSHA" + bits(spec);
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(material, name));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bits(KeySpec spec) {
        return switch (spec) {
            case HMAC_224 -> 224;
            case HMAC_256 -> 256;
            case HMAC_384 -> 384;
            case HMAC_512 -> 512;
            default -> throw new IllegalArgumentException(spec + " is no key for message authentication codes");
        };
    }
}
