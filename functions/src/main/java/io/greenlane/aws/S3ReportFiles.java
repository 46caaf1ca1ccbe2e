package io.greenlane.aws;

import io.greenlane.report.ReportFiles;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Reports in a bucket, encrypted as the bucket says. S3 gives back what was written last (S3 guide, consistency). To be told
 * that there is no such object, and not that access is denied, the function needs s3:ListBucket beside s3:GetObject (S3 API,
 * GetObject).
 */
public final class S3ReportFiles implements ReportFiles {
    private final S3Client s3;
    private final String bucket;

    /** Reports in this bucket. */
    public S3ReportFiles(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void write(String name, String contentType, String text) {
        s3.putObject(it -> it.bucket(bucket).key(name).contentType(contentType), RequestBody.fromString(text));
    }

    @Override
    public @Nullable String read(String name) {
        try {
            return s3.getObjectAsBytes(it -> it.bucket(bucket).key(name)).asUtf8String();
        } catch (NoSuchKeyException e) {
            return null;
        }
    }
}
