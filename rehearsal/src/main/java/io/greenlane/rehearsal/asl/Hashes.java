package io.greenlane.rehearsal.asl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hashes of States.Hash and $hash. */
final class Hashes {
    private static final List<String> ALGORITHMS = List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Hashes() {}

    /** The hash of the text's UTF-8 bytes in lower-case hex; IllegalArgumentException for an unknown algorithm. */
    static String hex(String text, String algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "the algorithm must be one of " + ALGORITHMS + ", got '" + algorithm + "'");
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasThem) {
            throw new IllegalStateException(algorithm, everyJdkHasThem);
        }
    }
}
