package io.greenlane.rehearsal.ecr;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReferencedImagesNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;

/** ECR's refusals with its sentences, as users have seen them. */
final class EcrFaults {
    private EcrFaults() {}

    static EcrException repositoryNotFound(String name, String registry) {
        return RepositoryNotFoundException.builder().message("The repository with name '" + name
                + "' does not exist in the registry with id '" + registry + "'").build();
    }

    static EcrException imageNotFound(@Nullable String digest, @Nullable String tag, String name, String registry) {
        return ImageNotFoundException.builder()
                .message("The image with imageId {imageDigest:'" + digest + "', imageTag:'" + tag
                        + "'} does not exist within " + within(name, registry))
                .build();
    }

    static EcrException invalid(String message) {
        return InvalidParameterException.builder().message(message).build();
    }

    static EcrException invalidManifest(String reason) {
        return invalid("Invalid parameter at 'ImageManifest' failed to satisfy constraint: '" + reason + "'");
    }

    static EcrException layersNotFound(List<String> digests, String name, String registry) {
        return LayersNotFoundException.builder().message("Layers with digests '" + list(digests)
                + "' required for pushing image into " + within(name, registry) + " do not exist").build();
    }

    static EcrException imagesNotFound(List<String> digests, String name, String registry) {
        return ReferencedImagesNotFoundException.builder().message("Images with digests '" + list(digests)
                + "' required for pushing image into " + within(name, registry) + " do not exist").build();
    }

    static EcrException alreadyPushed(String digest, @Nullable String tag, String name, String registry) {
        return ImageAlreadyExistsException.builder().message("Image with digest '" + digest + "' and tag '" + tag
                + "' already exists in " + within(name, registry)).build();
    }

    static EcrException tagTaken(String tag, String name) {
        return ImageTagAlreadyExistsException.builder().message("The image tag '" + tag + "' already exists in the '"
                + name + "' repository and cannot be overwritten because the repository is immutable.").build();
    }

    static EcrException digestDiffers(String stated, String actual) {
        return ImageDigestDoesNotMatchException.builder()
                .message("The image digest " + stated + " does not match the manifest, whose digest is " + actual)
                .build();
    }

    static EcrException layerDiffers(String stated, String actual) {
        return InvalidLayerException.builder()
                .message("The layer digest " + stated + " does not match the uploaded bytes, whose digest is " + actual)
                .build();
    }

    static EcrException uploadNotFound(String upload, String name, String registry) {
        return UploadNotFoundException.builder()
                .message("The upload '" + upload + "' does not exist in " + within(name, registry)).build();
    }

    private static String within(String name, String registry) {
        return "the repository with name '" + name + "' in the registry with id '" + registry + "'";
    }

    private static String list(List<String> digests) {
        return digests.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
