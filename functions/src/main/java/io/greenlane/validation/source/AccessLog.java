package io.greenlane.validation.source;

import io.greenlane.validation.source.AccessLogLine.Reading;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws requests from an access log of an Application Load Balancer, plain or gzip: GET and HEAD only, without secrets, each
 * once. Of many different requests each has the same chance, however often it was sent and wherever in the log it stands.
 */
public final class AccessLog {
    /** So much of a log is read, in bytes after decompression: 256 MiB. */
    static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int LONGEST_LINE = 65_536;
    private static final int BUFFER = 65_536;

    private final int most;
    private final long seed;
    /** The requests with the smallest of all lots; a request always draws the same lot. */
    private final TreeMap<Long, LoggedRequest> drawn = new TreeMap<>();
    private long lines;
    private long broken;
    private long ofNoUse;
    private long withSecrets;

    private AccessLog(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    /**
     * Reads a log to its end and closes it.
     *
     * @param most requests that are drawn, at least 1
     * @param seed the same one draws the same requests
     */
    public static Sample draw(InputStream content, int most, long seed) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one request must be drawn, got " + most);
        }
        AccessLog log = new AccessLog(most, seed);
        boolean whole;
        try (InputStream plain = unpacked(new BufferedInputStream(content, BUFFER))) {
            whole = log.readAll(plain);
        } catch (IOException e) {
            whole = false;
        }
        return new Sample(List.copyOf(log.drawn.values()), log.lines, log.broken, log.ofNoUse, log.withSecrets, whole);
    }

    /**
     * What was drawn.
     *
     * @param requests in random order
     * @param lines of the log that were read
     * @param broken lines that could not be understood
     * @param ofNoUse requests with other methods or protocols
     * @param withSecrets requests left out for a secret in their path
     * @param whole false when the log ended in its middle, or was longer than is read
     */
    public record Sample(List<LoggedRequest> requests, long lines, long broken, long ofNoUse, long withSecrets,
            boolean whole) {
        /** For the log and the report. */
        public String sentence() {
            return requests.size() + " requests drawn from " + lines + " lines of the access log; left out: " + ofNoUse
                    + " that are not GET or HEAD over HTTP, " + withSecrets + " with a secret in the path, " + broken
                    + " that cannot be understood" + (whole ? "" : "; the log was not read to its end");
        }
    }

    private static InputStream unpacked(BufferedInputStream content) throws IOException {
        content.mark(2);
        boolean packed = content.read() == 0x1f && content.read() == 0x8b;
        content.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(content, BUFFER), BUFFER) : content;
    }

    private boolean readAll(InputStream plain) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (long read = 0; read < MOST_BYTES; read++) {
            int next = plain.read();
            if (next < 0 || next == '\n') {
                take(tooLong ? null : line.toString(StandardCharsets.ISO_8859_1));
                line.reset();
                tooLong = false;
                if (next < 0) {
                    return true;
                }
            } else if (line.size() == LONGEST_LINE) {
                tooLong = true;
            } else {
                line.write(next);
            }
        }
        return false;
    }

    private void take(@Nullable String line) {
        if (line != null && line.isBlank()) {
            return;
        }
        lines++;
        switch (line == null ? new Reading.Broken() : AccessLogLine.read(line.strip())) {
            case Reading.Usable(LoggedRequest request) -> {
                drawn.put(lot(request), request);
                if (drawn.size() > most) {
                    drawn.pollLastEntry();
                }
            }
            case Reading.OfNoUse() -> ofNoUse++;
            case Reading.Secret() -> withSecrets++;
            case Reading.Broken() -> broken++;
        }
    }

    /** A number that depends on request and seed alone and is spread evenly: FNV-1a, then the finalizer of SplitMix64. */
    private long lot(LoggedRequest request) {
        long hash = 0xcbf29ce484222325L ^ seed;
        String text = request.method() + " " + request.target();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
