package io.greenlane.rehearsal.show;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody uses, for listeners whose port stands in a template. */
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    /** @throws IOException saying which option takes another port */
    static void require(int port, String what, String option) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            assert socket.isBound();
        } catch (IOException taken) {
            throw new IOException("Port " + port + " for " + what + " is taken; choose another with " + option
                    + " (0 for any free one)", taken);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[]{127, 0, 0, 1});
    }
}
