package io.greenlane.rehearsal.container;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.ecr.ImageStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A registry in memory, and images made by hand. */
final class Images implements ImageStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Map<String, StoredManifest> manifests = new HashMap<>();
    final Map<String, byte[]> blobs = new HashMap<>();

    @Override
    public Optional<StoredManifest> manifest(String repository, String reference) {
        return Optional.ofNullable(manifests.get(repository + " " + reference));
    }

    @Override
    public Optional<byte[]> blob(String repository, String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    /** Stores an image that runs {@link TinyWebsite} as jib would pack it, and returns its digest. */
    String tinyWebsite(String repository, String tag) {
        String classFile = TinyWebsite.class.getName().replace('.', '/') + ".class";
        try (InputStream in = TinyWebsite.class.getResourceAsStream("/" + classFile)) {
            byte[] layer = new Layer().file("app/classes/" + classFile, in == null ? new byte[0] : in.readAllBytes())
                    .file("app/jib-classpath-file", "/app/resources:/app/classes").gzip();
            return image(repository, tag, List.of(layer), List.of("java", "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-Xshare:auto", "-cp", "@/app/jib-classpath-file", TinyWebsite.class
                            .getName()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String image(String repository, String tag, List<byte[]> layers, List<String> entrypoint) {
        ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        config.putObject("config").put("WorkingDir", "/work").putPOJO("Entrypoint", JSON.valueToTree(entrypoint))
                .putArray(
                        "Env")
                .add("GREETING=from the image");
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType",
                "application/vnd.oci.image.manifest.v1+json");
        manifest.putObject("config").put("digest", put(config.toString().getBytes(StandardCharsets.UTF_8)));
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> list.addObject().put("digest", put(layer)));
        return store(repository, tag, "application/vnd.oci.image.manifest.v1+json", manifest);
    }

    /** Stores an index of the images, one per platform {@code os/architecture}. */
    String index(String repository, String tag, Map<String, String> digests) {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
        ArrayNode list = index.putArray("manifests");
        digests.forEach((platform, digest) -> list.addObject().put("digest", digest).putObject("platform").put("os",
                platform.substring(0, platform.indexOf('/')))
                .put("architecture", platform.substring(platform.indexOf('/')
                        + 1)));
        return store(repository, tag, "application/vnd.oci.image.index.v1+json", index);
    }

    String put(byte[] bytes) {
        String digest = digest(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    private String store(String repository, String tag, String mediaType, ObjectNode manifest) {
        String text = manifest.toString();
        String digest = digest(text.getBytes(StandardCharsets.UTF_8));
        StoredManifest stored = new StoredManifest(digest, mediaType, text);
        manifests.put(repository + " " + tag, stored);
        manifests.put(repository + " " + digest, stored);
        return digest;
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A layer under construction. */
    static final class Layer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

        Layer() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        Layer file(String name, String text) {
            return file(name, text.getBytes(StandardCharsets.UTF_8));
        }

        Layer file(String name, byte[] content) {
            return file(name, content, 0644);
        }

        Layer file(String name, byte[] content, int mode) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            entry.setMode(mode);
            return add(entry, content);
        }

        Layer symlink(String name, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
            entry.setLinkName(target);
            return add(entry, new byte[0]);
        }

        Layer hardlink(String name, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
            entry.setLinkName(target);
            return add(entry, new byte[0]);
        }

        byte[] plain() {
            try {
                tar.finish();
                return bytes.toByteArray();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        byte[] gzip() {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(plain());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return zipped.toByteArray();
        }

        private Layer add(TarArchiveEntry entry, byte[] content) {
            try {
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
                return this;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
