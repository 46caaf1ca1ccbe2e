package io.greenlane.aws;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Manifest;
import io.greenlane.image.Platforms;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Json;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.EcrClient;

/** What images are built for: an index says it, of a single image its configuration does (OCI image specification). */
final class ImagePlatforms {
    /** Configurations have some kilobytes; what is larger is none. */
    private static final int LARGEST = 1 << 20;

    private final EcrImages images;
    private final LayerContents contents;

    ImagePlatforms(EcrClient ecr, LayerContents contents) {
        this.images = new EcrImages(ecr);
        this.contents = contents;
    }

    /** Those of an image that must be there, otherwise an {@link ImageGoneException}. */
    Platforms of(RepositoryName repository, Digest digest) {
        Manifest manifest = images.find(repository, digest).orGone();
        return manifest.platforms().orElseGet(() -> ofConfiguration(repository, manifest.config()));
    }

    private Platforms ofConfiguration(RepositoryName repository, Digest config) {
        String text;
        try {
            text = contents.text(repository, config, LARGEST);
        } catch (IllegalArgumentException e) {
            throw new ImageGoneException("The image has lost its configuration: " + e.getMessage());
        }
        Map<?, ?> members = Json.object(text);
        return new Platforms("linux".equals(members.get("os")) && members.get("architecture") instanceof String name
                ? List.of(name)
                : List.of());
    }
}
