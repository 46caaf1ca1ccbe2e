package io.greenlane.probe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The first member of a gzip file (RFC 1952), unpacked no further than is wanted. {@link java.util.zip.GZIPInputStream} goes on to
 * further members by calling itself, so that a body of many empty ones ends in a stack overflow.
 */
final class Gzip {
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final byte[] packed;
    private int at = FIXED_HEADER;

    private Gzip(byte[] packed) {
        this.packed = packed;
    }

    /**
     * Unpacks as much as a body keeps; what is beyond, or follows after the member, makes it a cut one.
     *
     * @param cut whether {@code packed} is only the beginning
     * @throws EOFException when it ends too early without being cut
     * @throws ZipException when it is no gzip
     */
    static Body unpack(byte[] packed, boolean cut) throws IOException {
        return new Gzip(packed).unpack(cut);
    }

    private Body unpack(boolean cut) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        try {
            skipHeader();
            InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed, at, packed.length - at),
                    inflater);
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0 && bytes.size() <= Body.MOST; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
            long rest = packed.length - at - inflater.getBytesRead() - TRAILER;
            if (inflater.finished() && rest < 0) {
                throw new EOFException("The trailer is missing");
            }
            return Body.of(bytes.toByteArray(), cut || !inflater.finished() || rest > 0);
        } catch (EOFException e) {
            if (cut) {
                return Body.of(bytes.toByteArray(), true);
            }
            throw e;
        } finally {
            inflater.end();
        }
    }

    private void skipHeader() throws IOException {
        if (packed.length < FIXED_HEADER) {
            throw new EOFException("The header is not whole");
        }
        if ((packed[0] & 0xff) != 0x1f || (packed[1] & 0xff) != 0x8b || packed[2] != 8) {
            throw new ZipException("It does not begin as gzip does");
        }
        int flags = packed[3];
        if ((flags & EXTRA) != 0) {
            int length = next() + (next() << Byte.SIZE);
            at = Math.min(at + length, packed.length);
        }
        for (int text : new int[]{NAME, COMMENT}) {
            if ((flags & text) != 0) {
                skipText();
            }
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            next();
            next();
        }
    }

    private void skipText() throws EOFException {
        int one = next();
        while (one != 0) {
            one = next();
        }
    }

    private int next() throws EOFException {
        if (at >= packed.length) {
            throw new EOFException("The header is not whole");
        }
        return packed[at++] & 0xff;
    }
}
