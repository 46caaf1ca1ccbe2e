package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.ecr.ImageStore;
import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers what is read from the addresses that GetDownloadUrlForLayer gives; everything else goes on. */
final class BlobDownloads implements SdkHttpClient {
    private static final Pattern PATH = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]{64})");

    private final ImageStore images;
    private final SdkHttpClient others;

    BlobDownloads(ImageStore images, SdkHttpClient others) {
        this.images = images;
        this.others = others;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        String path = request.httpRequest().encodedPath();
        Matcher blob = PATH.matcher(path == null ? "" : path);
        return blob.matches() ? download(blob.group(1), blob.group(2)) : others.prepareRequest(request);
    }

    private ExecutableHttpRequest download(String repository, String digest) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                byte[] blob = images.blob(repository, digest).orElse(null);
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder().statusCode(blob == null ? 404 : 200).build())
                        .responseBody(AbortableInputStream
                                .create(new ByteArrayInputStream(blob == null ? new byte[0] : blob)))
                        .build();
            }

            @Override
            public void abort() {
                // The answer is there before anyone can abort it.
            }
        };
    }

    @Override
    public void close() {
        others.close();
    }
}
