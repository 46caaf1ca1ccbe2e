package io.greenlane.rehearsal.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stands before the HTTP server and hangs up on TLS. Docker, jib and others try https first; the JDK's server would wait for
 * the rest of a request line while the client waits for the rest of a handshake, until the client gives the registry up. A
 * connection that is closed at once makes them fall back to http.
 */
final class PlainTextFront implements Runnable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket front;
    private final InetSocketAddress behind;
    private final ExecutorService threads;

    PlainTextFront(ServerSocket front, InetSocketAddress behind, ExecutorService threads) {
        this.front = front;
        this.behind = behind;
        this.threads = threads;
    }

    @Override
    public void run() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                threads.execute(() -> admit(client));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void admit(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            int first = in.read();
            if (first < 0 || first == TLS_HANDSHAKE) {
                return;
            }
            try (Socket server = new Socket(behind.getAddress(), behind.getPort())) {
                server.setTcpNoDelay(true);
                server.getOutputStream().write(first);
                threads.execute(() -> pump(server, client));
                pump(client, server);
            }
        } catch (IOException | RejectedExecutionException gone) {
            // the client or the server hung up, or the registry ends; the other side is closed with it
        }
    }

    /** Copies until the one side ends, then closes both ways of the other, which ends the opposite copy too. */
    private static void pump(Socket from, Socket to) {
        try (to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException gone) {
            // as above
        }
    }
}
