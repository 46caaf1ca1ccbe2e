package io.greenlane.aws;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Manifest;
import io.greenlane.image.Platforms;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.LayerInaccessibleException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;

/** What images are built for: an index says it, of a single image its configuration does (OCI image specification). */
final class ImagePlatforms {
    /** Configurations have some kilobytes; what is larger is none. */
    private static final int LARGEST = 1 << 20;

    private final EcrClient ecr;
    private final EcrImages images;
    private final SdkHttpClient http;

    ImagePlatforms(EcrClient ecr, SdkHttpClient http) {
        this.ecr = ecr;
        this.images = new EcrImages(ecr);
        this.http = http;
    }

    /** Those of an image that must be there, otherwise an {@link ImageGoneException}. */
    Platforms of(RepositoryName repository, Digest digest) {
        Manifest manifest = images.find(repository, digest).orGone();
        return manifest.platforms().orElseGet(() -> ofConfiguration(repository, manifest.config()));
    }

    private Platforms ofConfiguration(RepositoryName repository, Digest config) {
        try {
            Map<?, ?> members = Json.object(download(ecr.getDownloadUrlForLayer(
                    it -> it.repositoryName(repository.text()).layerDigest(config.text())).downloadUrl()));
            return new Platforms("linux".equals(members.get("os")) && members.get("architecture") instanceof String name
                    ? List.of(name)
                    : List.of());
        } catch (LayersNotFoundException | LayerInaccessibleException e) {
            throw new ImageGoneException("The configuration " + config + " of the image in " + repository
                    + " cannot be read: " + e.awsErrorDetails().errorMessage());
        }
    }

    /** The address is a signed one, for this download alone (ECR API, GetDownloadUrlForLayer). */
    private String download(String url) {
        try {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder().request(
                    SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(url)).build()).build()).call();
            try (InputStream body = answer.responseBody().map(InputStream.class::cast)
                    .orElseGet(InputStream::nullInputStream)) {
                byte[] bytes = body.readNBytes(LARGEST);
                if (!answer.httpResponse().isSuccessful()) {
                    throw new IOException("ECR's store answered " + answer.httpResponse().statusCode()
                            + " for the configuration of an image");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
