package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry against the OCI distribution specification 1.1, endpoint by endpoint. */
class RegistryConformanceTest {
    private static final String ABSENT = "sha256:" + "0".repeat(64);
    private LocalRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new LocalRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void a_stranger_is_asked_to_log_in() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + registry.address() + "/v2/")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=");
            assertThat(answer.body()).contains("\"code\":\"UNAUTHORIZED\"");
        }
        assertThat(registry.send(registry.atRoot("/v2/")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_tls_handshake_is_hung_up_on_at_once() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
                Integer.parseInt(registry.address().split(":", 2)[1]))) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(new byte[]{0x16, 3, 1, 2, 0, 1});

            assertThat(ended(socket)).isTrue();
        }
    }

    @Test
    void a_blob_arrives_in_one_request() throws Exception {
        String digest = Digests.of("hello".getBytes(UTF_8));

        HttpResponse<String> answer = registry
                .send(registry.at("/blobs/uploads/?digest=" + digest).POST(BodyPublishers.ofString("hello")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Location")).isEqualTo("/v2/shop/web/blobs/" + digest);
        assertThat(registry.send(registry.at("/blobs/" + digest)).body()).isEqualTo("hello");
    }

    @Test
    void a_blob_arrives_by_post_then_put() throws Exception {
        String digest = Digests.of("hello".getBytes(UTF_8));

        HttpResponse<String> started = startUpload();
        HttpResponse<String> done = registry.send(registry.atRoot(header(started, "Location") + "?digest=" + digest)
                .PUT(BodyPublishers.ofString("hello")));

        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(header(done, "Docker-Content-Digest")).isEqualTo(digest);
        assertThat(registry.send(registry.at("/blobs/" + digest)).body()).isEqualTo("hello");
    }

    @Test
    void a_blob_arrives_in_chunks_that_must_follow_each_other() throws Exception {
        String location = header(startUpload(), "Location");

        HttpResponse<String> first = patch(location, "0-4", "hello");
        HttpResponse<String> gap = patch(location, "9-13", "world");
        HttpResponse<String> status = registry.send(registry.atRoot(location));
        HttpResponse<String> second = patch(location, "5-10", " world");
        HttpResponse<String> done = registry.send(registry
                .atRoot(location + "?digest=" + Digests.of("hello world!".getBytes(UTF_8)))
                .header("Content-Range", "11-11").PUT(BodyPublishers.ofString("!")));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-4");
        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-4");
        assertThat(header(second, "Range")).isEqualTo("0-10");
        assertThat(done.statusCode()).isEqualTo(201);
    }

    @Test
    void a_blob_whose_bytes_differ_from_its_digest_is_refused() throws Exception {
        HttpResponse<String> answer = registry.send(registry.atRoot(header(startUpload(), "Location") + "?digest="
                + ABSENT).PUT(BodyPublishers.ofString("hello")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"DIGEST_INVALID\"");
        assertThat(registry.send(registry.at("/blobs/" + ABSENT)).statusCode()).isEqualTo(404);
    }

    @Test
    void an_upload_can_be_given_up() throws Exception {
        String location = header(startUpload(), "Location");

        assertThat(registry.send(registry.atRoot(location).DELETE()).statusCode()).isEqualTo(204);
        HttpResponse<String> gone = registry.send(registry.atRoot(location));
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void a_blob_is_mounted_from_another_repository() throws Exception {
        String digest = registry.putBlob("shared");
        registry.ecr.createRepository(request -> request.repositoryName("other"));

        HttpResponse<String> mounted = registry.send(registry
                .atRoot("/v2/other/blobs/uploads/?mount=" + digest + "&from=shop/web").POST(BodyPublishers.noBody()));
        HttpResponse<String> unknown = registry.send(registry
                .atRoot("/v2/other/blobs/uploads/?mount=" + ABSENT + "&from=shop/web").POST(BodyPublishers.noBody()));

        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(unknown.statusCode()).isEqualTo(202);
        assertThat(registry.send(registry.atRoot("/v2/other/blobs/" + digest)).body()).isEqualTo("shared");
    }

    @Test
    void a_blob_is_asked_for_and_read_in_parts() throws Exception {
        String digest = registry.putBlob("0123456789");

        HttpResponse<String> head = registry
                .send(registry.at("/blobs/" + digest).method("HEAD", BodyPublishers.noBody()));
        HttpResponse<String> part = registry.send(registry.at("/blobs/" + digest).header("Range", "bytes=2-4"));
        HttpResponse<String> rest = registry.send(registry.at("/blobs/" + digest).header("Range", "bytes=8-"));
        HttpResponse<String> outside = registry.send(registry.at("/blobs/" + digest).header("Range", "bytes=10-"));

        assertThat(header(head, "Content-Length")).isEqualTo("10");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(rest.body()).isEqualTo("89");
        assertThat(outside.statusCode()).isEqualTo(416);
    }

    @Test
    void a_manifest_is_put_and_found_by_tag_and_by_digest() throws Exception {
        String text = registry.image("a");
        String digest = Digests.of(text.getBytes(UTF_8));

        HttpResponse<String> put = registry.putManifest("v1", Manifest.OCI_IMAGE, text);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(digest);
        assertThat(header(put, "Location")).isEqualTo("/v2/shop/web/manifests/" + digest);
        for (String reference : new String[]{"v1", digest}) {
            HttpResponse<String> got = registry.send(registry.at("/manifests/" + reference));
            assertThat(got.body()).isEqualTo(text);
            assertThat(header(got, "Content-Type")).isEqualTo(Manifest.OCI_IMAGE);
            HttpResponse<String> head = registry
                    .send(registry.at("/manifests/" + reference).method("HEAD", BodyPublishers.noBody()));
            assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(text.length()));
            assertThat(header(head, "Docker-Content-Digest")).isEqualTo(digest);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "v1 | application/vnd.oci.image.manifest.v1+json | {not json | 400 | MANIFEST_INVALID",
            "v1 | application/vnd.oci.image.manifest.v1+json | {\"schemaVersion\":1} | 400 | MANIFEST_INVALID",
            "v1 | application/vnd.oci.image.manifest.v1+json | {\"schemaVersion\":2} | 400 | MANIFEST_INVALID",
            "v1 | text/plain | {\"schemaVersion\":2,\"config\":{}} | 400 | MANIFEST_INVALID",
            "v1 | application/vnd.oci.image.index.v1+json | {\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"manifests\":[]} | 400 | MANIFEST_INVALID",
            "v1 | application/vnd.oci.image.index.v1+json | {\"schemaVersion\":2,\"manifests\":[],\"layers\":[]} | 400 | MANIFEST_INVALID",
            "sha256:0000000000000000000000000000000000000000000000000000000000000000 | application/vnd.oci.image.index.v1+json | {\"schemaVersion\":2,\"manifests\":[]} | 400 | DIGEST_INVALID",
            "-odd | application/vnd.oci.image.index.v1+json | {\"schemaVersion\":2,\"manifests\":[]} | 400 | MANIFEST_INVALID"})
    void a_manifest_that_makes_no_sense_is_refused(String reference, String type, String text, int status, String code)
            throws Exception {
        HttpResponse<String> answer = registry.putManifest(reference, type, text);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(registry.events).isEmpty();
    }

    @Test
    void a_manifest_is_not_larger_than_four_mebibytes() throws Exception {
        HttpResponse<String> answer = registry.putManifest("v1", Manifest.OCI_INDEX, " ".repeat(4 * 1024 * 1024 + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void what_a_manifest_refers_to_must_be_there() throws Exception {
        String withoutBlobs = """
                {"schemaVersion":2,"config":{"mediaType":"x","digest":"%s","size":1},"layers":[]}""".formatted(ABSENT);
        String withoutChildren = """
                {"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"%s","size":1}]}""".formatted(ABSENT);

        HttpResponse<String> blobs = registry.putManifest("v1", Manifest.OCI_IMAGE, withoutBlobs);
        HttpResponse<String> children = registry.putManifest("v1", Manifest.OCI_INDEX, withoutChildren);

        assertThat(blobs.statusCode()).isEqualTo(404);
        assertThat(blobs.body()).contains("MANIFEST_BLOB_UNKNOWN").contains("Layers with digests '[" + ABSENT);
        assertThat(children.statusCode()).isEqualTo(404);
        assertThat(children.body()).contains("MANIFEST_BLOB_UNKNOWN").contains("Images with digests '[" + ABSENT);
    }

    @Test
    void a_repository_is_not_created_by_a_push() throws Exception {
        HttpResponse<String> answer = registry
                .send(registry.atRoot("/v2/nobody/blobs/uploads/").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"NAME_UNKNOWN\"").contains(
                "The repository with name 'nobody' does not exist in the registry with id '111122223333'");
    }

    @Test
    void an_unknown_manifest_is_said_to_be_unknown() throws Exception {
        HttpResponse<String> answer = registry.send(registry.at("/manifests/nothing"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"MANIFEST_UNKNOWN\"");
    }

    @Test
    void tags_are_listed_page_by_page() throws Exception {
        String text = registry.image("a");
        for (String tag : new String[]{"c", "a", "b"}) {
            registry.putManifest(tag, Manifest.OCI_IMAGE, text);
        }

        HttpResponse<String> first = registry.send(registry.at("/tags/list?n=2"));
        HttpResponse<String> last = registry
                .send(registry.atRoot(header(first, "Link").replaceAll("<(.*)>.*", "$1")));

        assertThat(first.body()).isEqualTo("{\"name\":\"shop/web\",\"tags\":[\"a\",\"b\"]}");
        assertThat(last.body()).isEqualTo("{\"name\":\"shop/web\",\"tags\":[\"c\"]}");
        assertThat(last.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void referrers_of_an_image_are_listed_and_filtered() throws Exception {
        String image = registry.image("a");
        String subject = Digests.of(image.getBytes(UTF_8));
        registry.putManifest("v1", Manifest.OCI_IMAGE, image);
        String signature = registry.image("signature").replaceFirst("\\{",
                "{\"artifactType\":\"application/vnd.cncf.notary.signature\",\"annotations\":{\"k\":\"v\"},"
                        + "\"subject\":{\"mediaType\":\"" + Manifest.OCI_IMAGE + "\",\"digest\":\"" + subject
                        + "\",\"size\":1},");
        String signatureDigest = Digests.of(signature.getBytes(UTF_8));

        HttpResponse<String> put = registry.putManifest(signatureDigest, Manifest.OCI_IMAGE, signature);
        HttpResponse<String> all = registry.send(registry.at("/referrers/" + subject));
        HttpResponse<String> none = registry.send(registry.at("/referrers/" + subject + "?artifactType=sbom"));

        assertThat(header(put, "OCI-Subject")).isEqualTo(subject);
        assertThat(header(all, "Content-Type")).isEqualTo(Manifest.OCI_INDEX);
        assertThat(all.body()).contains(signatureDigest, "\"artifactType\":\"application/vnd.cncf.notary.signature\"",
                "\"annotations\":{\"k\":\"v\"}");
        assertThat(none.body()).contains("\"manifests\":[]");
        assertThat(header(none, "OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(registry.events.getLast().detailType()).isEqualTo("ECR Referrer Action");
    }

    @Test
    void a_tag_and_an_image_are_deleted() throws Exception {
        String text = registry.image("a");
        String digest = Digests.of(text.getBytes(UTF_8));
        registry.putManifest("v1", Manifest.OCI_IMAGE, text);
        registry.putManifest("v2", Manifest.OCI_IMAGE, text);

        assertThat(registry.send(registry.at("/manifests/v1").DELETE()).statusCode()).isEqualTo(202);
        assertThat(registry.send(registry.at("/manifests/v1")).statusCode()).isEqualTo(404);
        assertThat(registry.send(registry.at("/manifests/" + digest)).statusCode()).isEqualTo(200);
        assertThat(registry.send(registry.at("/manifests/" + digest).DELETE()).statusCode()).isEqualTo(202);
        assertThat(registry.send(registry.at("/manifests/v2")).statusCode()).isEqualTo(404);
        assertThat(registry.events).extracting(event -> event.detail().get("action-type") + " " + event.tag())
                .containsExactly("PUSH v1", "PUSH v2", "DELETE v1", "DELETE v2");
    }

    @Test
    void what_ecr_does_not_do_is_unsupported() throws Exception {
        String digest = registry.putBlob("kept");

        assertThat(registry.send(registry.at("/blobs/" + digest).DELETE()).statusCode()).isEqualTo(405);
        assertThat(registry.send(registry.atRoot("/v2/shop/web/nothing")).statusCode()).isEqualTo(404);
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private HttpResponse<String> startUpload() throws IOException, InterruptedException {
        HttpResponse<String> started = registry.send(registry.at("/blobs/uploads/").POST(BodyPublishers.noBody()));
        assertThat(started.statusCode()).isEqualTo(202);
        return started;
    }

    private HttpResponse<String> patch(String location, String range, String chunk)
            throws IOException, InterruptedException {
        return registry.send(registry.atRoot(location).header("Content-Range", range).method("PATCH",
                BodyPublishers.ofString(chunk)));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
