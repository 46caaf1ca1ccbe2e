package io.greenlane.image;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as the registry holds it.
 *
 * @param mediaType as the registry's API says, not the event
 * @param members the document
 */
public record Manifest(String mediaType, Map<?, ?> members) {
    private static final Set<String> INDEXES = Set.of("application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> IMAGES = Set.of("application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> CONFIGS = Set.of("application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.container.image.v1+json");
    private static final List<String> LAYERS = List.of("application/vnd.oci.image.layer.",
            "application/vnd.docker.image.rootfs.");

    /** What a manifest is for. */
    public sealed interface Kind {
        /** It can be deployed; {@code what} is a noun phrase for the reader. */
        record Image(String what) implements Kind {}

        /** It cannot; {@code what} is a noun phrase for the reader. */
        record Artifact(String what) implements Kind {}
    }

    /** What it is, by the OCI image specification; an {@link IllegalArgumentException} when it does not follow that. */
    public Kind kind() {
        JsonObject manifest = new JsonObject("manifest", members);
        if (members.get("subject") != null) {
            return new Kind.Artifact("a referrer of another image (its manifest has a subject)");
        }
        String artifactType = manifest.optionalText("artifactType");
        if (artifactType != null && !artifactType.isEmpty() && !CONFIGS.contains(artifactType)) {
            return new Kind.Artifact("an artifact of type " + Quote.of(artifactType));
        }
        if (INDEXES.contains(mediaType)) {
            return index(manifest.objects("manifests"));
        }
        if (IMAGES.contains(mediaType)) {
            return single(manifest);
        }
        return new Kind.Artifact("of media type " + Quote.of(mediaType) + ", which no container runs");
    }

    private static Kind index(List<JsonObject> entries) {
        long attestations = entries.stream().filter(Manifest::isAttestation).count();
        long images = entries.stream().filter(entry -> !isAttestation(entry)).filter(Manifest::isImage).count();
        if (images == 0) {
            return new Kind.Artifact("an index without a platform image");
        }
        return new Kind.Image("an index of " + count(images, "platform image")
                + (attestations == 0 ? "" : " and " + count(attestations, "attestation")));
    }

    /**
     * What the images of an index are built for, as the index says; empty when it is no index.
     *
     * @throws IllegalArgumentException when it does not follow the OCI image specification
     */
    public Optional<Platforms> platforms() {
        return INDEXES.contains(mediaType)
                ? Optional.of(new Platforms(new JsonObject("manifest", members).objects("manifests").stream()
                        .filter(entry -> !isAttestation(entry)).filter(Manifest::isImage)
                        .filter(entry -> "linux".equals(member(entry, "platform", "os")))
                        .map(entry -> String.valueOf(member(entry, "platform", "architecture"))).toList()))
                : Optional.empty();
    }

    /**
     * The images of an index, each with its platform such as {@code linux/arm64/v8}; empty when it is no index.
     *
     * @throws IllegalArgumentException when it does not follow the OCI image specification
     */
    public Map<Digest, String> images() {
        Map<Digest, String> images = new LinkedHashMap<>();
        if (INDEXES.contains(mediaType)) {
            new JsonObject("manifest", members).objects("manifests").stream().filter(entry -> !isAttestation(entry))
                    .filter(Manifest::isImage)
                    .forEach(entry -> images.put(new Digest(entry.text("digest")), platform(entry)));
        }
        return images;
    }

    private static String platform(JsonObject entry) {
        return Stream.of("os", "architecture", "variant").map(name -> member(entry, "platform", name))
                .filter(Objects::nonNull).map(String::valueOf).collect(Collectors.joining("/"));
    }

    /** The digest of the configuration of a single image, which says what it is built for. */
    public Digest config() {
        return new Digest(new JsonObject("manifest", members).object("config").text("digest"));
    }

    /** As BuildKit adds them: marked by annotation, and of no platform. */
    private static boolean isAttestation(JsonObject entry) {
        return "attestation-manifest".equals(member(entry, "annotations", "vnd.docker.reference.type"))
                || ("unknown".equals(member(entry, "platform", "os"))
                        && "unknown".equals(member(entry, "platform", "architecture")));
    }

    private static boolean isImage(JsonObject entry) {
        return entry.members().get("mediaType") instanceof String type
                && (IMAGES.contains(type) || INDEXES.contains(type)) && entry.members().get("artifactType") == null;
    }

    private static Kind single(JsonObject manifest) {
        String config = manifest.object("config").text("mediaType");
        if (!CONFIGS.contains(config)) {
            return new Kind.Artifact(config.equals("application/vnd.cncf.helm.config.v1+json")
                    ? "a Helm chart"
                    : "an artifact with a configuration of type " + Quote.of(config));
        }
        List<JsonObject> layers = manifest.objects("layers");
        List<String> types = layers.stream().map(layer -> layer.text("mediaType")).toList();
        if (!types.isEmpty() && types.stream().noneMatch(type -> LAYERS.stream().anyMatch(type::startsWith))) {
            return new Kind.Artifact("an artifact with content of type " + Quote.of(types.get(0)));
        }
        return new Kind.Image("a single-platform image");
    }

    private static @Nullable Object member(JsonObject entry, String object, String name) {
        return entry.members().get(object) instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
