package io.greenlane.rehearsal.ecr;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The registry's own port: the OCI distribution API over HTTP on the loopback address. */
public final class RegistryServer implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket front;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private RegistryServer(ServerSocket front, HttpServer server) {
        this.front = front;
        this.server = server;
        server.setExecutor(threads);
    }

    /**
     * Takes the port; nothing is answered before {@link #serve}.
     *
     * @param port 0 for any free one
     * @throws BindException when the port is taken
     */
    public static RegistryServer bind(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[]{127, 0, 0, 1});
        ServerSocket front = new ServerSocket(port, BACKLOG, loopback);
        return new RegistryServer(front, HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG));
    }

    /** {@code 127.0.0.1:<port>}, as it stands in image names. */
    public String address() {
        return "127.0.0.1:" + front.getLocalPort();
    }

    /** Begins to answer. */
    public void serve(SimulatedEcr ecr) {
        server.createContext("/", new RegistryHandler(ecr.registry()));
        server.start();
        threads.execute(new PlainTextFront(front, server.getAddress(), threads));
    }

    @Override
    public void close() {
        try {
            front.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
