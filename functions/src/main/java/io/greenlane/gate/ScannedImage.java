package io.greenlane.gate;

import io.greenlane.image.Digest;
import java.util.List;

/**
 * What the registry says of the scan of one image; of an index, each of its images has one.
 *
 * @param name for people: its platform, or the image itself
 */
public record ScannedImage(String name, Digest digest, Scanned scanned) {
    /** How far it is. */
    public sealed interface Scanned {
        /** It is over. */
        record Complete(List<Vulnerability> found) implements Scanned {
            public Complete {
                found = List.copyOf(found);
            }
        }

        /** It will come, perhaps: also when there is none. The word is for people. */
        record Awaited(String word) implements Scanned {}

        /** It will not come; the sentence says why, without a full stop. */
        record Failed(String sentence) implements Scanned {}
    }

    /**
     * What a scan found.
     *
     * @param id of the vulnerability, for example {@code CVE-2026-1234}
     */
    public record Vulnerability(String id, Severity severity) {}
}
