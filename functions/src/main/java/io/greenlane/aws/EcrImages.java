package io.greenlane.aws;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The images of the private registry of this account and region. */
public final class EcrImages implements ImageCatalog {
    private static final List<String> ACCEPTED = List.of("application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final EcrClient ecr;

    public EcrImages(EcrClient ecr) {
        this.ecr = ecr;
    }

    @Override
    public ImageLookup find(RepositoryName repository, Digest digest) {
        ImageIdentifier id = ImageIdentifier.builder().imageDigest(digest.text()).build();
        try {
            List<ImageDetail> details = ecr.describeImages(it -> it.repositoryName(repository.text()).imageIds(id))
                    .imageDetails();
            if (details.stream().anyMatch(detail -> "ARCHIVED".equals(detail.imageStatusAsString()))) {
                return new ImageLookup.Gone("Image " + digest + " of " + repository
                        + " is archived and cannot be pulled; restore it and push its tag again");
            }
            return read(repository, digest, ecr.batchGetImage(
                    it -> it.repositoryName(repository.text()).imageIds(id).acceptedMediaTypes(ACCEPTED)));
        } catch (ImageNotFoundException e) {
            return gone(repository, digest);
        } catch (RepositoryNotFoundException e) {
            return new ImageLookup.Gone(
                    "Repository " + repository + " does not exist, so image " + digest + " cannot be pulled");
        }
    }

    private static ImageLookup read(RepositoryName repository, Digest digest, BatchGetImageResponse answer) {
        for (ImageFailure failure : answer.failures()) {
            return "ImageNotFound".equals(failure.failureCodeAsString())
                    ? gone(repository, digest)
                    : new ImageLookup.Unreadable("ECR does not give out image " + digest + " of " + repository + ": "
                            + failure.failureCodeAsString());
        }
        if (answer.images().isEmpty()) {
            return gone(repository, digest);
        }
        Image image = answer.images().get(0);
        try {
            return new ImageLookup.Found(
                    new Manifest(image.imageManifestMediaType(), Json.object(image.imageManifest())));
        } catch (IllegalArgumentException e) {
            return new ImageLookup.Unreadable(
                    "The manifest of " + digest + " in " + repository + " cannot be read: " + e.getMessage());
        }
    }

    private static ImageLookup gone(RepositoryName repository, Digest digest) {
        return new ImageLookup.Gone("Image " + digest + " is no longer in " + repository
                + "; somebody or a lifecycle policy deleted it after the push");
    }

    @Override
    public Collection<Tag> tags(RepositoryName repository) {
        try {
            return ecr.listImagesPaginator(
                    it -> it.repositoryName(repository.text()).filter(filter -> filter.tagStatus(TagStatus.TAGGED)))
                    .imageIds().stream().flatMap(id -> tag(id.imageTag())).toList();
        } catch (RepositoryNotFoundException e) {
            return List.of();
        }
    }

    private static Stream<Tag> tag(String text) {
        try {
            return Stream.of(new Tag(text));
        } catch (IllegalArgumentException e) {
            return Stream.of();
        }
    }
}
