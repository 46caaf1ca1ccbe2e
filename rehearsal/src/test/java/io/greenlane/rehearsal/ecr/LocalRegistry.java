package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.ScaledTimeline;
import io.greenlane.rehearsal.show.RegistryLogin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry on a port of its own, with the repository shop/web, for tests. */
final class LocalRegistry implements AutoCloseable {
    static final String REPOSITORY = "shop/web";

    final List<Event> events = new CopyOnWriteArrayList<>();
    final SimulatedEcr ecr;
    private final ScaledTimeline timeline;
    private final RegistryServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String authorization;

    record Event(String source, String detailType, Map<String, Object> detail) {
        String tag() {
            return String.valueOf(detail.get("image-tag"));
        }
    }

    LocalRegistry() throws IOException {
        this(EcrBehaviour.recommended());
    }

    LocalRegistry(EcrBehaviour behaviour) throws IOException {
        timeline = new ScaledTimeline(Clock.systemUTC(), 1, fault -> {
        });
        server = RegistryServer.bind(0);
        ecr = new SimulatedEcr(new Account("111122223333", "eu-west-1"), timeline, new Journal(timeline),
                (source, type, resources, detail) -> events.add(new Event(source, type, detail)), new Random(7),
                behaviour, server.address());
        server.serve(ecr);
        ecr.createRepository(request -> request.repositoryName(REPOSITORY));
        authorization = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }

    String address() {
        return server.address();
    }

    RegistryLogin login() {
        String[] pair = new String(Base64.getDecoder().decode(authorization), UTF_8).split(":", 2);
        return new RegistryLogin(address(), pair[0], pair[1]);
    }

    /** A request with the login; the path begins after the repository's name. */
    HttpRequest.Builder at(String path) {
        return atRoot("/v2/" + REPOSITORY + path);
    }

    HttpRequest.Builder atRoot(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address() + path)).header("Authorization",
                "Basic " + authorization);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Puts a blob in one piece. */
    String putBlob(String content) throws IOException, InterruptedException {
        String digest = Digests.of(content.getBytes(UTF_8));
        send(at("/blobs/uploads/?digest=" + digest).POST(HttpRequest.BodyPublishers.ofString(content)));
        return digest;
    }

    HttpResponse<String> putManifest(String reference, String mediaType, String text)
            throws IOException, InterruptedException {
        return send(at("/manifests/" + reference).header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofString(text)));
    }

    /** An image manifest whose blobs have been put. */
    String image(String marker) throws IOException, InterruptedException {
        String config = putBlob("{\"config\":\"" + marker + "\"}");
        String layer = putBlob("layer of " + marker);
        return """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
                "digest":"%s","size":%d},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",\
                "digest":"%s","size":%d}]}""".formatted(Manifest.OCI_IMAGE, config, 13 + marker.length(), layer,
                9 + marker.length());
    }

    @Override
    public void close() {
        server.close();
        timeline.close();
        http.close();
    }
}
