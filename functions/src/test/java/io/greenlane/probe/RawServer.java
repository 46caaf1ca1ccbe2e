package io.greenlane.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that answers with bytes, not with HTTP. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Answerer answerer;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<List<String>> heads = new CopyOnWriteArrayList<>();

    /** What it does on a connection once it has read the head of a request; then the connection is closed. */
    @FunctionalInterface
    interface Answerer {
        void answer(OutputStream out) throws IOException;
    }

    RawServer(Answerer answerer) {
        this.answerer = answerer;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers with this text. */
    static RawServer saying(String text) {
        return new RawServer(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> head = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
            heads.add(head);
            answerer.answer(connection.getOutputStream());
        } catch (IOException gone) {
            // The sender may leave when it likes.
        }
    }

    Listener listener() {
        return new Listener(false, "127.0.0.1", port());
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Request line and headers of each request. */
    List<List<String>> heads() {
        return heads;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
