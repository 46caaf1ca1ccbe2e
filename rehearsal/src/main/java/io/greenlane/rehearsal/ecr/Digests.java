package io.greenlane.rehearsal.ecr;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Content digests in OCI's notation; sha256 is the only algorithm that ECR takes. */
final class Digests {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Digests() {}

    static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    static String of(byte[] content) {
        return render(sha256().digest(content));
    }

    static String render(byte[] hash) {
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
