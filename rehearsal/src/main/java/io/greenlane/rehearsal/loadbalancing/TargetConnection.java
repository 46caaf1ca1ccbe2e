package io.greenlane.rehearsal.loadbalancing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 exchange with a target on a connection of its own.
 *
 * <p>The JDK's client is not used here: it replaces the Host header, which an ALB passes on, and it does not tell whether a
 * failed request had been sent, on which the right to try another target hangs. A fresh connection per request costs a
 * fraction of a millisecond on loopback and can never be one that the target is just closing.
 */
final class TargetConnection implements Closeable {
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private TargetConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    }

    /** Connects; nothing has been sent when this throws. */
    static TargetConnection open(Backend target, Duration connectTimeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(target.host(), target.port()), Math.toIntExact(
                    connectTimeout.toMillis()));
            return new TargetConnection(socket);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** A header line. */
    record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** The head of the answer. */
    record Answer(int status, List<Header> headers) {
        /** The first value of a header. */
        @Nullable
        String first(String name) {
            return headers.stream().filter(header -> header.is(name)).map(Header::value).findFirst().orElse(null);
        }
    }

    /** Sends request line and headers, and flushes them. */
    void sendHead(String method, String target, List<Header> headers) throws IOException {
        StringBuilder head = new StringBuilder(256).append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends a body, in chunks or plain, piece by piece as it arrives. */
    void sendBody(InputStream body, boolean chunked) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            if (n == 0) {
                continue;
            }
            if (chunked) {
                out.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(buffer, 0, n);
            if (chunked) {
                out.write('\r');
                out.write('\n');
            }
            out.flush();
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    /**
     * Reads the head of the final answer.
     *
     * @param silence how long the target may be silent, here and in the body, before a SocketTimeoutException
     */
    Answer readHead(Duration silence) throws IOException {
        socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
        Answer answer = readOneHead();
        while (answer.status() < 200) {
            answer = readOneHead();
        }
        return answer;
    }

    /** The body that follows the answer's head, without its framing; null when the answer has none by its nature. */
    @Nullable
    InputStream body(String method, Answer answer) throws IOException {
        if (method.equals("HEAD") || answer.status() == 204 || answer.status() == 304) {
            return null;
        }
        String encoding = answer.first("Transfer-Encoding");
        if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new ChunkedBody(in);
        }
        String length = answer.first("Content-Length");
        return length == null ? in : new FixedBody(in, parseLength(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer readOneHead() throws IOException {
        int[] budget = {MAX_HEAD_BYTES};
        String statusLine = readLine(in, budget);
        if (!statusLine.startsWith("HTTP/1.") || statusLine.length() < 12) {
            throw new ProtocolException("The target's answer does not start with an HTTP/1.x status line");
        }
        int status;
        try {
            status = Integer.parseInt(statusLine.substring(9, 12));
        } catch (NumberFormatException notANumber) {
            throw new ProtocolException("The target's status is not a number: " + statusLine.substring(9, 12));
        }
        List<Header> headers = new ArrayList<>();
        for (String line = readLine(in, budget); !line.isEmpty(); line = readLine(in, budget)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("A header line of the target has no name");
            }
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Answer(status, headers);
    }

    private static String readLine(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The target closed the connection before its answer was complete");
            }
            if (--budget[0] < 0) {
                throw new ProtocolException("The head of the target's answer is longer than " + MAX_HEAD_BYTES
                        + " bytes");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static long parseLength(String length) throws ProtocolException {
        try {
            return Long.parseUnsignedLong(length);
        } catch (NumberFormatException notANumber) {
            throw new ProtocolException("The target's Content-Length is not a number: " + length);
        }
    }

    /** A body of known length; an early end is an error, not an end. */
    private static final class FixedBody extends InputStream {
        private final InputStream in;
        private long left;

        FixedBody(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(buffer, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("The target closed the connection " + left + " bytes before the end");
            }
            left -= n;
            return n;
        }
    }

    /** A chunked body; trailers are read and dropped. */
    private static final class ChunkedBody extends InputStream {
        private final InputStream in;
        private long leftInChunk;
        private boolean inFirst = true;
        private boolean ended;

        ChunkedBody(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (leftInChunk == 0 && !ended) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int n = in.read(buffer, offset, (int) Math.min(length, leftInChunk));
            if (n < 0) {
                throw new EOFException("The target closed the connection inside a chunk");
            }
            leftInChunk -= n;
            return n;
        }

        private void nextChunk() throws IOException {
            int[] budget = {MAX_HEAD_BYTES};
            if (!inFirst) {
                readLine(in, budget);
            }
            inFirst = false;
            String line = readLine(in, budget);
            int extension = line.indexOf(';');
            String size = (extension < 0 ? line : line.substring(0, extension)).strip();
            try {
                leftInChunk = Long.parseUnsignedLong(size, 16);
            } catch (NumberFormatException notHex) {
                throw new ProtocolException("The size of a chunk is not a hexadecimal number: " + size);
            }
            if (leftInChunk == 0) {
                ended = true;
                while (!readLine(in, budget).isEmpty()) {
                    // a trailer, which a client that never asked for it may not get
                }
            }
        }
    }
}
