package io.greenlane.rehearsal.container;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/** Unpacks layers over each other (OCI image specification, layer.md): whiteouts, links, permissions. */
final class Layers {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final long MAX_BYTES = 2L << 30;

    private final RootFileSystem root;
    private long budget = MAX_BYTES;

    Layers(RootFileSystem root) {
        this.root = root;
    }

    /** @throws IOException when a layer is damaged, too large or tries to leave the root */
    void unpack(List<byte[]> layers) throws IOException {
        for (byte[] layer : layers) {
            try (TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(layer))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry);
                }
            }
        }
    }

    private static InputStream decompressed(byte[] layer) throws IOException {
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(layer));
        if (layer.length > 2 && (layer[0] & 0xff) == 0x1f && (layer[1] & 0xff) == 0x8b) {
            return new GZIPInputStream(in);
        }
        if (layer.length > 4 && ZstdUtils.matches(layer, layer.length)) {
            if (!ZstdUtils.isZstdCompressionAvailable()) {
                throw new IOException("The layer is compressed with zstd, which needs zstd-jni on the class path; "
                        + "build the image with gzip layers");
            }
            return new ZstdCompressorInputStream(in);
        }
        return in;
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String name = entry.getName();
        if (Arrays.asList(name.split("/", -1)).contains("..")) {
            throw new IOException("The layer has an entry that leaves the root: " + name);
        }
        Path path = root.locate(name);
        if (path.equals(root.root())) {
            return;
        }
        String file = path.getFileName().toString();
        Path parent = path.getParent();
        if (parent == null || !path.startsWith(root.root())) {
            throw new IOException("The layer has an entry that leaves the root: " + name);
        }
        if (file.equals(OPAQUE)) {
            empty(parent);
            return;
        }
        if (file.startsWith(WHITEOUT)) {
            RootFileSystem.delete(parent.resolve(file.substring(WHITEOUT.length())));
            return;
        }
        if (entry.isDirectory()) {
            if (!Files.isDirectory(path)) {
                Files.deleteIfExists(path);
                Files.createDirectories(path);
            }
            return;
        }
        Files.createDirectories(parent);
        RootFileSystem.delete(path);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, root.linkTarget(path, entry.getLinkName()));
        } else if (entry.isLink()) {
            Path target = root.existing("/" + entry.getLinkName()).orElseThrow(() -> new IOException("The layer links "
                    + name + " to " + entry.getLinkName() + ", which is not in the image"));
            Files.copy(target, path, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } else if (entry.isFile()) {
            spend(entry.getSize());
            Files.copy(tar, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        } // devices and pipes are of no use to a process of this user
    }

    private void spend(long bytes) throws IOException {
        budget -= bytes;
        if (bytes < 0 || budget < 0) {
            throw new IOException("The image unpacks to more than " + MAX_BYTES + " bytes");
        }
    }

    private static void empty(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                for (Path child : children) {
                    RootFileSystem.delete(child);
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE);
        if ((mode & 0111) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        return permissions;
    }
}
