package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image manifest or an index, as pushed, with the references in it.
 *
 * @param artifactMediaType its artifactType, or else the media type of its config; null for an index without one
 * @param blobs config and layers, in the order of the manifest, without those that live elsewhere ({@code urls})
 * @param children digests of the manifests that an index lists
 * @param subject digest of the manifest that this one refers to (OCI 1.1), null for most
 */
record Manifest(
        String digest,
        String mediaType,
        String text,
        @Nullable String artifactMediaType,
        List<Descriptor> blobs,
        List<String> children,
        @Nullable String subject,
        Map<String, String> annotations) {

    static final int LARGEST_BYTES = 4 * 1024 * 1024;
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final Set<String> INDEXES = Set.of(OCI_INDEX,
            "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> IMAGES = Set.of(OCI_IMAGE, "application/vnd.docker.distribution.manifest.v2+json");
    private static final ObjectMapper JSON = new ObjectMapper();

    record Descriptor(String digest, String mediaType, long size) {}

    /**
     * Reads a manifest.
     *
     * @param statedType the media type that came with it, null when none did
     * @throws software.amazon.awssdk.services.ecr.model.InvalidParameterException naming what is wrong
     */
    static Manifest parse(byte[] content, @Nullable String statedType) {
        String text = new String(content, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), content)) {
            throw EcrFaults.invalidManifest("It is not UTF-8 text");
        }
        JsonNode root = parse(text);
        String mediaType = mediaType(root, statedType);
        boolean index = INDEXES.contains(mediaType);
        if (root.has("manifests") && (root.has("config") || root.has("layers"))) {
            throw EcrFaults.invalidManifest("It lists both manifests and layers");
        }
        if (!root.has(index ? "manifests" : "config")) {
            throw EcrFaults.invalidManifest(
                    "'" + (index ? "manifests" : "config") + "' is missing in a manifest of type " + mediaType);
        }
        List<Descriptor> blobs = new ArrayList<>();
        if (!index) {
            blobs.add(descriptor(root.path("config"), "config"));
            root.path("layers").forEach(layer -> {
                if (!layer.has("urls")) {
                    blobs.add(descriptor(layer, "layers"));
                }
            });
        }
        List<String> children = new ArrayList<>();
        root.path("manifests").forEach(child -> children.add(descriptor(child, "manifests").digest()));
        Map<String, String> annotations = new LinkedHashMap<>();
        root.path("annotations").properties()
                .forEach(member -> annotations.put(member.getKey(), member.getValue().asText()));
        return new Manifest(Digests.of(content), mediaType, text, artifactMediaType(root, blobs), List.copyOf(blobs),
                List.copyOf(children),
                root.has("subject") ? descriptor(root.path("subject"), "subject").digest() : null,
                Map.copyOf(annotations));
    }

    boolean isIndex() {
        return INDEXES.contains(mediaType);
    }

    /** Bytes of config and layers, as ECR counts the size of an image. */
    long sizeOfBlobs() {
        return blobs.stream().mapToLong(Descriptor::size).sum();
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null || !root.isObject()) {
                throw EcrFaults.invalidManifest("It is not a JSON object");
            }
            if (root.path("schemaVersion").asInt() != 2) {
                throw EcrFaults.invalidManifest("schemaVersion must be 2, got " + root.path("schemaVersion"));
            }
            return root;
        } catch (JsonProcessingException malformed) {
            throw EcrFaults.invalidManifest("Invalid JSON syntax");
        }
    }

    private static String mediaType(JsonNode root, @Nullable String statedType) {
        String inside = root.hasNonNull("mediaType") ? root.path("mediaType").asText() : null;
        if (inside != null && statedType != null && !inside.equals(statedType)) {
            throw EcrFaults.invalidManifest(
                    "Its mediaType is " + inside + ", but it was sent as " + statedType);
        }
        String mediaType = inside == null ? statedType : inside;
        if (mediaType == null) {
            throw EcrFaults.invalidManifest("It has no mediaType, and none was stated with it");
        }
        if (!INDEXES.contains(mediaType) && !IMAGES.contains(mediaType)) {
            throw EcrFaults.invalidManifest("Its media type " + mediaType + " is not supported");
        }
        return mediaType;
    }

    private static Descriptor descriptor(JsonNode node, String member) {
        String digest = node.path("digest").asText();
        if (!Digests.isDigest(digest)) {
            throw EcrFaults
                    .invalidManifest("A digest in '" + member + "' is sha256: and 64 hex digits, got '" + digest + "'");
        }
        return new Descriptor(digest, node.path("mediaType").asText(), node.path("size").asLong());
    }

    private static @Nullable String artifactMediaType(JsonNode root, List<Descriptor> blobs) {
        if (root.hasNonNull("artifactType")) {
            return root.path("artifactType").asText();
        }
        return blobs.isEmpty() ? null : blobs.getFirst().mediaType();
    }
}
