package io.greenlane.rehearsal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsDispatcher;
import io.greenlane.rehearsal.endpoint.AwsEndpoint;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.InMemoryHttpClient;
import io.greenlane.rehearsal.endpoint.LocalClients;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** S3 through the SDK's own client, over a socket. */
class SimulatedS3Test {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");
    private static final String BUCKET = "greenlane-reports";
    private final VirtualTimeline timeline = new VirtualTimeline(NOW);
    private AwsDispatcher dispatcher;
    private AwsEndpoint endpoint;
    private S3Client s3;

    @BeforeEach
    void open() {
        SimulatedS3 simulated = new SimulatedS3(new Account("111122223333", "eu-west-1"), timeline,
                RandomGeneratorFactory.of("L64X128MixRandom").create(7));
        dispatcher = new AwsDispatcher(timeline, List.of(ServiceBinding.of(simulated)), CallObserver.NONE);
        endpoint = AwsEndpoint.open(0, dispatcher);
        s3 = LocalClients.at(endpoint.address(), UrlConnectionHttpClient.create()).client(S3Client.builder());
        s3.createBucket(it -> it.bucket(BUCKET).createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private PutObjectResponse put(String key, String content) {
        return s3.putObject(it -> it.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(it -> it.bucket(BUCKET).key(key)).asUtf8String();
    }

    @Test
    void an_object_keeps_its_content_headers_and_metadata() {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        PutObjectResponse stored = s3.putObject(it -> it.bucket(BUCKET).key("a b/ü+&?.html")
                .contentType("text/html; charset=utf-8").cacheControl("no-store").metadata(Map.of("release", "r-1")),
                RequestBody.fromBytes(content));

        ResponseBytes<GetObjectResponse> read = s3.getObjectAsBytes(it -> it.bucket(BUCKET).key("a b/ü+&?.html"));

        assertThat(read.asByteArray()).isEqualTo(content);
        assertThat(read.response().eTag()).isEqualTo(stored.eTag()).matches("\"[0-9a-f]{32}\"");
        assertThat(read.response().contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(read.response().cacheControl()).isEqualTo("no-store");
        assertThat(read.response().contentEncoding()).isNull();
        assertThat(read.response().metadata()).containsExactly(Map.entry("release", "r-1"));
        assertThat(read.response().lastModified()).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
        assertThat(read.response().versionId()).isNull();
        assertThat(read.response().serverSideEncryptionAsString()).isEqualTo("AES256");
        HeadObjectResponse head = s3
                .headObject(it -> it.bucket(BUCKET).key("a b/ü+&?.html").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumCRC32()).isNotNull().isEqualTo(stored.checksumCRC32());
        assertThat(head.contentLength()).isEqualTo(content.length);
        assertThat(head.metadata()).isEqualTo(read.response().metadata());
    }

    @Test
    void an_empty_object_is_an_object() {
        put("empty", "");
        assertThat(get("empty")).isEmpty();
        assertThat(s3.headObject(it -> it.bucket(BUCKET).key("empty")).contentLength()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = ChecksumAlgorithm.class, names = {"CRC32", "SHA1", "SHA256"})
    void content_is_compared_with_the_checksum_that_trails_it(ChecksumAlgorithm algorithm) {
        s3.putObject(it -> it.bucket(BUCKET).key("k").checksumAlgorithm(algorithm), RequestBody.fromString("abc"));
        assertThat(get("k")).isEqualTo("abc");
        s3.putObject(it -> it.bucket(BUCKET).key("k").contentMD5("kAFQmDzST7DWlj99KOF/cg=="),
                RequestBody.fromString("abc"));
        assertThat(refusal(() -> s3.putObject(it -> it.bucket(BUCKET).key("k").contentMD5("kAFQmDzST7DWlj99KOF/cg=="),
                RequestBody.fromString("abd")))).isEqualTo("400 BadDigest");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-3, 0123, bytes 0-3/10", "bytes=7-, 789, bytes 7-9/10", "bytes=-2, 89, bytes 8-9/10",
            "bytes=8-99, 89, bytes 8-9/10", "lines=1-2, 0123456789,"})
    void a_range_is_a_part(String range, String part, String header) {
        put("digits", "0123456789");
        ResponseBytes<GetObjectResponse> read = s3
                .getObjectAsBytes(it -> it.bucket(BUCKET).key("digits").range(range));
        assertThat(read.asUtf8String()).isEqualTo(part);
        assertThat(read.response().contentRange()).isEqualTo(header);
        assertThat(read.response().sdkHttpResponse().statusCode()).isEqualTo(header == null ? 200 : 206);
    }

    @Test
    void a_range_beyond_the_end_is_refused() {
        put("digits", "0123456789");
        assertThat(refusal(() -> s3.getObjectAsBytes(it -> it.bucket(BUCKET).key("digits").range("bytes=10-"))))
                .isEqualTo("416 InvalidRange");
    }

    @Test
    void a_write_on_condition_loses_against_the_object_that_is_there() {
        String tag = s3.putObject(it -> it.bucket(BUCKET).key("k").ifNoneMatch("*"), RequestBody.fromString("1"))
                .eTag();
        assertThat(refusal(() -> s3.putObject(it -> it.bucket(BUCKET).key("k").ifNoneMatch("*"),
                RequestBody.fromString("2")))).isEqualTo("412 PreconditionFailed");
        s3.putObject(it -> it.bucket(BUCKET).key("k").ifMatch(tag), RequestBody.fromString("3"));
        assertThat(refusal(() -> s3.putObject(it -> it.bucket(BUCKET).key("k").ifMatch(tag),
                RequestBody.fromString("4")))).isEqualTo("412 PreconditionFailed");
        assertThat(refusal(() -> s3.putObject(it -> it.bucket(BUCKET).key("new").ifMatch(tag),
                RequestBody.fromString("4")))).isEqualTo("404 NoSuchKey");
        assertThat(get("k")).isEqualTo("3");
        assertThat(refusal(() -> s3.getObjectAsBytes(it -> it.bucket(BUCKET).key("k").ifMatch(tag))))
                .isEqualTo("412 PreconditionFailed");
    }

    @Test
    void what_is_not_there_has_its_own_error() {
        assertThatThrownBy(() -> get("none")).isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("The specified key does not exist.");
        assertThatThrownBy(() -> s3.headObject(it -> it.bucket(BUCKET).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.getObjectAsBytes(it -> it.bucket("nowhere").key("k")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.headBucket(it -> it.bucket("nowhere"))).isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void a_bucket_is_made_once_in_its_own_region_and_removed_when_it_is_empty() {
        assertThat(s3.getBucketLocation(it -> it.bucket(BUCKET)).locationConstraintAsString()).isEqualTo("eu-west-1");
        assertThatThrownBy(() -> s3.createBucket(
                it -> it.bucket(BUCKET).createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))))
                .isInstanceOf(BucketAlreadyOwnedByYouException.class);
        assertThat(refusal(() -> s3.createBucket(
                it -> it.bucket("another").createBucketConfiguration(c -> c.locationConstraint("eu-central-1")))))
                .isEqualTo("400 IllegalLocationConstraintException");
        put("k", "1");
        assertThat(refusal(() -> s3.deleteBucket(it -> it.bucket(BUCKET)))).isEqualTo("409 BucketNotEmpty");
        s3.deleteObject(it -> it.bucket(BUCKET).key("k"));
        s3.deleteBucket(it -> it.bucket(BUCKET));
        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    @Test
    void keys_are_listed_by_prefix_and_delimiter_in_pages() {
        List.of("a/1", "a/2/x", "a/2/y", "a/3", "b").forEach(key -> put(key, "content"));

        ListObjectsV2Response first = s3
                .listObjectsV2(it -> it.bucket(BUCKET).prefix("a/").delimiter("/").maxKeys(2));
        ListObjectsV2Response second = s3.listObjectsV2(it -> it.bucket(BUCKET).prefix("a/").delimiter("/").maxKeys(2)
                .continuationToken(first.nextContinuationToken()));

        assertThat(first.contents()).extracting(S3Object::key, S3Object::size).containsExactly(tuple("a/1", 7L));
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/2/");
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("a/3");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.isTruncated()).isFalse();
        assertThat(s3.listObjectsV2Paginator(it -> it.bucket(BUCKET).maxKeys(2)).contents().stream()
                .map(S3Object::key)).containsExactly("a/1", "a/2/x", "a/2/y", "a/3", "b");
    }

    @Test
    void a_bucket_with_versions_keeps_every_one() {
        put("k", "before");
        s3.putBucketVersioning(it -> it.bucket(BUCKET)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        String first = put("k", "first").versionId();
        String second = put("k", "second").versionId();

        s3.deleteObject(it -> it.bucket(BUCKET).key("k"));

        assertThatThrownBy(() -> get("k")).isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.getObjectAsBytes(it -> it.bucket(BUCKET).key("k").versionId(first)).asUtf8String())
                .isEqualTo("first");
        assertThat(s3.listObjectVersions(it -> it.bucket(BUCKET)).versions()).extracting(ObjectVersion::versionId)
                .containsExactly(second, first, "null");
        String mark = s3.listObjectVersions(it -> it.bucket(BUCKET)).deleteMarkers().getFirst().versionId();
        s3.deleteObject(it -> it.bucket(BUCKET).key("k").versionId(mark));
        assertThat(get("k")).isEqualTo("second");
    }

    @Test
    void a_parameter_or_operation_that_is_not_simulated_is_refused_by_name() {
        S3Exception storage = catchThrowableOfType(S3Exception.class, () -> s3.putObject(
                it -> it.bucket(BUCKET).key("k").storageClass(StorageClass.GLACIER), RequestBody.fromString("x")));
        assertThat(storage.awsErrorDetails().errorMessage())
                .isEqualTo("The local cloud does not simulate the parameter StorageClass");
        S3Exception website = catchThrowableOfType(S3Exception.class,
                () -> s3.getBucketWebsite(it -> it.bucket(BUCKET)));
        assertThat(website.statusCode()).isEqualTo(501);
        assertThat(website.awsErrorDetails().errorMessage())
                .isEqualTo("The local cloud does not simulate GetBucketWebsite of s3");
    }

    @Test
    void a_browser_opens_an_object_and_sees_nothing_else() throws Exception {
        s3.putObject(it -> it.bucket(BUCKET).key("d-1/report.html").contentType("text/html"),
                RequestBody.fromString("<p>WARN</p>"));

        HttpResponse<String> report = browse("/" + BUCKET + "/d-1/report.html");

        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(report.body()).isEqualTo("<p>WARN</p>");
        assertThat(browse("/" + BUCKET + "/none").body()).contains("<Code>NoSuchKey</Code>");
        assertThat(browse("/" + BUCKET).statusCode()).isEqualTo(403);
        assertThat(browse("/" + BUCKET + "?policy").body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void a_client_in_memory_that_names_the_bucket_in_the_host_sees_the_same() {
        put("k", "content");
        S3Client inMemory = LocalClients.at(URI.create("http://localhost:1"), new InMemoryHttpClient(dispatcher))
                .client(S3Client.builder());

        assertThat(inMemory.getObjectAsBytes(it -> it.bucket(BUCKET).key("k")).asUtf8String()).isEqualTo("content");
        inMemory.putObject(it -> it.bucket(BUCKET).key("k"), RequestBody.fromString("changed"));
        assertThat(get("k")).isEqualTo("changed");
        assertThat(inMemory.headObject(it -> it.bucket(BUCKET).key("k")).contentLength()).isEqualTo(7);
    }

    private HttpResponse<String> browse(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(endpoint.address() + path)).build(),
                    HttpResponse.BodyHandlers.ofString(UTF_8));
        }
    }

    private static String refusal(ThrowingCallable call) {
        S3Exception refused = catchThrowableOfType(S3Exception.class, call);
        return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }
}
