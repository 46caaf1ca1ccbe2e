package io.greenlane.rehearsal.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecr.ImageStore;
import io.greenlane.rehearsal.ecr.ImageStore.StoredManifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pulls images from the local registry, for this machine's platform. */
final class ImagePull {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> INDEXES = Set.of("application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private final Timeline timeline;
    private final ImageStore store;

    ImagePull(Timeline timeline, ImageStore store) {
        this.timeline = timeline;
        this.store = store;
    }

    PulledImage pull(String image) throws ContainerFault {
        ImageReference reference = ImageReference.of(image);
        StoredManifest top = manifest(image, reference.repository(), reference.reference());
        JsonNode manifest = json(image, top.text());
        if (INDEXES.contains(top.mediaType()) || manifest.has("manifests")) {
            manifest = json(image, manifest(image, reference.repository(), platform(image, manifest)).text());
        }
        JsonNode config = json(image, new String(blob(image, reference, manifest.path("config")),
                StandardCharsets.UTF_8)).path("config");
        List<byte[]> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layers.add(blob(image, reference, layer));
        }
        return new PulledImage(top.digest(), new PulledImage.Config(strings(config.path("Entrypoint")), strings(config
                .path("Cmd")), environment(config.path("Env")), config.path("WorkingDir").asText("/")), layers);
    }

    private StoredManifest manifest(String image, String repository, String reference) throws ContainerFault {
        StoredManifest found = timeline.call(() -> store.manifest(repository, reference)).orElse(null);
        if (found == null) {
            throw ContainerFault.cannotPull(image, image + ": not found");
        }
        verify(image, found.digest(), found.text().getBytes(StandardCharsets.UTF_8));
        if (reference.startsWith("sha256:") && !reference.equals(found.digest())) {
            throw ContainerFault.cannotPull(image, "unexpected digest " + found.digest() + ", expected " + reference);
        }
        return found;
    }

    private byte[] blob(String image, ImageReference reference, JsonNode descriptor) throws ContainerFault {
        String digest = descriptor.path("digest").asText();
        byte[] bytes = timeline.call(() -> store.blob(reference.repository(), digest)).orElse(null);
        if (bytes == null) {
            throw ContainerFault.cannotPull(image, "blob " + digest + ": not found");
        }
        verify(image, digest, bytes);
        return bytes;
    }

    private static void verify(String image, String digest, byte[] bytes) throws ContainerFault {
        try {
            String actual = "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!actual.equals(digest)) {
                throw ContainerFault.cannotPull(image, "unexpected digest " + actual + ", expected " + digest);
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The manifest for Linux on this machine's processor; attestations have the platform unknown/unknown. */
    private static String platform(String image, JsonNode index) throws ContainerFault {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        for (JsonNode entry : index.path("manifests")) {
            JsonNode platform = entry.path("platform");
            if (platform.path("os").asText().equals("linux") && platform.path("architecture").asText().equals(
                    architecture)) {
                return entry.path("digest").asText();
            }
        }
        throw new ContainerFault("CannotPullContainerError: image Manifest does not contain descriptor matching "
                + "platform 'linux/" + architecture + "': " + image);
    }

    private static JsonNode json(String image, String text) throws ContainerFault {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw ContainerFault.cannotPull(image, "manifest or config is not JSON");
        }
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(entry -> strings.add(entry.asText()));
        return strings;
    }

    private static Map<String, String> environment(JsonNode list) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : strings(list)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return environment;
    }
}
