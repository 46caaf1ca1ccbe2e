package io.greenlane.rehearsal.ecr;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;

/** A blob on its way in, chunk by chunk. */
final class LayerUpload {
    private final String id;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final MessageDigest digest = Digests.sha256();

    LayerUpload(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** How many bytes have arrived; the next chunk begins here. */
    long offset() {
        return received.size();
    }

    /**
     * Adds a chunk.
     *
     * @param firstByte position of its first byte
     * @throws InvalidLayerPartException when it does not continue what has arrived
     */
    void append(long firstByte, byte[] chunk) {
        if (firstByte != offset()) {
            throw InvalidLayerPartException.builder().uploadId(id).lastValidByteReceived(offset() - 1)
                    .message("The next part must start at byte " + offset() + ", got " + firstByte).build();
        }
        received.writeBytes(chunk);
        digest.update(chunk);
    }

    /** Ends the upload: the bytes, when they have the stated digest. */
    byte[] complete(String stated) {
        String actual = Digests.render(digest.digest());
        if (!actual.equals(stated)) {
            throw EcrFaults.layerDiffers(stated, actual);
        }
        return received.toByteArray();
    }
}
