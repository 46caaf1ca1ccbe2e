package io.greenlane.rehearsal.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * One version of an object.
 *
 * @param versionId {@code null} as a text, as S3 says it, when it was written while the bucket had no versions
 * @param content null for a mark that the object was deleted
 * @param eTag the MD5 of the content in hex, quoted; empty for a deletion
 * @param written the request that wrote it, with its headers and checksums; that of a deletion has the key alone
 * @param encryption AES256 or aws:kms
 * @param lastModified in whole seconds
 */
record StoredObject(String versionId, @Nullable SdkBytes content, String eTag, PutObjectRequest written,
        String encryption, Instant lastModified) {
    /** The version id of what was written without versions. */
    static final String UNVERSIONED = "null";

    static StoredObject written(String versionId, SdkBytes content, PutObjectRequest written, String encryption,
            Instant now) {
        String md5 = BinaryUtils.toHex(Md5Utils.computeMD5Hash(content.asByteArrayUnsafe()));
        return new StoredObject(versionId, content, '"' + md5 + '"', written, encryption,
                now.truncatedTo(ChronoUnit.SECONDS));
    }

    static StoredObject deletion(String versionId, String key, Instant now) {
        return new StoredObject(versionId, null, "", PutObjectRequest.builder().key(key).build(), "",
                now.truncatedTo(ChronoUnit.SECONDS));
    }

    boolean isDeletion() {
        return content == null;
    }

    String key() {
        return written.key();
    }

    /** The content of an object that is no deletion. */
    byte[] bytes() {
        return Objects.requireNonNull(content, versionId).asByteArrayUnsafe();
    }

    String contentType() {
        return written.contentType() == null ? "binary/octet-stream" : written.contentType();
    }

    Map<String, String> metadata() {
        return written.metadata();
    }

    /** What an answer says about the version; null where the bucket has no versions. */
    @Nullable
    String shownVersion() {
        return versionId.equals(UNVERSIONED) ? null : versionId;
    }
}
