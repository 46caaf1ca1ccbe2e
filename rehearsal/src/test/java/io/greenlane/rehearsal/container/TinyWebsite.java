package io.greenlane.rehearsal.container;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What runs in the containers of these tests: a page with the GREETING, or a crash. */
final class TinyWebsite {
    private TinyWebsite() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("starting in " + System.getProperty("user.dir"));
        if (arguments.length > 0 && arguments[0].equals("crash")) {
            System.exit(3);
        }
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            byte[] page = String.valueOf(System.getenv("GREETING")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }
}
