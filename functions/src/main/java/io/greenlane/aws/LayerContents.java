package io.greenlane.aws;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.LayerInaccessibleException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;

/** What configurations and layers hold, those that are small texts. */
final class LayerContents {
    private final EcrClient ecr;
    private final SdkHttpClient http;

    LayerContents(EcrClient ecr, SdkHttpClient http) {
        this.ecr = ecr;
        this.http = http;
    }

    /**
     * The content of one.
     *
     * @param largest bytes; of what is larger, the beginning
     * @throws IllegalArgumentException when it is not there
     */
    String text(RepositoryName repository, Digest digest, int largest) {
        try {
            return download(ecr.getDownloadUrlForLayer(
                    it -> it.repositoryName(repository.text()).layerDigest(digest.text())).downloadUrl(), largest);
        } catch (LayersNotFoundException | LayerInaccessibleException e) {
            throw new IllegalArgumentException(
                    "Blob " + digest + " in " + repository + " cannot be read: " + e.awsErrorDetails().errorMessage(),
                    e);
        }
    }

    /** The address is a signed one, for this download alone (ECR API, GetDownloadUrlForLayer). */
    private String download(String url, int largest) {
        try {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder().request(
                    SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(url)).build()).build()).call();
            try (InputStream body = answer.responseBody().map(InputStream.class::cast)
                    .orElseGet(InputStream::nullInputStream)) {
                byte[] bytes = body.readNBytes(largest);
                if (!answer.httpResponse().isSuccessful()) {
                    throw new IOException("ECR's store answered " + answer.httpResponse().statusCode()
                            + " for the content of a layer");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
