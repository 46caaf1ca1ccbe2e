package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.paginators.ListImagesIterable;

class EcrImagesTest {
    private static final RepositoryName SHOP = new RepositoryName("shop/api");
    private static final Digest DIGEST = new Digest("sha256:" + "7f".repeat(32));

    private final FakeEcr ecr = new FakeEcr();
    private final EcrImages images = new EcrImages(ecr);

    @Test
    void an_image_is_found_with_the_media_type_of_the_registry() {
        ecr.answer = ecr.answer.toBuilder()
                .images(Image.builder().imageManifestMediaType("application/vnd.oci.image.index.v1+json")
                        .imageManifest("{\"manifests\":[]}").build())
                .build();

        assertThat(images.find(SHOP, DIGEST)).isInstanceOfSatisfying(ImageLookup.Found.class, found -> {
            assertThat(found.manifest().mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
            assertThat(found.manifest().members().get("manifests")).isEqualTo(List.of());
        });
        assertThat(ecr.accepted).hasSize(4);
    }

    @Test
    void an_image_can_be_gone_in_three_ways() {
        assertThat(images.find(SHOP, DIGEST)).isInstanceOf(ImageLookup.Gone.class);

        ecr.answer = BatchGetImageResponse.builder()
                .failures(ImageFailure.builder().failureCode(ImageFailureCode.IMAGE_NOT_FOUND).build()).build();
        assertThat(images.find(SHOP, DIGEST)).isEqualTo(new ImageLookup.Gone("Image " + DIGEST
                + " is no longer in shop/api; somebody or a lifecycle policy deleted it after the push"));

        ecr.imageExists = false;
        assertThat(images.find(SHOP, DIGEST)).isInstanceOf(ImageLookup.Gone.class);

        ecr.repositoryExists = false;
        assertThat(images.find(SHOP, DIGEST)).isEqualTo(new ImageLookup.Gone(
                "Repository shop/api does not exist, so image " + DIGEST + " cannot be pulled"));
    }

    @Test
    void an_archived_image_cannot_be_pulled() {
        ecr.status = "ARCHIVED";

        assertThat(images.find(SHOP, DIGEST)).isInstanceOfSatisfying(ImageLookup.Gone.class,
                gone -> assertThat(gone.reason()).contains("is archived and cannot be pulled"));
    }

    @Test
    void a_manifest_that_is_no_json_is_unreadable_not_fatal() {
        ecr.answer = ecr.answer.toBuilder()
                .images(Image.builder().imageManifestMediaType("x").imageManifest("[".repeat(5_000)).build()).build();
        assertThat(images.find(SHOP, DIGEST)).isInstanceOf(ImageLookup.Unreadable.class);

        ecr.answer = BatchGetImageResponse.builder()
                .failures(ImageFailure.builder().failureCode(ImageFailureCode.KMS_ERROR).build()).build();
        assertThat(images.find(SHOP, DIGEST)).isInstanceOfSatisfying(ImageLookup.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).endsWith("KmsError"));
    }

    @Test
    void tags_are_read_page_by_page_and_impossible_ones_left_out() {
        assertThat(images.tags(SHOP)).containsExactly(new Tag("v1"), new Tag("v2"));

        ecr.repositoryExists = false;
        assertThat(images.tags(SHOP)).isEmpty();
    }

    private static final class FakeEcr implements EcrClient {
        private BatchGetImageResponse answer = BatchGetImageResponse.builder().build();
        private boolean repositoryExists = true;
        private boolean imageExists = true;
        private String status = "ACTIVE";
        private List<String> accepted = List.of();

        @Override
        public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
            if (!repositoryExists) {
                throw RepositoryNotFoundException.builder().build();
            }
            if (!imageExists) {
                throw ImageNotFoundException.builder().build();
            }
            return DescribeImagesResponse.builder().imageDetails(ImageDetail.builder().imageStatus(status).build())
                    .build();
        }

        @Override
        public BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
            accepted = request.acceptedMediaTypes();
            assertThat(request.imageIds())
                    .containsExactly(ImageIdentifier.builder().imageDigest(DIGEST.text()).build());
            return answer;
        }

        @Override
        public ListImagesResponse listImages(ListImagesRequest request) {
            if (!repositoryExists) {
                throw RepositoryNotFoundException.builder().build();
            }
            return request.nextToken() == null
                    ? ListImagesResponse.builder().nextToken("more").imageIds(tagged("v1"), tagged("-broken")).build()
                    : ListImagesResponse.builder().imageIds(tagged("v2")).build();
        }

        private static ImageIdentifier tagged(String tag) {
            return ImageIdentifier.builder().imageTag(tag).build();
        }

        @Override
        public ListImagesIterable listImagesPaginator(ListImagesRequest request) {
            return new ListImagesIterable(this, request);
        }

        @Override
        public String serviceName() {
            return "ecr";
        }

        @Override
        public void close() {}
    }
}
