package io.greenlane.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer, as far as it is kept: neither on the wire nor unpacked is more read than that.
 *
 * @param cut whether there was more
 */
record Body(String text, boolean cut) {
    /** Bytes that are kept. */
    static final int MOST = 256 * 1024;

    static final Body NONE = new Body("", false);

    /**
     * Reads on to the end or to what is kept.
     *
     * @param gzip whether it is packed
     */
    static Body read(InputStream wire, boolean gzip) throws IOException {
        byte[] kept = wire.readNBytes(MOST + 1);
        boolean cut = kept.length > MOST;
        return gzip && kept.length > 0 ? Gzip.unpack(kept, cut) : of(kept, cut);
    }

    /**
     * As much of the bytes as is kept.
     *
     * @param more whether there was more than these
     */
    static Body of(byte[] bytes, boolean more) {
        int length = Math.min(bytes.length, MOST);
        return new Body(new String(bytes, 0, length, StandardCharsets.UTF_8), more || bytes.length > MOST);
    }
}
