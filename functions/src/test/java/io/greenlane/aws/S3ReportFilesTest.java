package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Reports go to the bucket as they are, and come back so. */
class S3ReportFilesTest {
    private final Bucket bucket = new Bucket();
    private final S3ReportFiles files = new S3ReportFiles(bucket, "reports");

    @Test
    void a_file_comes_back_as_it_was_written_last() {
        files.write("d-1/report.html", "text/html; charset=utf-8", "first");
        files.write("d-1/report.html", "text/html; charset=utf-8", "zweiter \u2713");

        assertThat(files.read("d-1/report.html")).isEqualTo("zweiter \u2713");
        assertThat(bucket.types).containsOnly(Map.entry("d-1/report.html", "text/html; charset=utf-8"));
    }

    @Test
    void a_file_that_was_never_written_is_not_there() {
        assertThat(files.read("d-2/report.html")).isNull();
    }

    @Test
    void a_bucket_that_is_not_there_is_no_empty_bucket() {
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> new S3ReportFiles(bucket, "others").read("d-1/report.html"));
    }

    /** One bucket in memory. */
    private static final class Bucket implements S3Client {
        private final Map<String, byte[]> objects = new HashMap<>();
        private final Map<String, String> types = new HashMap<>();

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            try (var content = body.contentStreamProvider().newStream()) {
                objects.put(request.key(), content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            types.put(request.key(), request.contentType());
            return PutObjectResponse.builder().build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            if (!request.bucket().equals("reports")) {
                throw NoSuchBucketException.builder().message("The specified bucket does not exist").build();
            }
            byte[] object = objects.get(request.key());
            if (object == null) {
                throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
            }
            try {
                return transformer.transform(GetObjectResponse.builder().build(),
                        AbortableInputStream.create(new ByteArrayInputStream(object)));
            } catch (Exception e) {
                throw new IllegalStateException(new String(object, StandardCharsets.UTF_8), e);
            }
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
