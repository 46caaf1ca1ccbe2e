package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

class SimulatedEcrTest {
    private static final String ABSENT = "sha256:" + "0".repeat(64);
    private final List<String> events = new ArrayList<>();
    private SimulatedEcr ecr;

    @BeforeEach
    void create() {
        VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
        ecr = new SimulatedEcr(new Account("111122223333", "eu-west-1"), timeline, new Journal(timeline),
                (source, type, resources, detail) -> events
                        .add(detail.get("action-type") + " " + detail.get("image-tag")),
                new Random(7), EcrBehaviour.recommended(), "127.0.0.1:5000");
        ecr.createRepository(request -> request.repositoryName("web"));
    }

    @Test
    void a_repository_is_described_with_the_local_registry_in_its_uri() {
        Repository repository = ecr.describeRepositories().repositories().getFirst();

        assertThat(repository.repositoryUri()).isEqualTo("127.0.0.1:5000/web");
        assertThat(repository.repositoryArn()).isEqualTo("arn:aws:ecr:eu-west-1:111122223333:repository/web");
        assertThat(repository.imageTagMutabilityAsString()).isEqualTo("MUTABLE");
        assertThatThrownBy(() -> ecr.createRepository(request -> request.repositoryName("web")))
                .isInstanceOf(RepositoryAlreadyExistsException.class);
        assertThatThrownBy(() -> ecr.describeImages(request -> request.repositoryName("nobody")))
                .isInstanceOf(RepositoryNotFoundException.class).hasMessageContaining(
                        "The repository with name 'nobody' does not exist in the registry with id '111122223333'");
    }

    @Test
    void a_missing_image_raises_in_describe_and_is_a_failure_in_batch_get() {
        assertThatThrownBy(() -> ecr
                .describeImages(request -> request.repositoryName("web").imageIds(tagged("v1"))))
                .isInstanceOf(ImageNotFoundException.class).hasMessageContaining("imageTag:'v1'");

        BatchGetImageResponse answer = ecr
                .batchGetImage(request -> request.repositoryName("web").imageIds(digested(ABSENT)));

        assertThat(answer.images()).isEmpty();
        assertThat(answer.failures().getFirst().failureCodeAsString()).isEqualTo("ImageNotFound");
    }

    @Test
    void a_tag_is_moved_by_batch_get_and_put() {
        put("v1", "a");
        Image image = ecr.batchGetImage(request -> request.repositoryName("web").imageIds(tagged("v1")))
                .images().getFirst();

        ecr.putImage(request -> request.repositoryName("web").imageManifest(image.imageManifest()).imageTag("live"));

        assertThat(ecr.describeImages(request -> request.repositoryName("web")).imageDetails().getFirst().imageTags())
                .containsExactly("live", "v1");
        assertThat(events).containsExactly("PUSH v1", "PUSH live");
        assertThatThrownBy(() -> put("v1", "a")).isInstanceOf(ImageAlreadyExistsException.class);
    }

    @Test
    void a_moved_tag_leaves_the_old_image_untagged() {
        put("v1", "a");
        put("v1", "b");

        ListImagesResponse untagged = ecr.listImages(
                request -> request.repositoryName("web").filter(filter -> filter.tagStatus("UNTAGGED")));

        assertThat(untagged.imageIds()).hasSize(1);
        assertThat(untagged.imageIds().getFirst().imageTag()).isNull();
    }

    @Test
    void an_immutable_tag_stays_but_for_the_exclusions() {
        put("v1", "a");
        put("latest", "a");
        ecr.putImageTagMutability(request -> request.repositoryName("web")
                .imageTagMutability("IMMUTABLE_WITH_EXCLUSION")
                .imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD").filter("late*").build()));

        put("latest", "b");

        assertThatThrownBy(() -> put("v1", "b")).isInstanceOf(ImageTagAlreadyExistsException.class)
                .hasMessageContaining("cannot be overwritten because the repository is immutable");
    }

    @Test
    void deleting_the_last_tag_deletes_the_image() {
        put("v1", "a");
        put("v2", "a");

        delete(tagged("v1"));
        assertThat(ecr.describeImages(request -> request.repositoryName("web")).imageDetails()).hasSize(1);
        delete(tagged("v2"));

        assertThat(ecr.describeImages(request -> request.repositoryName("web")).imageDetails()).isEmpty();
        assertThat(events).containsExactly("PUSH v1", "PUSH v2", "DELETE v1", "DELETE v2");
    }

    @Test
    void an_image_in_an_index_cannot_be_deleted() {
        String child = put(null, "a");
        ecr.putImage(request -> request.repositoryName("web").imageTag("v1")
                .imageManifestMediaType(Manifest.OCI_INDEX).imageManifest(
                        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + child + "\",\"size\":1}]}"));

        assertThat(ecr.batchDeleteImage(
                request -> request.repositoryName("web").imageIds(digested(child))).failures().getFirst()
                .failureCodeAsString()).isEqualTo("ImageReferencedByManifestList");
        assertThat(ecr.describeImages(request -> request.repositoryName("web").imageIds(tagged("v1")))
                .imageDetails().getFirst().imageSizeInBytes()).isEqualTo(3);
    }

    @Test
    void put_image_checks_layers_and_digest() {
        assertThatThrownBy(() -> ecr.putImage(request -> request.repositoryName("web").imageTag("v1")
                .imageManifestMediaType(Manifest.OCI_IMAGE)
                .imageManifest("{\"schemaVersion\":2,\"config\":{\"digest\":\"" + ABSENT + "\"},\"layers\":[]}")))
                .isInstanceOf(LayersNotFoundException.class).hasMessageContaining(ABSENT);
        assertThatThrownBy(() -> ecr.putImage(request -> request.repositoryName("web").imageTag("v1")
                .imageDigest(ABSENT).imageManifest(manifest("a"))))
                .isInstanceOf(ImageDigestDoesNotMatchException.class);
    }

    @Test
    void lists_come_in_pages() {
        put("v1", "a");
        put("v2", "b");
        put("v3", "c");

        ListImagesResponse first = ecr.listImages(request -> request.repositoryName("web").maxResults(2));
        ListImagesResponse second = ecr
                .listImages(request -> request.repositoryName("web").nextToken(first.nextToken()));

        assertThat(first.imageIds()).extracting(ImageIdentifier::imageTag).containsExactly("v1", "v2");
        assertThat(second.imageIds()).extracting(ImageIdentifier::imageTag).containsExactly("v3");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void nothing_was_scanned() {
        put("v1", "a");

        assertThatThrownBy(() -> ecr.describeImageScanFindings(
                request -> request.repositoryName("web").imageId(id -> id.imageTag("v1"))))
                .isInstanceOf(ScanNotFoundException.class);
    }

    @Test
    void a_repository_with_images_goes_only_by_force() {
        put("v1", "a");

        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName("web")))
                .isInstanceOf(RepositoryNotEmptyException.class);
        ecr.deleteRepository(request -> request.repositoryName("web").force(true));
        assertThat(ecr.describeRepositories().repositories()).isEmpty();
    }

    @Test
    void a_repository_carries_tags() {
        String arn = ecr.describeRepositories().repositories().getFirst().repositoryArn();

        ecr.tagResource(request -> request.resourceArn(arn).tags(Tag.builder().key("team").value("shop").build()));
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(arn)).tags().getFirst().value())
                .isEqualTo("shop");
        ecr.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(arn)).tags()).isEmpty();
    }

    private void delete(ImageIdentifier id) {
        assertThat(ecr.batchDeleteImage(request -> request.repositoryName("web").imageIds(id)).failures()).isEmpty();
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private static ImageIdentifier digested(String digest) {
        return ImageIdentifier.builder().imageDigest(digest).build();
    }

    private String put(@Nullable String tag, String marker) {
        return ecr.putImage(request -> request.repositoryName("web").imageTag(tag).imageManifest(manifest(marker)))
                .image().imageId().imageDigest();
    }

    /** A manifest whose config has been uploaded through the layer operations. */
    private String manifest(String marker) {
        byte[] config = ("{" + marker + "}").getBytes(UTF_8);
        String digest = Digests.of(config);
        if (ecr.batchCheckLayerAvailability(request -> request.repositoryName("web").layerDigests(digest)).layers()
                .getFirst().layerAvailabilityAsString().equals("UNAVAILABLE")) {
            String upload = ecr.initiateLayerUpload(request -> request.repositoryName("web")).uploadId();
            ecr.uploadLayerPart(request -> request.repositoryName("web").uploadId(upload).partFirstByte(0L)
                    .partLastByte(config.length - 1L).layerPartBlob(SdkBytes.fromByteArray(config)));
            ecr.completeLayerUpload(
                    request -> request.repositoryName("web").uploadId(upload).layerDigests(digest));
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.OCI_IMAGE
                + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + digest
                + "\",\"size\":" + config.length + "},\"layers\":[]}";
    }
}
