package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What lets clients in: the passwords of GetAuthorizationToken, user AWS, valid for 12 hours (AuthorizationData of the ECR API
 * reference), and the signatures of download addresses.
 */
final class LoginTokens {
    private static final Duration VALID = Duration.ofHours(12);
    private static final Duration SIGNED = Duration.ofHours(1);
    private static final int BYTES = 96;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, Instant> expiry = new HashMap<>();

    /** @param token {@code AWS:<password>} in base64 */
    record Issued(String token, Instant expiresAt) {}

    /** What a request's credentials are worth. */
    enum Verdict {
        VALID, EXPIRED, UNKNOWN
    }

    LoginTokens(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    Issued issue() {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        String token = Base64.getEncoder()
                .encodeToString(("AWS:" + Base64.getEncoder().encodeToString(bits)).getBytes(UTF_8));
        Instant expiresAt = timeline.now().plus(VALID);
        expiry.put(token, expiresAt);
        return new Issued(token, expiresAt);
    }

    /** A signature that lets anybody read one path. */
    String sign(String path) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        expiry.put(path + "?" + signature, timeline.now().plus(SIGNED));
        return signature;
    }

    /** Whether the signature is that of the path, and not too old. */
    boolean isSigned(String path, String signature) {
        Instant expiresAt = expiry.get(path + "?" + signature);
        return expiresAt != null && timeline.now().isBefore(expiresAt);
    }

    /** @param authorization the Authorization header, null when the request has none */
    Verdict check(@Nullable String authorization) {
        String basic = "Basic ";
        if (authorization == null || !authorization.regionMatches(true, 0, basic, 0, basic.length())) {
            return Verdict.UNKNOWN;
        }
        Instant expiresAt = expiry.get(authorization.substring(basic.length()).strip());
        if (expiresAt == null) {
            return Verdict.UNKNOWN;
        }
        return timeline.now().isBefore(expiresAt) ? Verdict.VALID : Verdict.EXPIRED;
    }
}
