package io.greenlane.rehearsal.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Compares content with the checksums that were sent with it. */
final class ContentChecks {
    private ContentChecks() {}

    /** Refuses content that differs from its checksum or its length. */
    static void check(PutObjectRequest request, byte[] content) {
        if (request.contentLength() != null && request.contentLength() != content.length) {
            throw S3Faults.of(400, "IncompleteBody", "You did not provide the number of bytes specified by the "
                    + "Content-Length HTTP header");
        }
        if (request.contentMD5() != null && !request.contentMD5().equals(digest("MD5", content))) {
            throw S3Faults.of(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
        same("CRC32", request.checksumCRC32(), crc(new CRC32(), content));
        same("CRC32C", request.checksumCRC32C(), crc(new CRC32C(), content));
        same("SHA1", request.checksumSHA1(), digest("SHA-1", content));
        same("SHA256", request.checksumSHA256(), digest("SHA-256", content));
    }

    private static void same(String algorithm, @Nullable String sent, String computed) {
        if (sent != null && !sent.equals(computed)) {
            throw S3Faults.of(400, "BadDigest",
                    "The " + algorithm + " you specified did not match the calculated checksum.");
        }
    }

    private static String crc(Checksum checksum, byte[] content) {
        checksum.update(content);
        long value = checksum.getValue();
        return Base64.getEncoder().encodeToString(
                new byte[]{(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
