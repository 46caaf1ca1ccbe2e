package io.greenlane.rehearsal.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.ecr.Repository.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v2/<name>/manifests/<reference>}, the list of tags, and the manifests that refer to another. */
final class ManifestRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registry registry;

    ManifestRoutes(Registry registry) {
        this.registry = registry;
    }

    void serve(RegistryExchange exchange, String name, String reference) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> get(exchange, name, reference);
            case "PUT" -> put(exchange, name, reference);
            case "DELETE" -> delete(exchange, name, reference);
            default -> throw exchange.unsupported();
        }
    }

    private void get(RegistryExchange exchange, String name, String reference) throws IOException {
        Manifest manifest = registry.timeline().call(() -> require(name, reference).manifest());
        exchange.header("Docker-Content-Digest", manifest.digest());
        exchange.answer(200, manifest.mediaType(), manifest.text().getBytes(UTF_8));
    }

    private void put(RegistryExchange exchange, String name, String reference) throws IOException {
        byte[] content = exchange.body(Manifest.LARGEST_BYTES + 1);
        if (content.length > Manifest.LARGEST_BYTES) {
            throw new RegistryFault(413, "SIZE_INVALID",
                    "A manifest has at most " + Manifest.LARGEST_BYTES + " bytes");
        }
        Manifest manifest = Manifest.parse(content, contentType(exchange.requestHeader("Content-Type")));
        boolean byDigest = reference.indexOf(':') >= 0;
        if (byDigest && !reference.equals(manifest.digest())) {
            throw new RegistryFault(400, "DIGEST_INVALID",
                    "The manifest has the digest " + manifest.digest() + ", not " + reference);
        }
        registry.timeline().run(() -> registry.put(registry.require(null, name), manifest, byDigest ? null : reference,
                Registry.Face.OCI));
        exchange.header("Location", "/v2/" + name + "/manifests/" + manifest.digest());
        exchange.header("Docker-Content-Digest", manifest.digest());
        if (manifest.subject() != null) {
            exchange.header("OCI-Subject", manifest.subject());
        }
        exchange.answerEmpty(201);
    }

    private void delete(RegistryExchange exchange, String name, String reference) throws IOException {
        registry.timeline().run(() -> {
            StoredImage image = require(name, reference);
            Repository repository = registry.require(null, name);
            if (!Digests.isDigest(reference)) {
                registry.deleteTag(repository, reference);
                return;
            }
            List<String> indexes = repository.indexesOf(image.manifest().digest());
            if (!indexes.isEmpty()) {
                throw new RegistryFault(405, "UNSUPPORTED", "Requested image referenced by manifest list: " + indexes);
            }
            registry.deleteImage(repository, reference);
        });
        exchange.answerEmpty(202);
    }

    void listTags(RegistryExchange exchange, String name) throws IOException {
        requireGet(exchange);
        List<String> tags = registry.timeline().call(() -> registry.require(null, name).tags());
        String last = exchange.query("last").orElse("");
        List<String> rest = tags.stream().filter(tag -> tag.compareTo(last) > 0).toList();
        int most = exchange.query("n").map(ManifestRoutes::number).orElse(rest.size());
        List<String> page = rest.subList(0, Math.min(most, rest.size()));
        if (page.size() < rest.size() && !page.isEmpty()) {
            exchange.header("Link",
                    "</v2/" + name + "/tags/list?n=" + most + "&last=" + page.getLast() + ">; rel=\"next\"");
        }
        ObjectNode answer = JSON.createObjectNode().put("name", name);
        ArrayNode listed = answer.putArray("tags");
        page.forEach(listed::add);
        exchange.answerJson(200, answer.toString());
    }

    void listReferrers(RegistryExchange exchange, String name, String subject) throws IOException {
        requireGet(exchange);
        if (!Digests.isDigest(subject)) {
            throw new RegistryFault(400, "DIGEST_INVALID",
                    "A digest is sha256: and 64 hex digits, got '" + subject + "'");
        }
        Optional<String> type = exchange.query("artifactType");
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        registry.timeline().call(() -> registry.require(null, name).referrersOf(subject)).stream()
                .map(StoredImage::manifest)
                .filter(manifest -> type.isEmpty() || type.get().equals(manifest.artifactMediaType()))
                .forEach(manifest -> describe(manifest, manifests.addObject()));
        type.ifPresent(filtered -> exchange.header("OCI-Filters-Applied", "artifactType"));
        exchange.answer(200, Manifest.OCI_INDEX, index.toString().getBytes(UTF_8));
    }

    private static void describe(Manifest manifest, ObjectNode descriptor) {
        descriptor.put("mediaType", manifest.mediaType()).put("digest", manifest.digest()).put("size",
                manifest.text().getBytes(UTF_8).length);
        if (manifest.artifactMediaType() != null) {
            descriptor.put("artifactType", manifest.artifactMediaType());
        }
        if (!manifest.annotations().isEmpty()) {
            descriptor.set("annotations", JSON.valueToTree(manifest.annotations()));
        }
    }

    private StoredImage require(String name, String reference) {
        return registry.require(null, name).byReference(reference)
                .orElseThrow(() -> EcrFaults.imageNotFound(Digests.isDigest(reference) ? reference : null,
                        Digests.isDigest(reference) ? null : reference, name, registry.account().id()));
    }

    private static void requireGet(RegistryExchange exchange) {
        if (!exchange.method().equals("GET")) {
            throw exchange.unsupported();
        }
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException malformed) {
            throw new RegistryFault(400, "PAGINATION_NUMBER_INVALID", "n is a number, got '" + text + "'");
        }
    }

    private static @Nullable String contentType(@Nullable String header) {
        return header == null ? null : header.split(";", 2)[0].strip();
    }
}
