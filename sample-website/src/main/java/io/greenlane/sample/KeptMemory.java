package io.greenlane.sample;

import java.util.ArrayList;
import java.util.List;

/** Memory that a version does not give back: it grows up to a bound that leaves a small heap alive. */
final class KeptMemory {
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final List<byte[]> blocks = new ArrayList<>();
    private long bytes;

    synchronized void keep(int more) {
        if (more > 0 && bytes + more <= MOST_BYTES) {
            blocks.add(new byte[more]);
            bytes += more;
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
