package io.greenlane.rehearsal.container;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses, for tasks and for listeners whose port stands in a template. They are below those that systems give to
 * outgoing connections (from 32768 on Linux, from 49152 elsewhere), so that none of these gets the port before its listener does.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_768;
    private static final int TRIES = 200;

    private static final int LAST = 65535;

    private FreePort() {}

    /** A port of the loopback address at which nothing listens now. */
    public static int find() throws IOException {
        for (int i = 1; i < TRIES; i++) {
            try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(LOWEST, BEYOND), 1,
                    loopback())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
        throw new IOException("No port from " + LOWEST + " to " + (BEYOND - 1) + " of 127.0.0.1 is free");
    }

    /**
     * Refuses a port that is none or is taken.
     *
     * @throws IOException saying which option takes another port
     */
    public static void require(int port, String what, String option) throws IOException {
        if (port < 0 || port > LAST) {
            throw new IOException(
                    "There is no port " + port + " for " + what + "; " + option + " takes 0 (any free one) to "
                            + LAST);
        }
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
