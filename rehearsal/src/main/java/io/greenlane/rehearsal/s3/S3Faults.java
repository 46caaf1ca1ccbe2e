package io.greenlane.rehearsal.s3;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The errors of S3: codes, statuses and sentences of the API reference. */
final class S3Faults {
    private S3Faults() {}

    static S3Exception of(int status, String code, String message) {
        return (S3Exception) S3Exception.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build()).build();
    }

    static NoSuchBucketException noSuchBucket() {
        return NoSuchBucketException.builder().message("The specified bucket does not exist").build();
    }

    static NoSuchKeyException noSuchKey() {
        return NoSuchKeyException.builder().message("The specified key does not exist.").build();
    }

    static S3Exception preconditionFailed() {
        return of(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    static S3Exception notImplemented(String what) {
        return of(501, "NotImplemented", "The local cloud does not simulate " + what);
    }

    /** Refuses a request with a member that nobody reads. */
    static void readOnly(SdkPojo request, String... members) {
        Set<String> read = new HashSet<>(Arrays.asList(members));
        read.add("Bucket");
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            boolean given = value != null && !(value instanceof SdkAutoConstructList)
                    && !(value instanceof SdkAutoConstructMap);
            if (given && !read.contains(field.memberName())) {
                throw notImplemented("the parameter " + field.memberName());
            }
        }
    }
}
