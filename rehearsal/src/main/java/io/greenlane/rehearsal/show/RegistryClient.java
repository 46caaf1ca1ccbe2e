package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** As much of an OCI registry client as a push of ready-made manifests needs. */
public final class RegistryClient {
    private final HttpClient http;
    private final RegistryLogin login;
    private final String repository;

    public RegistryClient(HttpClient http, RegistryLogin login, String repository) {
        this.http = http;
        this.login = login;
        this.repository = repository;
    }

    static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** The manifest of a tag or digest. */
    byte[] manifest(String reference) throws IOException, InterruptedException {
        return send(request("/manifests/" + reference).GET(), 200);
    }

    byte[] blob(String digest) throws IOException, InterruptedException {
        return send(request("/blobs/" + digest).GET(), 200);
    }

    /** Uploads a blob in one piece and returns its digest. */
    String putBlob(byte[] content) throws IOException, InterruptedException {
        String digest = digest(content);
        send(request("/blobs/uploads/?digest=" + digest).header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)), 201);
        return digest;
    }

    void putManifest(String reference, String mediaType, byte[] content) throws IOException, InterruptedException {
        send(request("/manifests/" + reference).header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)), 201);
    }

    private HttpRequest.Builder request(String path) {
        String credentials = login.user() + ":" + login.password();
        return HttpRequest.newBuilder(URI.create("http://" + login.address() + "/v2/" + repository + path)).header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }

    private byte[] send(HttpRequest.Builder builder, int expected) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != expected) {
            throw new IOException("The registry answered " + response.statusCode() + " to " + request.method() + " "
                    + request.uri().getPath() + ": " + new String(response.body(), UTF_8));
        }
        return response.body();
    }
}
