package io.greenlane.rehearsal.iam;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What calls of Amazon S3 need. Who may not list a bucket is not told that an object is missing (S3 API, GetObject). */
record S3Needs(Places places) implements ServiceNeeds {
    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case GetObjectRequest it -> reading(it.bucket(), it.key(), it.versionId());
            case HeadObjectRequest it -> reading(it.bucket(), it.key(), it.versionId());
            case PutObjectRequest it -> List.of(onObject("s3:PutObject", it.bucket(), it.key()));
            case DeleteObjectRequest it -> List.of(onObject("s3:DeleteObject", it.bucket(), it.key()));
            case HeadBucketRequest it -> List.of(listing(it.bucket()));
            case ListObjectsV2Request it when it.prefix() == null -> List.of(listing(it.bucket()));
            case ListObjectsV2Request it -> List.of(listing(it.bucket()).with("s3:prefix", it.prefix()));
            default -> null;
        };
    }

    private List<Need> reading(String bucket, String key, @Nullable String version) {
        List<Need> needs = new ArrayList<>(
                List.of(onObject(version == null ? "s3:GetObject" : "s3:GetObjectVersion", bucket, key)));
        if (!places.hasObject(bucket, key)) {
            needs.add(listing(bucket));
        }
        return needs;
    }

    private static Need listing(String bucket) {
        return Need.of("s3:ListBucket", "arn:aws:s3:::" + bucket);
    }

    private static Need onObject(String action, String bucket, String key) {
        return Need.of(action, "arn:aws:s3:::" + bucket + "/" + key);
    }
}
