package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.ecr.Repository.StoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The operations on images. */
final class ImageOperations {
    private static final int PAGE = 100;
    private static final int REFERRERS_PAGE = 50;

    private final Registry registry;

    ImageOperations(Registry registry) {
        this.registry = registry;
    }

    DescribeImagesResponse describe(DescribeImagesRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<StoredImage> found = request.hasImageIds()
                ? request.imageIds().stream().map(id -> repository.require(id.imageDigest(), id.imageTag())).toList()
                : repository.images().stream()
                        .filter(image -> wanted(request.filter() == null ? null : request.filter().tagStatus(),
                                !repository.tagsOf(image.manifest().digest()).isEmpty()))
                        .toList();
        Pages.Page<StoredImage> page = Pages.cut(found, request.nextToken(), request.maxResults(), PAGE);
        return DescribeImagesResponse.builder()
                .imageDetails(page.items().stream().map(image -> detail(repository, image)).toList())
                .nextToken(page.nextToken()).build();
    }

    ListImagesResponse list(ListImagesRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<ImageIdentifier> ids = repository.images().stream().flatMap(image -> identifiers(repository, image))
                .filter(id -> wanted(request.filter() == null ? null : request.filter().tagStatus(),
                        id.imageTag() != null))
                .toList();
        Pages.Page<ImageIdentifier> page = Pages.cut(ids, request.nextToken(), request.maxResults(), PAGE);
        return ListImagesResponse.builder().imageIds(page.items()).nextToken(page.nextToken()).build();
    }

    BatchGetImageResponse get(BatchGetImageRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<Image> images = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier id : request.imageIds()) {
            Optional<ImageFailure> failure = failure(repository, id);
            failure.ifPresentOrElse(failures::add, () -> images
                    .add(image(repository, repository.require(id.imageDigest(), id.imageTag()).manifest(),
                            id.imageTag())));
        }
        return BatchGetImageResponse.builder().images(images).failures(failures).build();
    }

    PutImageResponse put(PutImageRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        byte[] content = request.imageManifest().getBytes(UTF_8);
        if (content.length > Manifest.LARGEST_BYTES) {
            throw EcrFaults.invalidManifest("It is larger than " + Manifest.LARGEST_BYTES + " bytes");
        }
        Manifest manifest = Manifest.parse(content, request.imageManifestMediaType());
        String stated = request.imageDigest();
        if (stated != null && !stated.equals(manifest.digest())) {
            throw EcrFaults.digestDiffers(stated, manifest.digest());
        }
        registry.put(repository, manifest, request.imageTag(), Registry.Face.API);
        return PutImageResponse.builder().image(image(repository, manifest, request.imageTag())).build();
    }

    BatchDeleteImageResponse delete(BatchDeleteImageRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<ImageIdentifier> deleted = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier id : request.imageIds()) {
            Optional<ImageFailure> failure = failure(repository, id).or(() -> listed(repository, id));
            failure.ifPresentOrElse(failures::add, () -> deleted.addAll(delete(repository, id)));
        }
        return BatchDeleteImageResponse.builder().imageIds(deleted).failures(failures).build();
    }

    ListImageReferrersResponse referrers(ListImageReferrersRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<String> types = request.filter() == null ? List.of() : request.filter().artifactTypes();
        List<Manifest> found = repository.referrersOf(request.subjectId().imageDigest()).stream()
                .map(StoredImage::manifest)
                .filter(manifest -> types.isEmpty() || types.contains(manifest.artifactMediaType())).toList();
        Pages.Page<Manifest> page = Pages.cut(found, request.nextToken(), request.maxResults(), REFERRERS_PAGE);
        return ListImageReferrersResponse.builder()
                .referrers(page.items().stream().map(ImageOperations::referrer).toList())
                .nextToken(page.nextToken()).build();
    }

    private List<ImageIdentifier> delete(Repository repository, ImageIdentifier id) {
        StoredImage image = repository.require(id.imageDigest(), id.imageTag());
        String digest = image.manifest().digest();
        if (id.imageTag() != null) {
            registry.deleteTag(repository, id.imageTag());
            return List.of(ImageIdentifier.builder().imageDigest(digest).imageTag(id.imageTag()).build());
        }
        List<ImageIdentifier> all = identifiers(repository, image).toList();
        registry.deleteImage(repository, digest);
        return all;
    }

    private static Optional<ImageFailure> failure(Repository repository, ImageIdentifier id) {
        String digest = id.imageDigest();
        String tag = id.imageTag();
        if (digest == null && tag == null) {
            return failed(id, ImageFailureCode.MISSING_DIGEST_AND_TAG,
                    "Invalid request parameters: both tag and digest cannot be null");
        }
        if (digest != null && !Digests.isDigest(digest)) {
            return failed(id, ImageFailureCode.INVALID_IMAGE_DIGEST,
                    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
        }
        Optional<StoredImage> byTag = tag == null ? Optional.empty() : repository.byTag(tag);
        if (digest == null ? byTag.isEmpty() : repository.byDigest(digest).isEmpty()) {
            return failed(id, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
        }
        if (digest != null && tag != null
                && byTag.filter(image -> image.manifest().digest().equals(digest)).isEmpty()) {
            return failed(id, ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST,
                    "Invalid request parameters: image tag and digest do not match");
        }
        return Optional.empty();
    }

    private static Optional<ImageFailure> listed(Repository repository, ImageIdentifier id) {
        String digest = repository.require(id.imageDigest(), id.imageTag()).manifest().digest();
        List<String> indexes = repository.indexesOf(digest);
        return id.imageTag() != null || indexes.isEmpty()
                ? Optional.empty()
                : failed(id, ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
                        "Requested image referenced by manifest list: " + indexes);
    }

    private static Optional<ImageFailure> failed(ImageIdentifier id, ImageFailureCode code, String reason) {
        return Optional.of(ImageFailure.builder().imageId(id).failureCode(code).failureReason(reason).build());
    }

    private static Stream<ImageIdentifier> identifiers(Repository repository, StoredImage image) {
        ImageIdentifier untagged = ImageIdentifier.builder().imageDigest(image.manifest().digest()).build();
        List<String> tags = repository.tagsOf(image.manifest().digest());
        return tags.isEmpty()
                ? Stream.of(untagged)
                : tags.stream().map(tag -> untagged.toBuilder().imageTag(tag).build());
    }

    private static boolean wanted(@Nullable TagStatus status, boolean tagged) {
        return status == null || status == TagStatus.ANY || (status == TagStatus.TAGGED) == tagged;
    }

    private static Image image(Repository repository, Manifest manifest, @Nullable String tag) {
        return Image.builder().registryId(repository.registryId()).repositoryName(repository.name())
                .imageId(ImageIdentifier.builder().imageDigest(manifest.digest()).imageTag(tag).build())
                .imageManifest(manifest.text()).imageManifestMediaType(manifest.mediaType()).build();
    }

    private static ImageReferrer referrer(Manifest manifest) {
        return ImageReferrer.builder().digest(manifest.digest()).mediaType(manifest.mediaType())
                .artifactType(manifest.artifactMediaType()).size((long) manifest.text().getBytes(UTF_8).length)
                .annotations(manifest.annotations()).artifactStatus("ACTIVE").build();
    }

    private static ImageDetail detail(Repository repository, StoredImage image) {
        Manifest manifest = image.manifest();
        List<String> tags = repository.tagsOf(manifest.digest());
        return ImageDetail.builder().registryId(repository.registryId()).repositoryName(repository.name())
                .imageDigest(manifest.digest()).imageTags(tags.isEmpty() ? null : tags)
                .imageSizeInBytes(repository.sizeOf(manifest)).imagePushedAt(image.pushedAt())
                .imageManifestMediaType(manifest.mediaType()).artifactMediaType(manifest.artifactMediaType())
                .subjectManifestDigest(manifest.subject()).imageStatus(ImageStatus.ACTIVE).build();
    }
}
