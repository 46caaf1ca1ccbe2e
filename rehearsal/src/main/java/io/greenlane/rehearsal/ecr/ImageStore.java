package io.greenlane.rehearsal.ecr;

import java.util.Optional;

/** The stored images, as ECS pulls them. */
public interface ImageStore {
    /**
     * The manifest of an image.
     *
     * @param repository name with its path, no registry host
     * @param reference tag, or digest {@code sha256:...}
     */
    Optional<StoredManifest> manifest(String repository, String reference);

    /** The bytes of a config or layer blob, whose digest has been verified on push. */
    Optional<byte[]> blob(String repository, String digest);

    /**
     * A manifest or index as it was pushed.
     *
     * @param digest {@code sha256:} and 64 hex digits, over the UTF-8 bytes of the text
     */
    record StoredManifest(String digest, String mediaType, String text) {}
}
