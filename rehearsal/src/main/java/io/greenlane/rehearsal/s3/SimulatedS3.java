package io.greenlane.rehearsal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The S3 API of the local cloud: buckets with their settings, and objects, with versions where a bucket keeps them. */
public final class SimulatedS3 implements S3Client {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final int PAGE = 1000;

    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, Bucket> buckets = new TreeMap<>();

    /** @param random where version ids come from */
    public SimulatedS3(Account account, Timeline timeline, RandomGenerator random) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        S3Faults.readOnly(request, "CreateBucketConfiguration", "ObjectOwnership");
        String name = request.bucket();
        if (!NAME.matcher(name).matches()) {
            throw S3Faults.of(400, "InvalidBucketName", "The specified bucket is not valid.");
        }
        String region = request.createBucketConfiguration() == null
                ? "us-east-1"
                : request.createBucketConfiguration().locationConstraintAsString();
        if (!account.region().equals(region)) {
            throw S3Faults.of(400, "IllegalLocationConstraintException", "The "
                    + (request.createBucketConfiguration() == null ? "unspecified" : region)
                    + " location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        if (buckets.containsKey(name) && !region.equals("us-east-1")) {
            throw BucketAlreadyOwnedByYouException.builder().message("Your previous request to create the named "
                    + "bucket succeeded and you already own it.").build();
        }
        Bucket bucket = buckets.computeIfAbsent(name,
                created -> new Bucket(created, timeline.now().truncatedTo(ChronoUnit.SECONDS)));
        ObjectOwnership ownership = request.objectOwnership() == null
                ? ObjectOwnership.BUCKET_OWNER_ENFORCED
                : request.objectOwnership();
        bucket.set(OwnershipControls.class,
                OwnershipControls.builder()
                        .rules(OwnershipControlsRule.builder().objectOwnership(ownership).build()).build());
        return CreateBucketResponse.builder().location("/" + name).build();
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        S3Faults.readOnly(request);
        bucket(request.bucket());
        return HeadBucketResponse.builder().bucketRegion(account.region()).accessPointAlias(false).build();
    }

    @Override
    public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
        S3Faults.readOnly(request);
        bucket(request.bucket());
        return GetBucketLocationResponse.builder()
                .locationConstraint(account.region().equals("us-east-1") ? null : account.region()).build();
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest request) {
        S3Faults.readOnly(request);
        return ListBucketsResponse.builder().buckets(buckets.values().stream()
                .map(bucket -> software.amazon.awssdk.services.s3.model.Bucket.builder().name(bucket.name())
                        .creationDate(bucket.created()).build())
                .toList()).build();
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
        S3Faults.readOnly(request);
        if (!bucket(request.bucket()).isEmpty()) {
            throw S3Faults.of(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        buckets.remove(request.bucket());
        return DeleteBucketResponse.builder().build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        S3Faults.readOnly(request, "Key", "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage",
                "ContentLength", "ContentMD5", "ContentType", "Metadata", "IfMatch", "IfNoneMatch",
                "ServerSideEncryption", "ChecksumAlgorithm", "ChecksumCRC32", "ChecksumCRC32C", "ChecksumSHA1",
                "ChecksumSHA256");
        Bucket bucket = bucket(request.bucket());
        byte[] content = bytes(body);
        ContentChecks.check(request, content);
        new ObjectConditions(request.ifMatch(), request.ifNoneMatch(), null, null)
                .checkWrite(bucket.find(request.key(), null));
        String encryption = request.serverSideEncryption() == null
                ? encryptionOf(bucket)
                : request.serverSideEncryptionAsString();
        StoredObject stored = StoredObject.written(nextVersion(bucket), SdkBytes.fromByteArrayUnsafe(content), request,
                encryption, timeline.now());
        bucket.add(stored);
        return PutObjectResponse.builder().eTag(stored.eTag()).versionId(stored.shownVersion())
                .serverSideEncryption(encryption).checksumCRC32(request.checksumCRC32())
                .checksumCRC32C(request.checksumCRC32C()).checksumSHA1(request.checksumSHA1())
                .checksumSHA256(request.checksumSHA256()).build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        S3Faults.readOnly(request, "Key", "VersionId", "Range", "ChecksumMode", "IfMatch", "IfNoneMatch",
                "IfModifiedSince", "IfUnmodifiedSince");
        StoredObject object = object(bucket(request.bucket()), request.key(), request.versionId());
        new ObjectConditions(request.ifMatch(), request.ifNoneMatch(), request.ifModifiedSince(),
                request.ifUnmodifiedSince()).checkRead(object);
        byte[] whole = object.bytes();
        Optional<ByteRange> range = ByteRange.of(request.range(), whole.length);
        byte[] part = range.map(wanted -> wanted.of(whole)).orElse(whole);
        PutObjectRequest written = object.written();
        GetObjectResponse.Builder answer = GetObjectResponse.builder().acceptRanges("bytes")
                .lastModified(object.lastModified()).contentLength((long) part.length).eTag(object.eTag())
                .versionId(object.shownVersion()).contentType(object.contentType())
                .cacheControl(written.cacheControl()).contentDisposition(written.contentDisposition())
                .contentEncoding(written.contentEncoding()).contentLanguage(written.contentLanguage())
                .metadata(object.metadata()).serverSideEncryption(object.encryption());
        range.ifPresent(wanted -> answer.contentRange(wanted.header(whole.length)));
        if (request.checksumMode() == ChecksumMode.ENABLED && range.isEmpty()) {
            answer.checksumCRC32(written.checksumCRC32()).checksumCRC32C(written.checksumCRC32C())
                    .checksumSHA1(written.checksumSHA1()).checksumSHA256(written.checksumSHA256());
        }
        try {
            return transformer.transform(answer.build(), AbortableInputStream.create(new ByteArrayInputStream(part)));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        S3Faults.readOnly(request, "Key", "VersionId", "ChecksumMode", "IfMatch", "IfNoneMatch", "IfModifiedSince",
                "IfUnmodifiedSince");
        StoredObject object = object(bucket(request.bucket()), request.key(), request.versionId());
        new ObjectConditions(request.ifMatch(), request.ifNoneMatch(), request.ifModifiedSince(),
                request.ifUnmodifiedSince()).checkRead(object);
        PutObjectRequest written = object.written();
        HeadObjectResponse.Builder answer = HeadObjectResponse.builder().acceptRanges("bytes")
                .lastModified(object.lastModified()).contentLength((long) object.bytes().length).eTag(object.eTag())
                .versionId(object.shownVersion()).contentType(object.contentType())
                .cacheControl(written.cacheControl()).contentDisposition(written.contentDisposition())
                .contentEncoding(written.contentEncoding()).contentLanguage(written.contentLanguage())
                .metadata(object.metadata()).serverSideEncryption(object.encryption());
        if (request.checksumMode() == ChecksumMode.ENABLED) {
            answer.checksumCRC32(written.checksumCRC32()).checksumCRC32C(written.checksumCRC32C())
                    .checksumSHA1(written.checksumSHA1()).checksumSHA256(written.checksumSHA256());
        }
        return answer.build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        S3Faults.readOnly(request, "Key", "VersionId");
        DeletedObject deleted = delete(bucket(request.bucket()), request.key(), request.versionId());
        return DeleteObjectResponse.builder().deleteMarker(deleted.deleteMarker())
                .versionId(deleted.versionId() == null ? deleted.deleteMarkerVersionId() : deleted.versionId())
                .build();
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        S3Faults.readOnly(request, "Delete", "ChecksumAlgorithm");
        Bucket bucket = bucket(request.bucket());
        List<DeletedObject> deleted = new ArrayList<>();
        request.delete().objects().forEach(object -> {
            S3Faults.readOnly(object, "Key", "VersionId");
            deleted.add(delete(bucket, object.key(), object.versionId()));
        });
        return Boolean.TRUE.equals(request.delete().quiet())
                ? DeleteObjectsResponse.builder().build()
                : DeleteObjectsResponse.builder().deleted(deleted).build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        S3Faults.readOnly(request, "Prefix", "Delimiter", "MaxKeys", "ContinuationToken", "StartAfter",
                "EncodingType");
        boolean encoded = request.encodingType() == EncodingType.URL;
        int most = request.maxKeys() == null ? PAGE : Math.min(PAGE, request.maxKeys());
        String after = request.continuationToken() == null
                ? text(request.startAfter())
                : key(request.continuationToken());
        ObjectListing listing = ObjectListing.of(bucket(request.bucket()).current(), text(request.prefix()),
                text(request.delimiter()), after, most);
        return ListObjectsV2Response.builder().name(request.bucket())
                .prefix(ObjectListing.text(text(request.prefix()), encoded)).delimiter(request.delimiter())
                .maxKeys(most).encodingType(request.encodingType()).continuationToken(request.continuationToken())
                .startAfter(request.startAfter()).keyCount(listing.objects().size() + listing.prefixes().size())
                .contents(listing.contents(encoded)).commonPrefixes(listing.commonPrefixes(encoded))
                .isTruncated(listing.last() != null)
                .nextContinuationToken(listing.last() == null ? null : token(listing.last())).build();
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        S3Faults.readOnly(request, "Prefix", "EncodingType");
        Bucket bucket = bucket(request.bucket());
        boolean encoded = request.encodingType() == EncodingType.URL;
        List<StoredObject> found = bucket.versions().stream()
                .filter(version -> version.key().startsWith(text(request.prefix()))).toList();
        if (found.size() > PAGE) {
            throw S3Faults.notImplemented("pages of more than " + PAGE + " versions; give a Prefix");
        }
        return ListObjectVersionsResponse.builder().name(request.bucket()).prefix(text(request.prefix()))
                .maxKeys(PAGE).isTruncated(false).encodingType(request.encodingType())
                .versions(found.stream().filter(version -> !version.isDeletion())
                        .map(version -> ObjectVersion.builder().key(ObjectListing.text(version.key(), encoded))
                                .versionId(version.versionId()).isLatest(bucket.isNewest(version))
                                .lastModified(version.lastModified()).eTag(version.eTag())
                                .size((long) version.bytes().length).storageClass("STANDARD").build())
                        .toList())
                .deleteMarkers(found.stream().filter(StoredObject::isDeletion)
                        .map(version -> DeleteMarkerEntry.builder().key(ObjectListing.text(version.key(), encoded))
                                .versionId(version.versionId()).isLatest(bucket.isNewest(version))
                                .lastModified(version.lastModified()).build())
                        .toList())
                .build();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
        S3Faults.readOnly(request, "VersioningConfiguration", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).setVersioning(request.versioningConfiguration().status());
        return PutBucketVersioningResponse.builder().build();
    }

    @Override
    public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
        S3Faults.readOnly(request);
        return GetBucketVersioningResponse.builder().status(bucket(request.bucket()).versioning()).build();
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest request) {
        S3Faults.readOnly(request, "ServerSideEncryptionConfiguration", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).set(ServerSideEncryptionConfiguration.class,
                request.serverSideEncryptionConfiguration());
        return PutBucketEncryptionResponse.builder().build();
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
        S3Faults.readOnly(request);
        return GetBucketEncryptionResponse.builder().serverSideEncryptionConfiguration(
                bucket(request.bucket()).setting(ServerSideEncryptionConfiguration.class).orElseGet(
                        () -> ServerSideEncryptionConfiguration.builder()
                                .rules(ServerSideEncryptionRule.builder().bucketKeyEnabled(false)
                                        .applyServerSideEncryptionByDefault(
                                                it -> it.sseAlgorithm(ServerSideEncryption.AES256))
                                        .build())
                                .build()))
                .build();
    }

    @Override
    public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest request) {
        S3Faults.readOnly(request, "PublicAccessBlockConfiguration", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).set(PublicAccessBlockConfiguration.class, request.publicAccessBlockConfiguration());
        return PutPublicAccessBlockResponse.builder().build();
    }

    /** A bucket that nobody has set it for blocks everything, as S3's own default has been since April 2023. */
    @Override
    public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest request) {
        S3Faults.readOnly(request);
        return GetPublicAccessBlockResponse.builder().publicAccessBlockConfiguration(
                bucket(request.bucket()).setting(PublicAccessBlockConfiguration.class).orElseGet(
                        () -> PublicAccessBlockConfiguration.builder().blockPublicAcls(true).ignorePublicAcls(true)
                                .blockPublicPolicy(true).restrictPublicBuckets(true).build()))
                .build();
    }

    @Override
    public PutBucketOwnershipControlsResponse putBucketOwnershipControls(PutBucketOwnershipControlsRequest request) {
        S3Faults.readOnly(request, "OwnershipControls", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).set(OwnershipControls.class, request.ownershipControls());
        return PutBucketOwnershipControlsResponse.builder().build();
    }

    @Override
    public GetBucketOwnershipControlsResponse getBucketOwnershipControls(GetBucketOwnershipControlsRequest request) {
        S3Faults.readOnly(request);
        return GetBucketOwnershipControlsResponse.builder()
                .ownershipControls(bucket(request.bucket()).setting(OwnershipControls.class,
                        () -> S3Faults.of(404, "OwnershipControlsNotFoundError",
                                "The bucket ownership controls were not found")))
                .build();
    }

    @Override
    public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest request) {
        S3Faults.readOnly(request, "LifecycleConfiguration", "ChecksumAlgorithm");
        bucket(request.bucket()).set(BucketLifecycleConfiguration.class, request.lifecycleConfiguration());
        return PutBucketLifecycleConfigurationResponse.builder().build();
    }

    @Override
    public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest request) {
        S3Faults.readOnly(request);
        return GetBucketLifecycleConfigurationResponse.builder()
                .rules(bucket(request.bucket()).setting(BucketLifecycleConfiguration.class,
                        () -> S3Faults.of(404, "NoSuchLifecycleConfiguration",
                                "The lifecycle configuration does not exist"))
                        .rules())
                .build();
    }

    @Override
    public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest request) {
        S3Faults.readOnly(request, "Tagging", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).set(Tagging.class, request.tagging());
        return PutBucketTaggingResponse.builder().build();
    }

    @Override
    public GetBucketTaggingResponse getBucketTagging(GetBucketTaggingRequest request) {
        S3Faults.readOnly(request);
        return GetBucketTaggingResponse.builder().tagSet(bucket(request.bucket())
                .setting(Tagging.class, () -> S3Faults.of(404, "NoSuchTagSet", "The TagSet does not exist")).tagSet())
                .build();
    }

    @Override
    public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest request) {
        S3Faults.readOnly(request, "Policy", "ChecksumAlgorithm", "ContentMD5");
        bucket(request.bucket()).set(Policy.class, new Policy(request.policy()));
        return PutBucketPolicyResponse.builder().build();
    }

    @Override
    public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest request) {
        S3Faults.readOnly(request);
        return GetBucketPolicyResponse.builder().policy(policy(bucket(request.bucket())).document()).build();
    }

    @Override
    public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest request) {
        S3Faults.readOnly(request);
        bucket(request.bucket()).unset(Policy.class);
        return DeleteBucketPolicyResponse.builder().build();
    }

    private static Policy policy(Bucket bucket) {
        return bucket.setting(Policy.class,
                () -> S3Faults.of(404, "NoSuchBucketPolicy", "The bucket policy does not exist"));
    }

    private DeletedObject delete(Bucket bucket, String key, @Nullable String versionId) {
        if (versionId != null) {
            bucket.remove(key, versionId);
            return DeletedObject.builder().key(key).versionId(versionId).build();
        }
        if (bucket.versioning() == null) {
            bucket.remove(key, StoredObject.UNVERSIONED);
            return DeletedObject.builder().key(key).build();
        }
        StoredObject mark = StoredObject.deletion(nextVersion(bucket), key, timeline.now());
        bucket.add(mark);
        return DeletedObject.builder().key(key).deleteMarker(true).deleteMarkerVersionId(mark.versionId()).build();
    }

    private String nextVersion(Bucket bucket) {
        if (bucket.versioning() != BucketVersioningStatus.ENABLED) {
            return StoredObject.UNVERSIONED;
        }
        byte[] drawn = new byte[16];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static String encryptionOf(Bucket bucket) {
        return bucket.setting(ServerSideEncryptionConfiguration.class)
                .flatMap(configuration -> configuration.rules().stream()
                        .map(rule -> rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString()).findFirst())
                .orElse("AES256");
    }

    private Bucket bucket(String name) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw S3Faults.noSuchBucket();
        }
        return bucket;
    }

    private static StoredObject object(Bucket bucket, String key, @Nullable String versionId) {
        if (versionId != null && !bucket.hasVersion(key, versionId)) {
            throw S3Faults.of(404, "NoSuchVersion", "The specified version does not exist.");
        }
        return bucket.find(key, versionId).orElseThrow(S3Faults::noSuchKey);
    }

    private static byte[] bytes(RequestBody body) {
        try (var content = body.contentStreamProvider().newStream()) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static String token(String key) {
        return HexFormat.of().formatHex(key.getBytes(UTF_8));
    }

    private static String key(String token) {
        try {
            return new String(HexFormat.of().parseHex(token), UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw S3Faults.of(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }

    /** The policy of a bucket, which is kept and not evaluated. */
    private record Policy(String document) {}
}
