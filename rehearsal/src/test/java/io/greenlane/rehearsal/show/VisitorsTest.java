package io.greenlane.rehearsal.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VisitorsTest {
    @Test
    void every_request_is_counted_with_who_answered_it() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(4);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int number = arrived.incrementAndGet();
            exchange.getResponseHeaders().set("X-Version", number == 1 ? "v1" : "v2");
            exchange.sendResponseHeaders(number == 3 ? 502 : 200, -1);
            exchange.close();
            enough.countDown();
        });
        server.start();
        Visitors visitors = new Visitors(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        try (visitors) {
            visitors.start();
            enough.await();
        }
        server.stop(0);

        Visitors.Tally tally = visitors.tally();
        assertThat(tally.requests()).isEqualTo(arrived.get());
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(tally.firstFailure()).isEqualTo("status 502");
        assertThat(tally.byVersion()).containsEntry("v1", 1).containsEntry("v2", arrived.get() - 2);
        assertThat(tally.now()).isEqualTo("v2");
    }
}
