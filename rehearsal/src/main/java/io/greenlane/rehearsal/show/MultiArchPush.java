package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * Pushes an image for two platforms the way BuildKit does: each platform's manifest and a provenance attestation by digest,
 * untagged, then the OCI index that lists them, under the tag.
 */
public final class MultiArchPush {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryClient registry;

    public MultiArchPush(RegistryClient registry) {
        this.registry = registry;
    }

    /** An index whose parts are in the registry already: what is left to push is the index itself. */
    public record Prepared(String tag, String index, String digest) {}

    /**
     * Pushes everything but the index.
     *
     * @param model tag or digest of an image in the repository, whose layers and start command are taken
     */
    public Prepared prepare(String model, SampleImage image, String tag) throws IOException, InterruptedException {
        JsonNode manifest = JSON.readTree(registry.manifest(model));
        ObjectNode config = (ObjectNode) JSON.readTree(registry.blob(manifest.path("config").path("digest").asText()));
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (String architecture : ARCHITECTURES) {
            ObjectNode listed = pushPlatform(manifest, config, image, architecture);
            manifests.add(listed);
            manifests.add(pushAttestation(listed.path("digest").asText()));
        }
        byte[] content = bytes(index);
        return new Prepared(tag, index.toString(), RegistryClient.digest(content));
    }

    /** Pushes the index under its tag. */
    public void push(Prepared prepared) throws IOException, InterruptedException {
        registry.putManifest(prepared.tag(), INDEX, prepared.index().getBytes(UTF_8));
    }

    private ObjectNode pushPlatform(JsonNode model, ObjectNode modelConfig, SampleImage image, String architecture)
            throws IOException, InterruptedException {
        ObjectNode config = modelConfig.deepCopy();
        config.put("architecture", architecture).put("os", "linux");
        ArrayNode environment = config.withObject("config").putArray("Env");
        image.environment().forEach((name, value) -> environment.add(name + "=" + value));
        ObjectNode manifest = model.deepCopy();
        manifest.set("config", pushBlob(CONFIG, bytes(config)));
        ObjectNode listed = pushUntagged(manifest);
        listed.putObject("platform").put("architecture", architecture).put("os", "linux");
        return listed;
    }

    private ObjectNode pushAttestation(String subject) throws IOException, InterruptedException {
        ObjectNode statement = JSON.createObjectNode().put("_type", "https://in-toto.io/Statement/v0.1")
                .put("predicateType", "https://slsa.dev/provenance/v0.2");
        statement.putArray("subject").addObject().put("name", "_").putObject("digest").put("sha256",
                subject.substring("sha256:".length()));
        ObjectNode layer = pushBlob(IN_TOTO, bytes(statement));
        layer.putObject("annotations").put("in-toto.io/predicate-type", "https://slsa.dev/provenance/v0.2");
        ObjectNode config = JSON.createObjectNode().put("architecture", "unknown").put("os", "unknown");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(layer.path("digest").asText());
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.set("config", pushBlob(CONFIG, bytes(config)));
        manifest.putArray("layers").add(layer);
        ObjectNode listed = pushUntagged(manifest);
        listed.putObject("annotations").put("vnd.docker.reference.digest", subject).put("vnd.docker.reference.type",
                "attestation-manifest");
        listed.putObject("platform").put("architecture", "unknown").put("os", "unknown");
        return listed;
    }

    private ObjectNode pushUntagged(ObjectNode manifest) throws IOException, InterruptedException {
        manifest.put("mediaType", MANIFEST);
        byte[] content = bytes(manifest);
        String digest = RegistryClient.digest(content);
        registry.putManifest(digest, MANIFEST, content);
        return descriptor(MANIFEST, digest, content.length);
    }

    private ObjectNode pushBlob(String mediaType, byte[] content) throws IOException, InterruptedException {
        return descriptor(mediaType, registry.putBlob(content), content.length);
    }

    private static ObjectNode descriptor(String mediaType, String digest, int size) {
        return JSON.createObjectNode().put("mediaType", mediaType).put("digest", digest).put("size", size);
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(UTF_8);
    }
}
