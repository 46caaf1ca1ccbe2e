package io.greenlane.rehearsal.container;

import java.util.List;
import java.util.Map;

/**
 * An image whose digests have been verified.
 *
 * @param digest of what the reference names: of the index when it is one
 * @param layers lowest first, compressed or not
 */
record PulledImage(String digest, Config config, List<byte[]> layers) {
    /** What the image says about how to run it. */
    record Config(List<String> entrypoint, List<String> command, Map<String, String> environment,
            String workingDirectory) {}
}
